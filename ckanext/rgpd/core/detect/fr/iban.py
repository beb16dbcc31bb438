"""IBAN: the international number of a bank account (ISO 13616), and so of its holder.

Country code, key of two digits (ISO 7064, modulo 97), then the country's own number, whose form and
national keys (the French RIB's among them) python-stdnum checks with SWIFT's registry.

>>> [hit.score for hit in DETECTOR.find("FR76 3000 6000 0112 3456 7890 189")]
[0.9]
>>> [hit.score for hit in DETECTOR.find("FR77 3000 6000 0112 3456 7890 189")]  # wrong key
[0.0]
"""

from __future__ import annotations

import re

from stdnum import iban

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import REJECTED, STRONG, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

# In groups, only capitals: the words that follow are not part of it.
_PATTERN = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z]{2}[0-9]{2}(?:[ .\-\u00a0\u202f][0-9A-Z]{4}){2,7}"
    r"(?:[ .\-\u00a0\u202f][0-9A-Z]{1,3})?|[A-Za-z]{2}[0-9]{2}[0-9A-Za-z]{11,30})(?![0-9A-Za-z])"
)


def _validate(match: re.Match[str]) -> tuple[str, float]:
    groups = re.split(r"[^0-9A-Za-z]", match.group())
    # A word in capitals may follow, such as BIC.
    for count in (len(groups), len(groups) - 1):
        if iban.is_valid("".join(groups[:count])):
            return "iban", STRONG
    return "iban", REJECTED


DETECTOR = Detector(
    rule="iban",
    entity_types=("iban",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(8),
    shape=shape(r"9(?<=[Aa][Aa]9)(?<![9Aa][Aa]{2}9)9"),
    sensitive=True,
    context=frozenset({"iban", "rib", "bancaire"}),
    examples=(
        "FR76 3000 6000 0112 3456 7890 189",
        "FR7630006000011234567890189",
        "FR1420041010050500013M02606",
        "DE89370400440532013000",
        "GB82 WEST 1234 5698 7654 32",
        "NO9386011117947",
        "IBAN MC58 1122 2000 0101 2345 6789 030 BIC",
        "fr7630006000011234567890189",
    ),
    counterexamples=(
        "FR77 3000 6000 0112 3456 7890 189",  # wrong key
        "FR8614508562604057255485244",
        "FR12 345 678 901",  # a VAT number
        "AB12CDEF345678901234",
    ),
)
