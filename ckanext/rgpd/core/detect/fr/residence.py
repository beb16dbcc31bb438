"""The number of a foreigner in the residence-permit register (AGDREF), or of the permit itself.

Nine or ten digits for the person, nine or ten capitals and digits for the card. Sources: CESEDA,
annexe 3, I, A, 2° names the number and gives no form; its length is what the guides for the public
say (Rennes Métropole, "Trouver son numéro étranger AGDREF"). Unverified: the form of the card's
number, and whether either has a key. So only the header or the words before say so.

>>> texts = ("titre de séjour 7503123456", "7503123456")
>>> [hit.score for text in texts for hit in DETECTOR.find(text)]
[0.9, 0.2]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_PATTERN = re.compile(
    r"(?<![\w.,/-])(?:[1-9]\d{8,9}|[A-Z]{2}[0-9A-Z]\d{6,7})(?![\w/-])(?![.,]\d)", re.ASCII
)

DETECTOR = Detector(
    rule="residence",
    entity_types=("id_document",),
    pattern=_PATTERN,
    validate=lambda _: ("id_document", HINT),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(6),
    only_in_context=True,
    shape=shape(r"[9A](?<![9Aa].)(?:(?<=9)9{8,9}|(?<=A)A[9A]9{6,7})R"),
    sensitive=True,
    context=frozenset("sejour agdref etranger".split()),
    examples=(
        "titre de séjour n° 7503123456",
        "AGDREF 9912345678",
        "n° étranger 991234567",
        "carte de séjour FRA123456",
    ),
    counterexamples=("7503123456", "FRA123456", "séjour de 12 nuits", "séjour 0639980012"),
)
