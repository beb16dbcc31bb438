"""ADELI: the number of a health professional in one département, before the RPPS.

Nine characters, the first two of which are the département. Sources: arrêté du 27 mai 1998 on the
register; CRAMIF, "ADELI, le système d'information national des professionnels de santé"; the RPPS
takes its place, profession by profession, since 2021. Unverified: that a digit for the profession
and a key follow, and how the key is reckoned. So only the header or the words before say so.

>>> [hit.score for text in ("ADELI 441234567", "441234567") for hit in DETECTOR.find(text)]
[0.9, 0.2]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_PATTERN = re.compile(
    r"(?<![\w.,/-])(?:0[1-9]|[1-8]\d|9[0-8]|2[ABab])[ ]?\d[ ]?\d{5}[ ]?\d(?![\w/-])(?![.,]\d)",
    re.ASCII,
)

DETECTOR = Detector(
    rule="adeli",
    entity_types=("adeli",),
    pattern=_PATTERN,
    validate=lambda _: ("adeli", HINT),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(9),
    only_in_context=True,
    shape=shape(r"L9[9Aa]S9S9{5}S9R"),
    context=frozenset({"adeli"}),
    examples=("ADELI : 441234567", "n° ADELI 44 1 23456 7", "adeli 2A9312345"),
    counterexamples=("441234567", "ADELI 001234567", "ADELI 4412345678", "SIREN 732829320"),
)
