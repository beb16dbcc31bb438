"""What only the whole table tells: whose address it is, and what is said of the persons named."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.column import ColumnScan
from ckanext.rgpd.core.detect.company import is_opaque
from ckanext.rgpd.core.detect.fr.address import may_be_home, names_home, names_streets
from ckanext.rgpd.core.detect.public_role import suggested_basis
from ckanext.rgpd.core.detect.sensitive import category
from ckanext.rgpd.core.detect.subject import (
    ORGANISATIONS,
    PERSONS,
    PLACES,
    UNKNOWN,
    names_houses,
    subject,
)
from ckanext.rgpd.core.types import Finding
from ckanext.rgpd.core.words import words

_SCORE = 0.7
_ADDRESS = "postal_address"
_DWELLING = "dwelling"
_LIVES_AT = "lives_at"
_ANYBODY = "anybody"
_ELECTED = "d312_6_political_life"
#: Whose registers list persons by their profession: it says no more than the register does.
_BY_PROFESSION = ("d312_1_admin_organisation", "d312_3_regulated_professions")
#: Beside one of these in most rows, a row is about somebody.
_IDENTIFIES = frozenset(
    "person_name nir email_personal email_work phone_mobile tax_number ine id_document".split()
)
_ADDRESS_WORDS = frozenset("adresse adr address rue voie postale 1 2 3".split())
_NAME_WORDS = frozenset("nom name denomination libelle".split())
_CHILDREN = frozenset("enfant enfants eleve eleves mineur mineure mineurs ecolier pupille".split())
_POSITION = frozenset(
    "lat latitude lon lng long longitude x y gps coordonnees coordinates geo position wgs84".split()
)
#: Four decimals of a degree are eleven metres; metres of a projection have six digits.
_PRECISE = re.compile(r"\d[.,]\d{4}|\d{6}")


def about_persons(columns: Sequence[ColumnScan], found: Sequence[Finding]) -> list[Finding]:
    """``found`` without the addresses that are no homes, and with what is said of the persons."""
    others = [finding for finding in found if finding.entity_type != _ADDRESS]
    about = subject([" ".join(column.words) for column in columns], others)
    by_index = {column.index: column for column in columns}
    if about == UNKNOWN and _says_nothing(columns):
        about = _ANYBODY
    named = {finding.column_index for finding in others}
    kept = [
        finding
        for finding in found
        if finding.entity_type != _ADDRESS
        or (_is_home(finding, by_index, about) and not _is_of_house(finding, by_index, named))
    ]
    if about in (ORGANISATIONS, PLACES):
        kept = [_of_organisation(finding) for finding in kept]
    if about not in (PERSONS, UNKNOWN) or not any(map(_identifies, others)):
        return kept
    taken = {finding.column_index for finding in kept if finding.is_personal}
    free = [column for column in columns if column.index not in taken and column.filled]
    said = [finding for column in free if (finding := _characteristic(column))]
    if about == UNKNOWN:
        return kept + [finding for finding in said if finding.sensitive]
    if any(finding.entity_type == _ADDRESS for finding in kept + said):
        said += [_described(column, "gps_home") for column in free if _locates(column)]
    basis = suggested_basis(frozenset().union(*(column.words for column in columns)))
    if basis == _ELECTED:
        said = list(map(_of_elected, said))
    if basis in _BY_PROFESSION or any(finding.entity_type == "rpps" for finding in others):
        said = [finding for finding in said if finding.entity_type != "profession"]
    return [_of_minor(finding) for finding in kept] + said


def _says_nothing(columns: Sequence[ColumnScan]) -> bool:
    """Whether neither a header nor a value tells whose the rows are: in doubt, somebody's."""
    told = frozenset[str]().union(*(column.words for column in columns))
    return is_opaque(told) and not any(names_houses(column.some) for column in columns)


def _is_home(finding: Finding, columns: dict[int, ColumnScan], about: str) -> bool:
    if _LIVES_AT in finding.rules:
        return True
    if finding.column_index is None or not may_be_home(columns[finding.column_index].words):
        return False
    dwelling = _DWELLING in finding.rules or names_home(columns[finding.column_index].words)
    if not dwelling and any("fonction" in column.words for column in columns.values()):
        return False  # who is named is named for an office
    return about in (PERSONS, _ANYBODY) or (about == UNKNOWN and dwelling)


def _is_of_house(
    finding: Finding, columns: dict[int, ColumnScan], named: Collection[int | None]
) -> bool:
    """Whether who has this address is named beside it, and is nobody.

    As ``nom_beneficiaire`` beside ``adresse_beneficiaire``: associations.
    """
    address = columns.get(finding.column_index) if finding.column_index is not None else None
    whose = address.words - _ADDRESS_WORDS if address else frozenset[str]()
    owners = [
        column
        for column in columns.values()
        if whose and column.filled and column.words - _NAME_WORDS == whose != column.words
    ]
    return bool(owners) and all(column.index not in named for column in owners)


def _identifies(finding: Finding) -> bool:
    return finding.entity_type in _IDENTIFIES and finding.matched_rows >= finding.rows / 2


def _of_organisation(finding: Finding) -> Finding:
    """A fixed telephone rings in the house that the row is about, whoever is its contact."""
    fixed = finding.entity_type == "phone_fixed"
    return replace(finding, is_personal=False) if fixed else finding


def _of_elected(finding: Finding) -> Finding:
    """The party and the profession of a candidate or of an elected person are public."""
    if finding.entity_type not in ("art9_political", "profession", "sex"):
        return finding
    return replace(finding, sensitive=False, suggested_basis=_ELECTED)


def _of_minor(finding: Finding) -> Finding:
    """A name under the header of a child is a child's."""
    if finding.entity_type != "person_name" or _CHILDREN.isdisjoint(words(finding.column)):
        return finding
    return replace(finding, rules=(*finding.rules, "minor"))


def _locates(column: ColumnScan) -> bool:
    """Whether this is the position of the homes beside it, as precise as a house."""
    if not column.words & _POSITION or not may_be_home(column.words):
        return False
    return all(_PRECISE.search(value) for value in column.some if value)


def _characteristic(column: ColumnScan) -> Finding | None:
    entity_type = category(column.words, column.some)
    if entity_type is None and names_streets(column.words, column.some):
        entity_type = _ADDRESS
    return _described(column, entity_type) if entity_type else None


def _described(column: ColumnScan, entity_type: str) -> Finding:
    examples = dict.fromkeys(map(mask.name, column.some))
    return Finding(
        entity_type=entity_type,
        column=column.name,
        column_index=column.index,
        is_personal=True,
        sensitive=entity_type.startswith(("art9_", "art10_")),
        suggested_basis=None,
        score=_SCORE,
        rows=column.rows,
        matched_rows=column.filled,
        distinct_matched=len(column.some),
        first_at=column.first_at,
        examples_masked=tuple(examples)[:3],
        rules=("beside_names",),
    )
