"""What only the whole table tells: whose address it is, and what is said of the persons named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.column import ColumnScan
from ckanext.rgpd.core.detect.fr.address import may_be_home, names_home
from ckanext.rgpd.core.detect.public_role import suggested_basis
from ckanext.rgpd.core.detect.sensitive import category
from ckanext.rgpd.core.detect.subject import ORGANISATIONS, PERSONS, PLACES, UNKNOWN, subject
from ckanext.rgpd.core.types import Finding

_SCORE = 0.7
_ADDRESS = "postal_address"
_DWELLING = "dwelling"
_ELECTED = "d312_6_political_life"
#: Beside one of these in most rows, a row is about somebody.
_IDENTIFIES = frozenset(
    "person_name nir email_personal email_work phone_mobile tax_number ine id_document".split()
)


def about_persons(columns: Sequence[ColumnScan], found: Sequence[Finding]) -> list[Finding]:
    """``found`` without the addresses that are no homes, and with what is said of the persons."""
    others = [finding for finding in found if finding.entity_type != _ADDRESS]
    about = subject([" ".join(column.words) for column in columns], others)
    by_index = {column.index: column for column in columns}
    kept = [
        finding
        for finding in found
        if finding.entity_type != _ADDRESS or _is_home(finding, by_index, about)
    ]
    if about in (ORGANISATIONS, PLACES):
        kept = [_of_organisation(finding) for finding in kept]
    if about != PERSONS or not any(map(_identifies, others)):
        return kept
    taken = {finding.column_index for finding in kept if finding.is_personal}
    free = [column for column in columns if column.index not in taken and column.filled]
    said = [finding for column in free if (finding := _characteristic(column))]
    elected = suggested_basis(frozenset().union(*(column.words for column in columns))) == _ELECTED
    return kept + [_of_elected(finding) if elected else finding for finding in said]


def _is_home(finding: Finding, columns: dict[int, ColumnScan], about: str) -> bool:
    if finding.column_index is None or not may_be_home(columns[finding.column_index].words):
        return False
    dwelling = _DWELLING in finding.rules or names_home(columns[finding.column_index].words)
    return about == PERSONS or (about == UNKNOWN and dwelling)


def _identifies(finding: Finding) -> bool:
    return finding.entity_type in _IDENTIFIES and finding.matched_rows >= finding.rows / 2


def _of_organisation(finding: Finding) -> Finding:
    """A fixed telephone rings in the house that the row is about, whoever is its contact."""
    fixed = finding.entity_type == "phone_fixed"
    return replace(finding, is_personal=False) if fixed else finding


def _of_elected(finding: Finding) -> Finding:
    """The party of a candidate or of an elected person is public."""
    if finding.entity_type != "art9_political":
        return finding
    return replace(finding, sensitive=False, suggested_basis=_ELECTED)


def _characteristic(column: ColumnScan) -> Finding | None:
    entity_type = category(column.words, column.some)
    if entity_type is None:
        return None
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
