"""Owners of parcels: names in a table of the land register, and the numbers it knows persons by.

What the land register says of owners is given one request at a time (LPF, L. 107 A), never as
a file. MAJIC's person number (``dnupro``: département, commune and six characters) begins, for
corporate bodies, with a ``+`` or a ``*``: those are no persons.

>>> is_owner("EXEMPLEAU Jeanne"), is_owner("Commune d'Exemple"), is_owner("A00123")
(True, False, True)
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence
from ckanext.rgpd.core.detect.fr import person

_OWNER = frozenset(
    "proprietaire proprietaires proprio indivisaire indivisaires usufruitier usufruitiere "
    "nuproprietaire ddenom dnomus dprnus dnomlp dnupro owner".split()
)
_LAND = frozenset(
    "parcelle parcelles cadastre cadastral cadastrale cadastraux section ccosec dnupla idu idpar "
    "lieudit contenance dcntpa foncier".split()
)
_NUMBER = re.compile(r"(?:\d{2}[0-9AB]?\d{3})?[A-Z]\d{5}")


def is_owner(value: str) -> bool:
    """Whether ``value`` is a person's name, or the number of one in the land register."""
    text = value.strip()
    return person.looks_like_full_name(text) or _NUMBER.fullmatch(text) is not None


def _decide(column: Evidence, company: Company) -> bool:
    return column.share >= 0.3 and bool(company.words & _LAND)


RULE = CompanyRule(
    rule="owner",
    concerns=lambda words: bool(words & _OWNER),
    holds=is_owner,
    decide=_decide,
    mask=mask.name,
    entity_type="cadastral_owner",
)
