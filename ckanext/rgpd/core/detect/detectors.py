"""The detectors that read values, and the questions that all readers of values ask of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ckanext.rgpd.core.detect.detector import REJECTED, Detector, Hit, without_overlaps
from ckanext.rgpd.core.detect.fr import (
    address,
    email,
    iban,
    nir,
    person,
    phone,
    profile,
    whole_name,
)

DETECTORS: tuple[Detector, ...] = (
    nir.DETECTOR,
    iban.DETECTOR,
    email.DETECTOR,
    phone.DETECTOR,
    person.DETECTOR,
    whole_name.DETECTOR,
    profile.DETECTOR,
    address.STREET,
    address.DWELLING,
)

BY_RULE = {detector.rule: detector for detector in DETECTORS}


def find(text: str, header: frozenset[str] = frozenset()) -> list[Hit]:
    """What all detectors find in ``text``, weak and rejected matches included."""
    return without_overlaps(
        hit for detector in DETECTORS if detector.gate(text) for hit in detector.find(text, header)
    )


def candidates(values: Sequence[str]) -> list[str]:
    """Those of ``values`` in which a pattern of a detector matches, found in one pass over all."""
    joined = "\n".join(values)
    spans = [
        match.span()
        for detector in DETECTORS
        if detector.gate(joined)
        for match in detector.pattern.finditer(joined)
    ]
    if not spans:
        return []
    ends = list(accumulate(len(value) + 1 for value in values))
    # A match that runs into the next value must not hide one there.
    numbers = {bisect_right(ends, place) for start, end in spans for place in (start, end - 1)}
    return [values[number] for number in sorted(numbers)]


def holds_value(text: str) -> bool:
    """Whether ``text`` holds personal data by itself, whatever stands around it."""
    return any(hit.score > REJECTED for hit in find(text))
