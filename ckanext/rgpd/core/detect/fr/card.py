"""Payment cards: Visa, Mastercard and American Express, which are all that France issues.

Fifteen or sixteen digits with Luhn's key, and the first digits that ISO/IEC 7812 gives to each
network. The header, the words before or a whole column decide. Wrong keys are other numbers.

>>> texts = ("CB 4111 1111 1111 1111", "4111111111111111")
>>> [hit.score for text in texts for hit in DETECTOR.find(text)]
[0.9, 0.4]
>>> [hit.score for hit in DETECTOR.find("CB 4111 1111 1111 1112")]  # wrong key
[0.0]
"""

from __future__ import annotations

import re

from stdnum import luhn

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import REJECTED, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_SPACE = r"[ \-\u00a0\u202f]?"
_PATTERN = re.compile(
    r"(?<![0-9A-Za-z])(?<!\d[.,-])(?:(?:4\d{3}|5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d"
    rf"|2720)(?:{_SPACE}\d{{4}}){{3}}|3[47]\d\d{_SPACE}\d{{6}}{_SPACE}\d{{5}})"
    r"(?![0-9A-Za-z])(?![.,-]\d)",
    re.ASCII,
)


def _validate(match: re.Match[str]) -> tuple[str, float]:
    return "payment_card", WEAK if luhn.is_valid(re.sub(r"\D", "", match.group())) else REJECTED


DETECTOR = Detector(
    rule="card",
    entity_types=("payment_card",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 1),
    gate=has_digits(15),
    shape=shape(r"L9(?:999S(?:9999S){2}9999|999S9{6}S9{5})R"),
    sensitive=True,
    share=0.9,
    least=10,
    context=frozenset("cb pan visa mastercard amex bancaire bleue paiement credit card".split()),
    against=OTHER_NUMBERS,
    examples=(
        "CB 4111 1111 1111 1111",
        "carte bancaire 5555555555554444",
        "Amex 3782 822463 10005",
        "Mastercard 2223 0031 2200 3222",
    ),
    counterexamples=(
        "4111111111111111",
        "CB 4111 1111 1111 1112",  # wrong key
        "carte bancaire 9999 9999 9999 9995",
        "lot 4111111111111111",
    ),
)
