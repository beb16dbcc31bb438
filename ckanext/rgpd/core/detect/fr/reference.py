"""Numbers that a body gives to persons: staff, beneficiaries, pupils, holders of a licence.

They are personal data beside the persons' names, and look like any other reference: the header must
say of whom, names must stand beside, and nearly each row have its own.

>>> is_reference_of_a_person(frozenset({"num", "allocataire"})), is_number("AL7732150")
(True, True)
>>> is_reference_of_a_person(frozenset({"num", "dossier"})), is_number("12")
(False, False)
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence
from ckanext.rgpd.core.detect.fr.siret import is_registration

_ALONE = frozenset("matricule matricules matr licence license nlicence numlicence codex".split())
_HOLDERS = frozenset(
    "adherent allocataire agent assure eleve etudiant patient usager licencie licenciee "
    "beneficiaire electeur abonne salarie client demandeur administre contribuable adhesion "
    "licence employee student member customer patiente personne individu candidat".split()
)
_NUMBER = frozenset("num numero n no nr id identifiant code ref reference number".split())
_FORM = re.compile(r"(?=(?:\D*\d){4})[A-Z0-9][A-Z0-9 ./_-]{3,24}", re.IGNORECASE)
_MOST_WORDS = 4


def is_reference_of_a_person(words: frozenset[str]) -> bool:
    """Whether a header names a number of a person."""
    if len(words) > _MOST_WORDS:
        return False
    return bool(words & _ALONE or (words & _HOLDERS and words & _NUMBER))


def is_number(value: str) -> bool:
    """Whether ``value`` has the form of a reference: letters and at least four digits."""
    return _FORM.fullmatch(value.strip()) is not None


def _decide(column: Evidence, company: Company) -> bool:
    if sum(map(is_registration, column.values)) > len(column.values) / 2:
        return False  # an organisation's number, whoever is named beside some of them
    different = column.distinct >= 0.5 * min(column.rows, len(column.values) or 1)
    return company.persons and column.share >= 0.8 and different


RULE = CompanyRule(
    rule="reference",
    concerns=is_reference_of_a_person,
    holds=is_number,
    decide=_decide,
    mask=lambda value: mask.shape(value, 2),
    entity_type="internal_id",
)
