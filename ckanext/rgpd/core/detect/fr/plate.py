"""Number plates: SIV (``AB-123-CD``, since 2009) and FNI (``1234 AB 75``, before).

SIV leaves out I, O and U, the pair SS, and W W at the front (a garage's plate). Sources: arrêté du
9 février 2009 on the registration of vehicles, articles 2 and 8; arrêté du 5 novembre 1984 for FNI.
There is no key: the header or the words before decide, or a whole column in which no part stays the
same.

>>> [hit.score for text in ("immatriculé AB-123-CD", "AB-123-CD") for hit in DETECTOR.find(text)]
[0.9, 0.4]
>>> list(DETECTOR.find("plaque AO-123-CD"))  # O is not used
[]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import WEAK, Detector
from ckanext.rgpd.core.detect.gate import any_digit, has_digits, shape
from ckanext.rgpd.core.detect.scatter import is_scattered

_LETTER = "A-HJ-NP-TV-Z"
_PAIR = f"(?!SS)[{_LETTER}]{{2}}"
_SMALL = f"(?!ss)[{_LETTER.lower()}]{{2}}"
_SPACE = r"[ \-.\u00a0\u202f]?"
_PATTERN = re.compile(
    rf"(?<![\w./-])(?:(?!WW){_PAIR}(?P<space>{_SPACE})(?!000)\d{{3}}(?P=space){_PAIR}"
    rf"|(?!ww){_SMALL}(?P<dash>{_SPACE})(?!000)\d{{3}}(?P=dash){_SMALL})(?![\w/-])",
    re.ASCII,
)
#: In shapes: two letters before the digit, with a separator of up to three signs or none.
_TWO_LETTERS = "|".join(rf"(?<=(?<![9Aa])[Aa]{{2}}[^9Aa\n]{{{width}}}9)" for width in range(4))
_OLD_PATTERN = re.compile(
    rf"(?<![\w./-])[1-9]\d{{0,3}}{_SPACE}[{_LETTER}]{{1,3}}{_SPACE}"
    r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])(?![\w/-])",
    re.ASCII,
)
_CONTEXT = frozenset(
    "immatriculation immatriculations immat immatricule immatriculee immatricules plaque plaques "
    "plate registration".split()
)

DETECTOR = Detector(
    rule="plate",
    entity_types=("vehicle_plate",),
    pattern=_PATTERN,
    validate=lambda _: ("vehicle_plate", WEAK),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(3),
    shape=shape(rf"9(?:{_TWO_LETTERS})99S[Aa]{{2}}R"),
    share=0.9,
    least=20,
    whole=is_scattered,
    context=_CONTEXT | {"vehicule", "vehicules", "voiture"},
    against=OTHER_NUMBERS,
    examples=(
        "immatriculé AB-123-CD",
        "véhicule AB 123 CD",
        "plaque AB123CD",
        "plaque ab-123-cd",
    ),
    counterexamples=(
        "AB-123-CD",
        "plaque AO-123-CD",  # O is not used
        "plaque AB-000-CD",
        "plaque EF-6174-X",
        "lot AB-123-CD",
        "véhicule AB-123-CD-1",
    ),
)
# A model of car may look like one: "308 SW 92".
OLD_DETECTOR = Detector(
    rule="plate.old",
    entity_types=("vehicle_plate",),
    pattern=_OLD_PATTERN,
    validate=lambda _: ("vehicle_plate", WEAK),
    mask=lambda value: mask.shape(value, 2),
    gate=any_digit,
    share=0.9,
    least=20,
    whole=is_scattered,
    against=OTHER_NUMBERS,
    shape=shape(r"L99{0,3}SA{1,3}S9[9A]9?R"),
    context=_CONTEXT,
    examples=("immatriculation 1234 AB 75", "Immat. 123 ABC 2A"),
    counterexamples=("1234 AB 75", "véhicule 308 SW 92", "plaque 1234 AB 99"),
)
