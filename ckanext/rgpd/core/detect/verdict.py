"""What the tallies of a table's columns amount to: findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ckanext.rgpd.core.detect.column import ColumnScan, Kind
from ckanext.rgpd.core.detect.detector import HINT, REJECTED, WEAK
from ckanext.rgpd.core.detect.detectors import BY_RULE
from ckanext.rgpd.core.detect.name_column import NAMED_AFTER, columns_of_names
from ckanext.rgpd.core.detect.public_role import suggested_basis
from ckanext.rgpd.core.detect.row_subject import about_persons
from ckanext.rgpd.core.detect.tally import Tally
from ckanext.rgpd.core.types import Finding

#: Share of a column's filled rows from which weak matches are believed; codes drawn at random would
#: look like a telephone number once in ten.
_WHOLE_COLUMN = 0.3
_WHOLE_COLUMN_SCORE = 0.7
#: More wrong keys than this for each right one: the right ones are chance.
_CHANCE = 4
_NAMES_SCORE = 0.8
#: Header words of telephones that are an organisation's.
_SWITCHBOARD = frozenset("standard accueil fax telecopie mairie service secretariat".split())


def findings(columns: Sequence[ColumnScan]) -> list[Finding]:
    """The findings of the columns that stand side by side in one table."""
    company = _words(columns)
    named = columns_of_names(columns)
    found = []
    for column in columns:
        if column in named:
            found.append(_name_finding(column, named[column], suggested_basis(company)))
        found += _value_findings(column, column in named, bool(named))
    return about_persons(columns, found)


def _words(columns: Iterable[ColumnScan]) -> frozenset[str]:
    return frozenset[str]().union(*(column.words for column in columns))


def _name_finding(column: ColumnScan, rule: str, basis: str | None) -> Finding:
    finding = _finding(column, "person_name", [column.names], _NAMES_SCORE, (rule,))
    return replace(finding, suggested_basis=basis)


def _value_findings(column: ColumnScan, is_named: bool, beside_names: bool) -> list[Finding]:
    believed: dict[str, list[Kind]] = {}
    for kind in column.tallies:
        if _is_believed(column, kind):
            believed.setdefault(kind[0], []).append(kind)
    about_persons = beside_names or "person_name" in believed
    if is_named:
        believed.pop("person_name", None)
    found = []
    for entity_type, kinds in believed.items():
        tallies = [column.tallies[kind] for kind in kinds]
        rules = tuple(sorted({rule for _, rule, _ in kinds}))
        score = max(_WHOLE_COLUMN_SCORE if score == WEAK else score for _, _, score in kinds)
        finding = _finding(column, entity_type, tallies, score, rules)
        is_personal = _is_personal(entity_type, column, about_persons)
        found.append(replace(finding, is_personal=is_personal))
    return found


def _is_believed(column: ColumnScan, kind: Kind) -> bool:
    _, rule, score = kind
    if score in (REJECTED, HINT):
        return False
    if score == WEAK:
        rows = sum(tally.rows for tally in _tallies(column, rule, WEAK))
        return rows >= _WHOLE_COLUMN * max(1, column.filled)
    if rule == "whole_name" and column.words & (NAMED_AFTER - BY_RULE[rule].context):
        return False
    if rule in BY_RULE and column.words & BY_RULE[rule].context:
        return True
    wrong = sum(tally.distinct for tally in _tallies(column, rule, REJECTED))
    return wrong <= _CHANCE * sum(tally.distinct for tally in _tallies(column, rule, score))


def _tallies(column: ColumnScan, rule: str, score: float) -> list[Tally]:
    return [tally for kind, tally in column.tallies.items() if kind[1:] == (rule, score)]


def _is_personal(entity_type: str, column: ColumnScan, about_persons: bool) -> bool:
    """A fixed telephone is a person's where persons are named beside it."""
    if entity_type == "phone_fixed":
        return about_persons and not column.words & _SWITCHBOARD
    return entity_type != "email_generic"


def _finding(
    column: ColumnScan,
    entity_type: str,
    tallies: Sequence[Tally],
    score: float,
    rules: tuple[str, ...],
) -> Finding:
    first = min(tallies, key=lambda tally: tally.first)
    return Finding(
        entity_type=entity_type,
        column=column.name,
        column_index=column.index,
        is_personal=True,
        sensitive=any(BY_RULE[rule].sensitive for rule in rules if rule in BY_RULE),
        suggested_basis=None,
        score=score,
        rows=column.rows,
        matched_rows=sum(tally.rows for tally in tallies),
        distinct_matched=sum(tally.distinct for tally in tallies),
        first_at=first.first_at,
        examples_masked=tuple(example for tally in tallies for example in tally.examples)[:3],
        rules=rules,
    )
