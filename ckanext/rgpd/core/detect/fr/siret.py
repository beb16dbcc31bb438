"""SIREN and SIRET of sole traders: numbers of an enterprise that are a natural person's.

Nothing in the number says so. The header does ("auto-entrepreneur"), or the legal form beside it
(INSEE's category 1000, "entrepreneur individuel"), or the first names of those who bear it, where
no company is named; a table that says nothing at all is taken as one of persons. Sources: INSEE,
"Catégories juridiques", level III; Code de commerce, L. 526-22; the keys are python-stdnum's.

>>> is_registration("732 829 320 00074"), is_registration("73282932000075")
(True, False)
>>> is_legal_form("1000"), is_legal_form("Entrepreneur individuel"), is_legal_form("SARL")
(True, True, False)
>>> says_sole_trader("EXEMPLEAU Jeanne (EI)"), says_sole_trader("1000")
(True, False)
"""

from __future__ import annotations

import re

from stdnum.fr import siren, siret

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence, is_opaque
from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.gate import shape
from ckanext.rgpd.core.words import fold

_NUMBER = frozenset("siret siren nsiret nsiren numsiret numsiren".split())
#: Headers under which a SIRET may stand unnamed.
_HOLDER = frozenset("id identifiant titulaire exploitant artisan entrepreneur".split())
_SOLE = frozenset(
    "auto autoentrepreneur entrepreneur entrepreneurs microentrepreneur microentrepreneurs micro "
    "ei eirl artisan artisans liberal individuel individuelle individuelles physique physiques "
    "taxi assmat".split()
)
_FORM = frozenset("juridique juridiques jur forme statut formejuridique catjur cj nj".split())
_KIND = frozenset(
    "type nature typologie categorie denomination raison nom entreprise titulaire etablissement "
    "beneficiaire exploitant".split()
)
_ORGANISATION = frozenset(
    "denomination raison sociale societe entreprise association asso organisme etablissement "
    "structure employeur employeurs acheteur acheteurs collectivite ecole club mairie "
    "attribuant payeur financeur donneur ordre".split()
)
_PAYERS = frozenset("acheteur acheteurs employeur employeurs payeur financeur donneur".split())
#: Persons beside a SIRET who act for somebody else.
_FOR_OTHERS = frozenset(
    "dirigeant dirigeante gerant president presidente representant contact maire elu referent "
    "responsable agent salarie interlocuteur signataire correspondant eleve etudiant stagiaire "
    "candidat beneficiaire".split()
)
_SHAPE = re.compile(r"\d{3}[ .\u00a0\u202f]?\d{3}[ .\u00a0\u202f]?\d{3}(?:[ .\u00a0\u202f]?\d{5})?")
_SOLE_TRADER = re.compile(
    r"\b(?:(?:auto|micro)[ -]?entrepre\w+|entrepreneurs? individuel\w*|entreprises? individuelles?"
    r"|personnes? physiques?|artisan commercant|eirl)\b|^ei\b|\bei\)?$"
)
#: One of these is in each of them.
_PARTS = ("ei", "entrepr", "physique", "commer")
#: Numbers of nobody in particular, from which a table that says nothing else is in doubt.
_LEAST = 10
#: Code de commerce, R. 526-27: before or behind the name.
_LETTERS = re.compile(r"^(?:EI|E\.I\.) | ?(?:\(EI\)|\bEI|E\.I\.)$")
#: INSEE's codes of natural persons.
_CODE = re.compile(r"1\d00")


def is_registration(value: str) -> bool:
    """Whether ``value`` is a SIREN or a SIRET with a right key."""
    if not _SHAPE.fullmatch(value.strip()):
        return False
    digits = re.sub(r"\D", "", value)
    return bool(siret.is_valid(digits) if len(digits) == 14 else siren.is_valid(digits))


def says_sole_trader(value: str) -> bool:
    """Whether a legal form, or what is added to a name, is that of a natural person."""
    text = value.lower()
    if len(text) > 100 or not any(part in text for part in _PARTS):
        return False
    return _SOLE_TRADER.search(fold(text.strip())) is not None


def is_legal_form(value: str) -> bool:
    """Whether ``value`` is the legal form of a natural person, in words or as INSEE's code."""
    return _CODE.fullmatch(value.strip()) is not None or says_sole_trader(value)


def names_sole_trader(value: str) -> bool:
    """Whether ``value`` is the name of a person with the letters that the law wants beside it.

    >>> names_sole_trader("Jeanne EXEMPLEAU EI"), names_sole_trader("Garage Exempleau EI")
    (True, False)
    """
    name = _LETTERS.sub("", value.strip())
    return name != value.strip() and person.looks_like_full_name(name)


def _decide(column: Evidence, company: Company) -> bool:
    right = sum(map(is_registration, column.values))
    if column.share < 0.9 or right < 0.9 * len(column.values) or column.words & _PAYERS:
        return False
    if column.words & _SOLE or "sole_trader" in company.found:
        return True
    if company.says_nothing:  # in doubt it may be a person's
        return right == len(column.values) and right >= _LEAST
    others = _ORGANISATION | _FOR_OTHERS
    return company.first_names and bool(column.words & _NUMBER) and not company.words & others


LEGAL_FORM_RULE = CompanyRule(
    rule="sole_trader",
    concerns=lambda words: bool(words & _FORM),
    holds=is_legal_form,
    decide=lambda column, _: column.rows > 0,
    mask=mask.name,
)
KIND_RULE = CompanyRule(
    rule="sole_trader",
    concerns=lambda words: bool(words & _KIND) and not words & _FORM,
    holds=says_sole_trader,
    decide=lambda column, _: column.rows > 0,
    mask=mask.name,
)
NAME_RULE = CompanyRule(
    rule="sole_trader.name",
    concerns=lambda words: bool(words & _KIND),
    holds=names_sole_trader,
    decide=lambda column, _: column.rows > 0,
    mask=mask.name,
    entity_type="person_name",
)
NUMBER_RULE = CompanyRule(
    rule="siret",
    concerns=lambda words: bool(words & (_NUMBER | _HOLDER)) or is_opaque(words),
    holds=lambda value: _SHAPE.fullmatch(value.strip()) is not None,
    decide=_decide,
    mask=lambda value: mask.shape(value, 3),
    entity_type="siret_person",
    counted_by="sole_trader",
    shape=shape(r"[9\x80-\xff](?:[ .]?[9\x80-\xff]){8}"),
)
