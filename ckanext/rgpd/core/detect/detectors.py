"""The detectors that read values, and the questions that all readers of values ask of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
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
from ckanext.rgpd.core.detect.gate import SHAPES, Shaped, lines

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
_WORD = re.compile("[Aa]{2}")

BY_RULE = {detector.rule: detector for detector in DETECTORS}


def find(text: str, header: frozenset[str] = frozenset()) -> list[Hit]:
    """What all detectors find in ``text``, weak and rejected matches included."""
    return without_overlaps(
        hit for detector in DETECTORS if detector.gate(text) for hit in detector.find(text, header)
    )


class Routes:
    """Leads the values of one column to the detectors that may find something in them.

    The shapes of a column's values are few: those in which no detector finds anything are
    remembered, so that most values cost no more than a look at their shape. ``header`` are the
    words of the column.
    """

    def __init__(self, header: frozenset[str] = frozenset()) -> None:
        self._header = header
        self._dull: set[bytes] = set()

    def find(self, values: Shaped) -> dict[str, list[Hit]]:
        """Those of ``values`` in which something is found, as :func:`find` does, without hints."""
        hits: dict[str, list[Hit]] = {}
        for value, detectors in self._candidates(values).items():
            found = without_overlaps(
                hit
                for detector in detectors
                if detector.gate(value)
                for hit in detector.find(value, self._header)
            )
            if kept := [hit for hit in found if hit.score != HINT]:
                hits[value] = kept
        return hits

    def _candidates(self, values: Shaped) -> dict[str, list[Detector]]:
        """The values in which patterns match, and the detectors whose patterns they are."""
        if not values.one_line_each:
            return _matched(values, DETECTORS)
        alive = values.besides(self._dull)
        if not alive:
            return {}
        column = lines(alive)
        detectors = [detector for detector in DETECTORS if self._concerns(detector, column)]
        if not detectors:
            self._remember(alive)
            return {}
        return _matched(values.of(alive) if self._dull else values, detectors)

    def _concerns(self, detector: Detector, column: str) -> bool:
        """Whether values of these shapes may hold what ``detector`` finds."""
        if not detector.shape.search(column):
            return False
        if not detector.only_in_context or self._header & detector.context:
            return True
        return _WORD.search(column) is not None

    def _remember(self, shapes: set[bytes]) -> None:
        if len(self._dull) + len(shapes) <= SHAPES:
            self._dull |= shapes


def _matched(values: Shaped, detectors: Sequence[Detector]) -> dict[str, list[Detector]]:
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
            found.setdefault(number, []).append(detector)
    return {values.values[number]: found[number] for number in sorted(found)}


def _edges(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[1] - 1


def holds_value(text: str) -> bool:
    """Whether ``text`` holds personal data by itself, whatever stands around it."""
    return any(hit.score > REJECTED for hit in find(text))
