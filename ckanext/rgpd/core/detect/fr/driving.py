"""The number of a driving licence: twelve digits (and the file number NEPH), or ``13AA00002``.

Sources: Code de la route, R. 221-1; arrêté du 20 avril 2012, annexe 1. No key: only the header or
the words before say so.

>>> texts = ("permis de conduire 13AA00002", "13AA00002")
>>> [hit.score for text in texts for hit in DETECTOR.find(text)]
[0.9, 0.2]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_PATTERN = re.compile(
    r"(?<![\w.,/-])(?:\d{2}[A-Z]{2}\d{5}|\d{2}(?:0[1-9]|1[0-2])\d{8})(?![\w/-])(?![.,]\d)",
    re.ASCII,
)

DETECTOR = Detector(
    rule="driving",
    entity_types=("id_document",),
    pattern=_PATTERN,
    validate=lambda _: ("id_document", HINT),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(5),
    only_in_context=True,
    shape=shape(r"L9(?:9AA9{5}|9{11})R"),
    sensitive=True,
    context=frozenset("conduire cond neph conducteur driving".split()),
    examples=("permis de conduire n° 13AA00002", "NEPH 140375200123"),
    counterexamples=("13AA00002", "140375200123", "permis PC 044 109 19", "conduire 149975200123"),
)
