"""The detectors that read values, and the questions that all readers of values ask of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain

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
from ckanext.rgpd.core.detect.gate import Shaped, lines, shape_of

DETECTORS: tuple[Detector, ...] = (
    nir.DETECTOR,
    iban.DETECTOR,
    email.DETECTOR,
    phone.DETECTOR,
    person.DETECTOR,
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
)

#: In the shapes of values: letters enough to name what stands beside them.
_WORD = re.compile(b"[Aa]{2}")
#: Shapes of one column that are remembered.
_SHAPES = 2_000
#: So many new shapes, in most of the values, are not worth learning.
_MANY = 4

Concerned = tuple[Detector, ...]

BY_RULE = {detector.rule: detector for detector in DETECTORS}


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


def _matched(
    values: Shaped,
    detectors: Iterable[Detector],
    routes: Mapping[bytes, Concerned] | None = None,
) -> dict[str, list[Detector]]:
    """The values in which patterns match, and the detectors whose patterns they are."""
    ends: list[int] = []
    found: dict[int, list[Detector]] = {}
    for detector in detectors:
        if not detector.gate(values.joined):
            continue
        spans = [match.span() for match in detector.pattern.finditer(values.joined)]
        if spans and not ends:
            ends = list(accumulate(len(value) + 1 for value in values.values))
        # A match that runs into the next value must not hide one there.
        for number in {bisect_right(ends, place) for span in spans for place in _edges(span)}:
            if routes is None or detector in routes.get(values.shapes[number], ()):
                found.setdefault(number, []).append(detector)
    return {values.values[number]: found[number] for number in sorted(found)}


def _edges(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], max(span[0], span[1] - 1)


class Routes:
    """Leads the values of one column to the detectors that may find something in them.

    The shapes of a column's values are few: which detectors concern a shape is asked once, so that
    most values cost no more than a look at their shape. ``header`` are the words of the column.
    """

    def __init__(self, header: frozenset[str] = frozenset()) -> None:
        self._header = header
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
            text = lines(values.shapes)  # words and sentences: hardly two of one shape
            open_ones = [d for d in DETECTORS if d.gate(values.joined)]
            return _matched(values, [d for d in open_ones if d.shape.search(text)])
        routes = self._routes(values)
        concerned = set(chain.from_iterable(routes.values()))
        return _matched(values, [d for d in DETECTORS if d in concerned], routes)

    def _routes(self, values: Shaped) -> dict[bytes, Concerned]:
        """The detectors for each shape of ``values`` that concerns any."""
        interesting = set(values.shapes).difference(self._dull)
        if not interesting:
            return {}
        unknown = interesting.difference(self._alive)
        known = {shape: self._alive[shape] for shape in interesting - unknown}
        if not unknown:
            return known
        learned = self._learn(list(unknown))
        if len(self._dull) + len(self._alive) < _SHAPES:
            self._alive.update(learned)
            self._dull |= unknown - learned.keys()
        return {**known, **learned}

    def _learn(self, shapes: Sequence[bytes]) -> dict[bytes, Concerned]:
        """Search all shapes together; a match that runs into the next hides none there."""
        text = lines(shapes)
        ends = list(accumulate(len(shape) + 1 for shape in shapes))
        found: dict[bytes, dict[Detector, None]] = {}
        for detector in DETECTORS:
            for match in detector.shape.finditer(text):
                for place in _edges(match.span()):
                    shape = shapes[bisect_right(ends, place)]
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
