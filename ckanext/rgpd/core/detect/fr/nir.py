"""NIR: the number of a person in the national register, used as social-security number.

Issued by INSEE. Thirteen characters (sex, year and month of birth, département, commune, order)
and a key of two digits, ``97 - number mod 97``; Corsica writes 2A or 2B as département, read as
19 and 18 for the key. Sources: https://xml.insee.fr/schema/nir.html,
décret 82-103 of 22 January 1982.

Without its key the number is only believed where the header or the words before name it. With a
wrong key it is another number, and a table of wrong keys with a right one by chance holds none.

>>> [hit.score for hit in DETECTOR.find("1 85 05 2A 004 087 92")]  # Corsica
[0.9]
>>> [hit.score for hit in DETECTOR.find("1 85 05 2A 004 087 93")]  # wrong key
[0.0]
>>> [hit.score for hit in DETECTOR.find("1850578006084")]  # no key, and nothing that names it
[0.2]
>>> [hit.score for hit in DETECTOR.find("sécurité sociale 1850578006084")]
[0.9]
"""

from __future__ import annotations

import re

from stdnum.fr import nir

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, REJECTED, STRONG, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_SPACE = r"[ .\u00a0\u202f]?"
# Months 20, 30 to 42 and 50 to 99 stand for a month that is not known.
_PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])[1-478]{_SPACE}\d\d{_SPACE}(?:0[1-9]|1[0-2]|20|3\d|4[0-2]|[5-9]\d){_SPACE}"
    rf"(?:2[ABab]|(?!00)\d\d){_SPACE}\d{{3}}{_SPACE}\d{{3}}"
    r"(?:[ ./\u00a0\u202f-]{0,3}(?P<key>\d\d))?(?![0-9A-Za-z])",
    re.ASCII,
)


def _validate(match: re.Match[str]) -> tuple[str, float]:
    if match["key"] is None:
        return "nir", HINT
    number = re.sub(r"[^0-9ABab]", "", match.group())
    return "nir", STRONG if nir.is_valid(number) else REJECTED


DETECTOR = Detector(
    rule="nir",
    entity_types=("nir",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 1),
    gate=has_digits(13),
    shape=shape(r"L9S99S99S9[9Aa]S999S999(?:[^9Aa\n]{0,9}99)?R"),
    sensitive=True,
    context=frozenset(
        "nir nirpp insee numinsee ninsee noinsee secu securite ss nss nosecu numsecu numss "
        "numsecusoc assure assuree ssn".split()
    ),
    examples=(
        "1 85 05 78 006 084 91",
        "185057800608491",
        "2 55 08 14 168 025 38",
        "1 85 05 2A 004 087 92",
        "287022B03312384",
        "1.99.12.97.411.005.28",
        "NIR : 268089935011295.",
        "1 85 05 78 006 084 / 91",
    ),
    counterexamples=(
        "1 85 05 78 006 084 92",  # wrong key
        "3760123456789",  # a bar code
        "185137800608491",  # no such month
        "35319178600014",  # SIRET
        "x185057800608491",
        "1850578006084910",
    ),
)
