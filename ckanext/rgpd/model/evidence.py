"""The newest of what is known of several versions, asked of the database at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import once
from ckanext.rgpd.model.anonymisation import Anonymisation
from ckanext.rgpd.model.decision import Decision, Declaration
from ckanext.rgpd.model.report import Report
from ckanext.rgpd.model.version import Version


class Evidence(NamedTuple):
    """What one version was decided on."""

    decision: Decision
    declaration: Declaration | None
    report: Report | None
    anonymisation: Anonymisation | None


def of(version_ids: list[str]) -> dict[str, Evidence]:
    """The evidence of each of the versions that was decided on."""
    known = once.kept("evidence")
    asked = [id for id in version_ids if id not in known]
    if asked:
        known.update(dict.fromkeys(asked))
        query = (
            sa.select(Decision, Declaration, Report, Anonymisation)
            .select_from(Version)
            .join(Decision, Decision.serial == _newest(Decision))
            .outerjoin(Declaration, Declaration.serial == _newest(Declaration))
            .outerjoin(Report, Report.id == Version.report_id)
            .outerjoin(Anonymisation, Anonymisation.serial == _newest(Anonymisation))
            .where(Version.id.in_(asked))
        )
        for row in ckan_model.Session.execute(query):
            known[row[0].version_id] = Evidence(*row)
    return {id: known[id] for id in version_ids if known[id]}


def _newest(table: Any) -> Any:
    """The newest row of a table about the version."""
    newest = sa.select(sa.func.max(table.serial)).where(table.version_id == Version.id)
    return newest.correlate(Version).scalar_subquery()
