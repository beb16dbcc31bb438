"""RPPS: the number of a health professional, given for life.

Eleven digits beginning with 1, the last one Luhn's key; the identifier of the cards writes an 8
before it. Sources: ANS, "Répertoire partagé des professionnels de santé"; arrêté du 6 février 2009.

One number in ten has a right key by chance: the header, the words before, or a whole column decide.

>>> [hit.score for text in ("RPPS 10 100 000 008", "10100000008") for hit in DETECTOR.find(text)]
[0.9, 0.4]
>>> [hit.score for hit in DETECTOR.find("RPPS 10100000009")]  # wrong key
[0.0]
"""

from __future__ import annotations

import re

from stdnum import luhn

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import REJECTED, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_SPACE = r"[ .\u00a0\u202f]?"
_PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])(?<!\d[.,-])8?(?P<number>1\d{_SPACE}\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{3}})"
    r"(?![0-9A-Za-z])(?![.,-]\d)",
    re.ASCII,
)


def _validate(match: re.Match[str]) -> tuple[str, float]:
    number = re.sub(r"\D", "", match["number"])
    return "rpps", WEAK if luhn.is_valid(number) else REJECTED


DETECTOR = Detector(
    rule="rpps",
    entity_types=("rpps",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(11),
    shape=shape(r"L9?99S999S999S999R"),
    share=0.9,
    least=10,
    context=frozenset("rpps pp praticien praticiens idpp prescripteur medecin".split()),
    against=OTHER_NUMBERS,
    examples=("RPPS : 10100000008", "RPPS 10 100 000 008", "identifiant PP 810100000008"),
    counterexamples=(
        "10100000008",
        "RPPS 10100000009",  # wrong key
        "RPPS 101000000080",
        "colis 10100000008",
    ),
)
