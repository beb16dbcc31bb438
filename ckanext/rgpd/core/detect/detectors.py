"""The detectors that read values, and the questions that all readers of values ask of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Sized
from itertools import accumulate

from ckanext.rgpd.core.detect.detector import HINT, REJECTED, Detector, Hit, without_overlaps
from ckanext.rgpd.core.detect.fr import (
    address,
    adeli,
    card,
    cni,
    driving,
    email,
    iban,
    ine,
    ip,
    mac,
    meter,
    nir,
    passport,
    person,
    phone,
    plate,
    profile,
    residence,
    rib,
    rpps,
    tax,
    whole_name,
)
from ckanext.rgpd.core.detect.gate import Shape, Shaped, lines, shape_of

DETECTORS: list[Detector] = [
    nir.DETECTOR,
    iban.DETECTOR,
    email.DETECTOR,
    phone.DETECTOR,
    person.DETECTOR,
    person.HOUSEHOLD,
    tax.DETECTOR,
    rib.DETECTOR,
    card.DETECTOR,
    rpps.DETECTOR,
    adeli.DETECTOR,
    ine.DETECTOR,
    passport.DETECTOR,  # before the cards, whose form is wider
    cni.DETECTOR,
    driving.DETECTOR,
    residence.DETECTOR,
    plate.DETECTOR,
    plate.OLD_DETECTOR,
    meter.DETECTOR,
    ip.DETECTOR,
    mac.DETECTOR,
    whole_name.DETECTOR,
    profile.DETECTOR,
    address.STREET,
    address.DWELLING,
    address.LIVES_AT,
]
_OWN = len(DETECTORS)

#: Those that believe something in a text, where no column says more.
IN_TEXTS = [detector for detector in DETECTORS if not detector.only_in_columns]

#: In the shapes of values: letters enough to name what stands beside them.
_WORD = re.compile(b"[Aa]{2}")
#: Shapes of one column that are remembered.
_SHAPES = 2_000
#: So many new shapes, in most of the values, are not worth learning.
_MANY = 4

Concerned = tuple[Detector, ...]

BY_RULE = {detector.rule: detector for detector in DETECTORS}


def add(more: Iterable[Detector]) -> None:
    """Ask these detectors too, after ours and in place of those that were added before.

    For the whole process and its children. Raises ValueError where two have one name.
    """
    wanted = [*DETECTORS[:_OWN], *more]
    named = {detector.rule: detector for detector in wanted}
    if len(named) < len(wanted):
        raise ValueError("Two detectors have the same name: give yours another `rule`.")
    DETECTORS[:] = wanted
    IN_TEXTS[:] = [detector for detector in wanted if not detector.only_in_columns]
    BY_RULE.clear()
    BY_RULE.update(named)


def added() -> tuple[str, ...]:
    """The names of the detectors that were added, in one order."""
    return tuple(sorted(detector.rule for detector in DETECTORS[_OWN:]))


def find(text: str, header: frozenset[str] = frozenset()) -> list[Hit]:
    """What all detectors find in ``text``, weak and rejected matches included."""
    shape = lines([shape_of(text)])
    concerned = [detector for detector in DETECTORS if detector.shape.search(shape)]
    return _find(text, concerned, header)


def _find(text: str, detectors: Iterable[Detector], header: frozenset[str]) -> list[Hit]:
    return without_overlaps(
        [
            hit
            for detector in detectors
            if detector.gate(text)
            for hit in detector.find(text, header)
        ]
    )


def _matched(values: Shaped, routes: Mapping[bytes, Concerned]) -> dict[str, list[Detector]]:
    """The values in which patterns match, and the detectors whose patterns they are."""
    asked: dict[Detector, set[bytes]] = {}
    for shape, detectors in routes.items():
        for detector in detectors:
            asked.setdefault(detector, set()).add(shape)
    found: dict[int, list[Detector]] = {}
    for detector in filter(asked.__contains__, DETECTORS):
        shapes = asked[detector]
        numbers = [number for number, shape in enumerate(values.shapes) if shape in shapes]
        concerned = values.some(numbers)
        if detector.gate(concerned.joined):
            for place in _touched(detector.pattern, concerned.joined, concerned.values):
                found.setdefault(numbers[place], []).append(detector)
    return {values.values[number]: found[number] for number in sorted(found)}


def _touched(pattern: re.Pattern[str] | Shape, text: str, parts: Sequence[Sized]) -> set[int]:
    """Which of the ``parts`` of ``text``, one a line, a match of ``pattern`` has something of.

    A match that runs through the next parts must not hide one there.
    """
    spans = [match.span() for match in pattern.finditer(text)]
    if not spans:
        return set()
    ends = list(accumulate(len(part) + 1 for part in parts))
    touched: set[int] = set()
    for start, end in spans:
        touched.update(
            range(bisect_right(ends, start), bisect_right(ends, max(start, end - 1)) + 1)
        )
    return touched


class Routes:
    """Leads the values of one column to the detectors that may find something in them.

    The shapes of a column's values are few: which detectors concern a shape is asked once, so that
    most values cost no more than a look at their shape. ``header`` are the words of the column.
    """

    def __init__(
        self, header: frozenset[str] = frozenset(), detectors: Sequence[Detector] = DETECTORS
    ) -> None:
        self._header = header
        self._detectors = detectors
        self._dull: set[bytes] = set()
        self._alive: dict[bytes, Concerned] = {}

    def find(self, values: Shaped) -> dict[str, list[Hit]]:
        """Those of ``values`` in which something is found, as :func:`find` does, without hints."""
        hits: dict[str, list[Hit]] = {}
        for value, detectors in self._candidates(values).items():
            found = _find(value, detectors, self._header)
            if kept := [hit for hit in found if hit.score != HINT]:
                hits[value] = kept
        return hits

    def _candidates(self, values: Shaped) -> dict[str, list[Detector]]:
        unknown = set(values.shapes).difference(self._dull, self._alive)
        if len(unknown) > _MANY and 2 * len(unknown) > len(values.values):
            return _matched(values, self._routes_of_texts(values))
        return _matched(values, self._routes(values))

    def _routes_of_texts(self, values: Shaped) -> dict[bytes, Concerned]:
        """The detectors for words and sentences, of which hardly two have one shape."""
        open_ones = [detector for detector in self._detectors if detector.gate(values.joined)]
        worded = tuple(detector for detector in open_ones if detector.worded)
        learned = self._learn(values.shapes, [d for d in open_ones if not d.worded])
        if not worded:
            return learned
        return {shape: learned.get(shape, ()) + worded for shape in values.shapes}

    def _routes(self, values: Shaped) -> dict[bytes, Concerned]:
        """The detectors for each shape of ``values`` that concerns any."""
        interesting = set(values.shapes).difference(self._dull)
        if not interesting:
            return {}
        unknown = interesting.difference(self._alive)
        known = {shape: self._alive[shape] for shape in interesting - unknown}
        if not unknown:
            return known
        learned = self._learn(list(unknown), self._detectors)
        if len(self._dull) + len(self._alive) < _SHAPES:
            self._alive.update(learned)
            self._dull |= unknown - learned.keys()
        return {**known, **learned}

    def _learn(
        self, shapes: Sequence[bytes], detectors: Iterable[Detector]
    ) -> dict[bytes, Concerned]:
        """Which of the ``detectors`` concern each of the ``shapes``, searched all together."""
        text = lines(shapes)
        found: dict[bytes, dict[Detector, None]] = {}
        for detector in detectors:
            for number in _touched(detector.shape, text, shapes):
                shape = shapes[number]
                if self._is_asked(detector, shape):
                    found.setdefault(shape, {})[detector] = None
        return {shape: tuple(detectors) for shape, detectors in found.items()}

    def _is_asked(self, detector: Detector, shape: bytes) -> bool:
        """Whether a hint could become more: something names it, in the header or before it."""
        if not detector.only_in_context or self._header & detector.context:
            return True
        return _WORD.search(shape) is not None


def holds_value(text: str) -> bool:
    """Whether ``text`` holds personal data by itself, whatever stands around it."""
    return any(hit.score > REJECTED for hit in find(text))
