"""Reports on parts of one table, read at different times, as one report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from ckanext.rgpd.core.types import Column, Finding, Report


def join(before: Report, after: Report) -> Report:
    """What is known of a table once rows were added to those of ``before``.

    ``after`` is the report on the new rows alone. Nothing found is forgotten: where the rows
    that held it were changed since, only a reading of the whole table says so. The result is
    complete when both are.
    """
    both = hashlib.sha256(f"{before.sha256}{after.sha256}".encode()).hexdigest()
    worse = before if not before.complete else after
    return replace(
        after,
        sha256=both,
        size=before.size + after.size,
        rows=before.rows + after.rows,
        columns=_columns([*before.columns, *after.columns]),
        findings=_findings([*before.findings, *after.findings]),
        status=worse.status,
        problem=worse.problem,
        problem_place=worse.problem_place,
    )


def _columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    joined: dict[str, Column] = {}
    for column in columns:
        old = joined.get(column.name)
        joined[column.name] = replace(column, rows=column.rows + old.rows) if old else column
    return tuple(joined.values())


def _findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    joined: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.column, finding.entity_type)
        joined[key] = _added(joined[key], finding) if key in joined else finding
    return tuple(joined.values())


def _added(old: Finding, new: Finding) -> Finding:
    return replace(
        old,
        is_personal=old.is_personal or new.is_personal,
        sensitive=old.sensitive or new.sensitive,
        score=max(old.score, new.score),
        rows=old.rows + new.rows,
        matched_rows=old.matched_rows + new.matched_rows,
        distinct_matched=old.distinct_matched + new.distinct_matched,
        rules=tuple(dict.fromkeys([*old.rules, *new.rules])),
    )
