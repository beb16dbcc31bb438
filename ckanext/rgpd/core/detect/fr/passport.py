"""The number of a French passport: year of issue, two letters, five digits (``12AB34567``).

Sources: ICAO document 9303, and the Council's PRADO register of documents. There is no key: the
header or the words before decide, or a whole column in which no part stays the same, as the numbers
that an office gives to its own files do.

>>> [hit.score for hit in DETECTOR.find("passeport 12 AB 34567")]
[0.9]
>>> [hit.score for hit in DETECTOR.find("12AB34567")]
[0.4]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape
from ckanext.rgpd.core.detect.scatter import is_scattered

_PATTERN = re.compile(
    r"(?<![\w.,/-])(?:[0-3]\d[A-Za-z]{2}\d{5}|[0-3]\d ?[A-Z]{2} ?\d{5})(?![\w/-])(?![.,]\d)",
    re.ASCII,
)

DETECTOR = Detector(
    rule="passport",
    entity_types=("passport",),
    pattern=_PATTERN,
    validate=lambda _: ("passport", WEAK),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(5),
    shape=shape(r"L99S[Aa]{2}S9{5}R"),
    sensitive=True,
    share=0.9,
    least=20,
    whole=is_scattered,
    context=frozenset("passeport passeports passport passports".split()),
    against=OTHER_NUMBERS,
    examples=("passeport n° 12AB34567", "Passport: 24 DX 00123"),
    counterexamples=(
        "12AB34567",
        "réf. 12AB34567",
        "passeport jeunes 2024",
        "passeport 12AB345678",
        "passeport 12-34567",
    ),
)
