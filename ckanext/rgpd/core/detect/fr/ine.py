"""INE: the national number of a pupil or student.

Eleven characters: nine digits and two letters (RNIE), before that ten digits and a letter (BEA);
for apprentices four digits, an A, five digits and a letter. Sources: arrêté du 18 octobre 2022
(JORF, 4 January 2023), which took the place of that of 16 February 2012: the number is the school
year of registration and an order that means nothing. The three forms are those that a public
register of apprentices checks; its texts give none. Unverified: that the last letter is a key, and
how it is reckoned. So the header or the words before decide, or a whole column in one of the first
two forms without the letters I, O and U.

>>> [hit.score for text in ("INE 120890177FH", "120890177FH") for hit in DETECTOR.find(text)]
[0.9, 0.4]
>>> list(DETECTOR.find("INE 120890177IO"))
[]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import HINT, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape
from ckanext.rgpd.core.detect.scatter import is_scattered

_LETTER = "[A-HJ-NP-TV-Za-hj-np-tv-z]"
_PATTERN = re.compile(
    rf"(?<![\w.,/-])(?:\d{{9}}(?:\d{_LETTER}|{_LETTER}{{2}})|(?P<apprentice>\d{{4}}A\d{{5}}{_LETTER}))"
    r"(?![\w/-])(?![.,]\d)",
    re.ASCII,
)

DETECTOR = Detector(
    rule="ine",
    entity_types=("ine",),
    pattern=_PATTERN,
    validate=lambda match: ("ine", HINT if match["apprentice"] else WEAK),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(9),
    shape=shape(r"L9(?:9{8}(?:9[Aa]|[Aa]{2})|999A9{5}[Aa])R"),
    share=0.97,  # one random letter in nine is I, O or U
    least=20,
    whole=is_scattered,
    context=frozenset("ine rnie bea bee ines eleve eleves etudiant etudiants apprenti".split()),
    against=OTHER_NUMBERS,
    examples=("INE : 120890177FH", "n° INE 2501234567X", "BEA 2501234567x", "INE 2501A12345X"),
    counterexamples=(
        "120890177FH",
        "2501234567X",
        "2501A12345X",
        "INE 120890177",
        "INE 120890177IO",
        "lot 2501234567X",
    ),
)
