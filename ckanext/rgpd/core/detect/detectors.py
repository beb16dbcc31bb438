"""The detectors that read values, and the questions that all readers of values ask of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
from ckanext.rgpd.core.detect.gate import shapes

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


def find_in_all(
    values: Sequence[str], header: frozenset[str] = frozenset()
) -> Iterator[tuple[str, list[Hit]]]:
    """Those of ``values`` in which something is found, as :func:`find` finds it, without hints.

    Each pattern runs once over all values, and only where their shapes allow a match.
    """
    for value, detectors in _candidates(values, header).items():
        found = [
            hit
            for detector in detectors
            if detector.gate(value)
            for hit in detector.find(value, header)
        ]
        hits = [hit for hit in without_overlaps(found) if hit.score != HINT]
        if hits:
            yield value, hits


def _candidates(values: Sequence[str], header: frozenset[str]) -> dict[str, list[Detector]]:
    """The values in which patterns match, and the detectors whose patterns they are."""
    joined, column = "\n".join(values), shapes(values)
    has_words = _WORD.search(column) is not None
    ends: list[int] = []
    found: dict[int, list[Detector]] = {}
    for detector in DETECTORS:
        if detector.only_in_context and not has_words and not header & detector.context:
            continue
        if not (detector.shape.search(column) if detector.shape else detector.gate(joined)):
            continue
        spans = [match.span() for match in detector.pattern.finditer(joined)]
        if spans and not ends:
            ends = list(accumulate(len(value) + 1 for value in values))
        # A match that runs into the next value must not hide one there.
        for number in {bisect_right(ends, place) for span in spans for place in _edges(span)}:
            found.setdefault(number, []).append(detector)
    return {values[number]: found[number] for number in sorted(found)}


def _edges(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[1] - 1


def holds_value(text: str) -> bool:
    """Whether ``text`` holds personal data by itself, whatever stands around it."""
    return any(hit.score > REJECTED for hit in find(text))
