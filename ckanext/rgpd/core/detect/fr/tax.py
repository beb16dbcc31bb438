"""SPI: the number under which the tax administration knows a person (numéro fiscal).

Thirteen digits, the first 0 to 3; the last three are the key, the first ten modulo 511. Source:
European Commission, "TIN by country", France; the key is python-stdnum's.

One number of thirteen digits in 1,300 has a right key by chance: the header, the words before or a
whole column of right keys decide. A wrong key makes it another number.

>>> [hit.score for hit in DETECTOR.find("numéro fiscal 30 23 217 600 053")]
[0.9]
>>> [hit.score for hit in DETECTOR.find("numéro fiscal 30 23 217 600 054")]  # wrong key
[0.0]
>>> [hit.score for hit in DETECTOR.find("3023217600053")]
[0.4]
"""

from __future__ import annotations

import re

from stdnum.fr import nif

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import REJECTED, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_SPACE = r"[ .\u00a0\u202f]?"
_PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])[0-3]\d{_SPACE}\d\d{_SPACE}\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{3}}"
    r"(?![0-9A-Za-z])(?![.,]\d)",
    re.ASCII,
)


def _validate(match: re.Match[str]) -> tuple[str, float]:
    number = re.sub(r"\D", "", match.group())
    return "tax_spi", WEAK if nif.is_valid(number) and int(number) else REJECTED


DETECTOR = Detector(
    rule="tax",
    entity_types=("tax_spi",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 1),
    gate=has_digits(13),
    shape=shape(r"L99S99S999S999S999R"),
    sensitive=True,
    share=0.9,
    least=5,
    context=frozenset(
        "fiscal fiscale fiscaux fisc spi nif tin impot impots contribuable dgfip".split()
    ),
    against=OTHER_NUMBERS,
    examples=(
        "numéro fiscal : 3023217600053",
        "SPI 30 23 217 600 053",
        "impots.gouv.fr, identifiant 3023217600053",
    ),
    counterexamples=(
        "3023217600053",  # nothing says that it is one
        "numéro fiscal 3023217600054",  # wrong key
        "3760123456789",  # a bar code
        "lot 3023217600053",
    ),
)
