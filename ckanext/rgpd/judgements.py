"""What reviewers judged not personal: remembered, applied, taken back, given out as labels."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO, Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk

from ckanext.rgpd.core import judgement, types
from ckanext.rgpd.model import Decision, Judgement, RegisterLine, Report, Version
from ckanext.rgpd.model.columns import utcnow

#: The columns of an evaluation set's labels.
LABELS = ("file", "column", "column_index", "entity_type", "is_personal", "note")

#: A kind of data in a column: its entity type and the column's name.
Place = tuple[str, str]


def judged(resource_id: str, report: types.Report) -> judgement.Judged:
    """A report on a resource's content as the law is asked about it."""
    if not report.personal:
        return judgement.Judged(report)
    return judgement.judge(report, [row.value for row in Judgement.about(resource_id)])


def may_be_remembered(report: types.Report) -> list[types.Finding]:
    """The findings of which a reviewer can say once and for all that they are not personal."""
    return [f for f in report.personal if judgement.can_be_judged(report, f)]


def remember(
    version: Version, places: Iterable[Place], reason: str, user_id: str, *, pattern: bool
) -> None:
    """Keep that these findings of a version are not personal; the caller commits.

    Raises ``ValidationError`` for one that is not there, or cannot be told again later.
    """
    report = Report.get(version.report_id)
    if report is None:
        return
    for entity_type, column in places:
        for finding in _meant(report.value, entity_type, column):
            look = judgement.look(report.value, finding)
            if pattern and not judgement.makes_pattern(look):
                message = tk._(
                    "What is said of the column “{name}” can hold for this resource only: "
                    "its header says too little, or few of its values are concerned."
                )
                raise tk.ValidationError({"pattern": [message.format(name=column)]})
            _keep(
                version, finding, look=asdict(look), reason=reason, user_id=user_id, pattern=pattern
            )


def _meant(report: types.Report, entity_type: str, column: str) -> list[types.Finding]:
    meant = (entity_type, column)
    found = [f for f in may_be_remembered(report) if (f.entity_type, f.column) == meant]
    if not found:
        message = tk._("Nothing can be remembered of the column “{name}”.")
        raise tk.ValidationError({"not_personal": [message.format(name=column)]})
    return found


def _keep(version: Version, finding: types.Finding, **fields: Any) -> None:
    row = Judgement(
        resource_id=version.resource_id,
        package_id=version.package_id,
        version_id=version.id,
        filename=version.filename or "",
        column_name=finding.column,
        column_index=finding.column_index,
        **fields,
    )
    ckan_model.Session.add(row)
    ckan_model.Session.flush()
    _register("judgement", row, row.user_id)


def revoke(row: Judgement, user_id: str) -> list[str]:
    """Take a judgement back; gives the ids of the contents decided on by it. The caller commits.

    What a reviewer released in so many words is not among them.
    """
    row.revoked, row.revoked_by = utcnow(), user_id
    _register("judgement_revoked", row, user_id)
    ckan_model.Session.flush()
    resting = Decision.resting_on(judgement.REASON)
    return [version.id for version in resting if _holds_for(row, version)]


def _holds_for(row: Judgement, version: Version) -> bool:
    report = Report.get(version.report_id)
    own = row.pattern or version.resource_id == row.resource_id
    return bool(own and report and judgement.judge(report.value, [row.value]).set_aside)


def described(resource_id: str, report: types.Report) -> list[dict[str, Any]]:
    """The judgements that hold for a report, with who gave them, why and when."""
    rows = {row.id: row for row in Judgement.about(resource_id)}
    return [
        {"column": f.column, "entity_type": f.entity_type, **shown(rows[id])}
        for f, id in judged(resource_id, report).set_aside
    ]


def shown(row: Judgement) -> dict[str, Any]:
    """A judgement as plain values."""
    user = ckan_model.User.get(row.user_id)
    return {
        "id": row.id,
        "resource_id": row.resource_id,
        "package_id": row.package_id,
        "filename": row.filename,
        "column": row.column_name,
        "entity_type": row.entity_type,
        "pattern": row.pattern,
        "user": user.display_name if user else "",
        "reason": row.reason,
        "created": row.created.isoformat(),
    }


def export(target: IO[str]) -> int:
    """Write the standing judgements as labels of an evaluation set; says how many columns.

    A column is given once every kind of data found in it was judged not personal: of the others
    nobody has said what they are. ``file`` is the resource's id and the name of its file.
    """
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(LABELS)
    columns: dict[tuple[str, str, int], list[Judgement]] = {}
    for row in Judgement.standing():
        key = (row.version_id, row.column_name, row.column_index)
        columns.setdefault(key, []).append(row)
    whole = [rows for rows in columns.values() if _said_of_all(rows)]
    for rows in whole:
        first = rows[0]
        kinds = "+".join(sorted({row.entity_type for row in rows}))
        note = " / ".join(dict.fromkeys(row.reason for row in rows))
        name = f"{first.resource_id}/{first.filename}"
        place = (name, first.column_name, first.column_index)
        writer.writerow((*place, f"lookalike_{kinds}", "no", " ".join(note.split())))
    return len(whole)


def _said_of_all(rows: list[Judgement]) -> bool:
    return set(rows[0].look["entity_types"]) <= {row.entity_type for row in rows}


def _register(event: str, row: Judgement, user_id: str) -> None:
    """Headers are the publisher's text and may hold anything: the register names the place."""
    RegisterLine.append(
        event,
        package_id=row.package_id,
        resource_id=row.resource_id,
        version_id=row.version_id,
        user_id=user_id,
        details={
            "judgement": row.id,
            "column_index": row.column_index,
            "entity_type": row.entity_type,
            "pattern": row.pattern,
        },
    )
