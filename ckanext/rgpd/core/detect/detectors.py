"""The detectors that read values, and the questions that all readers of values ask of them."""

from __future__ import annotations

from ckanext.rgpd.core.detect.detector import REJECTED, Detector, Hit, without_overlaps
from ckanext.rgpd.core.detect.fr import email, iban, nir, person, phone

DETECTORS: tuple[Detector, ...] = (
    nir.DETECTOR,
    iban.DETECTOR,
    email.DETECTOR,
    phone.DETECTOR,
    person.DETECTOR,
)

BY_RULE = {detector.rule: detector for detector in DETECTORS}


def possible(text: str) -> list[Detector]:
    """The detectors whose gate ``text`` opens; the others cannot find anything in it."""
    return [detector for detector in DETECTORS if detector.gate(text)]


def find(
    text: str,
    header: frozenset[str] = frozenset(),
    detectors: list[Detector] | tuple[Detector, ...] = DETECTORS,
) -> list[Hit]:
    """What ``detectors`` find in ``text``, weak and rejected matches included."""
    return without_overlaps(hit for detector in detectors for hit in detector.find(text, header))


def holds_value(text: str) -> bool:
    """Whether ``text`` holds personal data by itself, whatever stands around it."""
    return any(hit.score > REJECTED for hit in find(text, detectors=possible(text)))
