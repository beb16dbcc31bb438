"""Where contents stand, and what everyone is shown of what they were decided on: one question.

Whoever only reads asks here; :class:`Version` is for those who write.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import ckan.model as ckan_model

from ckanext.rgpd import asking, once
from ckanext.rgpd.model.anonymisation import Anonymisation
from ckanext.rgpd.model.dataset_field import DatasetField
from ckanext.rgpd.model.decision import Decision, Declaration
from ckanext.rgpd.model.report import Report
from ckanext.rgpd.model.version import WITHDRAWN, Version


class Standing(NamedTuple):
    """One content of one resource, as :class:`Version` has it, and its dataset's fields."""

    id: str
    serial: int
    resource_id: str
    package_id: str
    kind: str
    sha256: str | None
    state: str
    outcome: str | None
    evidence: dict[str, Any] | None
    fields: dict[str, str] | None


_QUESTION = """
SELECT id, serial, resource_id, package_id, kind, sha256, state, outcome, evidence,
    (SELECT jsonb_object_agg(name, value) FROM rgpd_dataset_field f
     WHERE f.package_id = v.package_id) AS fields
FROM rgpd_version v
WHERE resource_id = ANY(%(ids)s::text[]) AND state <> %(withdrawn)s
ORDER BY serial
"""


def of(resource_ids: Iterable[str]) -> dict[str, list[Standing]]:
    """For each resource what it holds now: the contents that were not withdrawn."""
    ids = list(resource_ids)
    known = once.kept("standing")
    asked = [id for id in ids if id not in known]
    if asked:
        known.update((id, []) for id in asked)
        for row in asking.portal(_QUESTION, {"ids": asked, "withdrawn": WITHDRAWN}):
            standing = Standing(*row)
            known[standing.resource_id].append(standing)
            DatasetField.keep(standing.package_id, standing.fields or {})
    return {id: list(known[id]) for id in ids}


def note(version: Version) -> None:
    """Write beside a version what everyone is shown of its last decision and its account.

    For the transaction that has just changed them; another that does waits for its end.
    """
    ckan_model.Session.flush()
    Version.lock(version.id)
    decision = Decision.latest_of([version.id]).get(version.id)
    if decision is None:
        return
    declaration, account = Declaration.latest(version.id), Anonymisation.latest(version.id)
    report = Report.get(version.report_id)
    found = report.value if report else None
    version.evidence = {
        "outcome": decision.outcome,
        "basis": decision.basis,
        "answers": declaration.answers if declaration else None,
        "account": {"declared": account.declared, "measured": account.measured}
        if account
        else None,
        "complete": bool(found and found.complete),
        "personal": sorted({finding.entity_type for finding in found.personal}) if found else [],
    }
