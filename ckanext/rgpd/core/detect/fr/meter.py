"""Delivery points of electricity (PDL, PRM) and gas (PCE): a meter, and so a household's habits.

Fourteen digits, or ``GI`` and six digits for large gas customers. Sources: Code de l'énergie,
L. 341-4 and L. 432-14; Enedis and GRDF, their invoices. The key is not published: only the header
or the words before say so. Points of public buildings are nobody's.

>>> [hit.score for text in ("PDL 09123456789012", "09123456789012") for hit in DETECTOR.find(text)]
[0.9, 0.2]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_PATTERN = re.compile(r"(?<![\w.,/-])(?:\d{14}|GI\d{6})(?![\w/-])(?![.,]\d)", re.ASCII)

DETECTOR = Detector(
    rule="meter",
    entity_types=("meter_point",),
    pattern=_PATTERN,
    validate=lambda _: ("meter_point", HINT),
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(6),
    only_in_context=True,
    shape=shape(r"[9A](?<![9Aa].)(?:(?<=9)9{13}|(?<=A)A9{6})R"),
    context=frozenset("pdl prm pce linky gazpar rae livraison".split()),
    things=frozenset(
        "batiment batiments site sites equipement equipements ecole mairie patrimoine siret siren "
        "eclairage armoire poste collectivite etablissement usine parc centrale".split()
    ),
    examples=("PDL : 09123456789012", "compteur Linky 09123456789012", "PCE GI123456"),
    counterexamples=("09123456789012", "GI123456", "PDL 912345678901", "SIRET 73282932000074"),
)
