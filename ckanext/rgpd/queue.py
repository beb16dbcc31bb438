"""The reviewers' queue: what waits for them, until when, and which cases are alike."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import answers, config, decisions
from ckanext.rgpd.core import anonymise, legal
from ckanext.rgpd.model import Anonymisation, Decision, RegisterLine, Report, Version
from ckanext.rgpd.model.version import HELD, RELEASED

#: The event of the register by which a content comes back to the reviewers.
RULES_CHANGED = "rules_changed"


def waiting_for_review(organisations: Iterable[str] | None = None) -> list[Version]:
    """The contents that only a reviewer can take further, those waiting longest first.

    Among them what older rules released and today's would not, and anonymised files whose day of
    review has come. ``organisations`` (ids) narrows the queue to their datasets.
    """
    marked = outdated_ids() | review_due_ids()
    query = sa.select(Version).where(
        sa.or_(Version.state == HELD, sa.and_(Version.state == RELEASED, Version.id.in_(marked)))
    )
    if organisations is not None:
        mine = sa.select(ckan_model.Package.id).where(
            ckan_model.Package.owner_org.in_(list(organisations))
        )
        query = query.where(Version.package_id.in_(mine))
    found = list(ckan_model.Session.scalars(query.order_by(Version.serial)))
    latest = Decision.latest_of([version.id for version in found])
    return [
        v
        for v in found
        if v.id in latest and (v.id in marked or decisions.for_reviewer(v, latest[v.id]))
    ]


def outdated_ids() -> set[str]:
    """The contents put before the reviewers because the rules changed, and not decided since."""
    query = sa.select(RegisterLine.version_id).where(
        RegisterLine.event == RULES_CHANGED,
        RegisterLine.details["rules"].astext == legal.RULES_VERSION,
    )
    marked = [id for id in ckan_model.Session.scalars(query) if id]
    latest = Decision.latest_of(marked)
    return {id for id, row in latest.items() if row.rules_version != legal.RULES_VERSION}


def review_due_ids() -> set[str]:
    """The released contents whose anonymisation was to be reviewed by today, and was not.

    A reviewer's new decision, or a later date in the account, is the review.
    """
    accounts = {account.version_id: account for account in Anonymisation.newest_of_released()}
    latest, today = Decision.latest_of(list(accounts)), decisions.today()
    return {
        id
        for id, row in latest.items()
        if anonymise.review_is_due(accounts[id].declared, row.created.date(), today)
    }


def deadlines() -> list[tuple[Version, datetime.datetime]]:
    """Each content that waits for a reviewer, and until when it should."""
    waiting = waiting_for_review()
    latest = Decision.latest_of([version.id for version in waiting])
    return [(version, deadline(latest[version.id])) for version in waiting]


def deadline(decision: Decision) -> datetime.datetime:
    """Until when a reviewer should take up what this decision put before them (UTC)."""
    return decision.created + datetime.timedelta(days=config.review_days())


def likeness(version: Version, decision: Decision) -> str:
    """The same text for like cases: organisation, basis, columns and reasons are the same."""
    package = ckan_model.Package.get(version.package_id)
    report = Report.get(version.report_id)
    found = report.value.personal if report else ()
    basis = str(answers.own(version).get("dcp_publication_basis", ""))
    places = sorted({f"{finding.entity_type}|{finding.column}" for finding in found})
    codes = sorted({str(reason["code"]) for reason in decision.reasons})
    alike = (package.owner_org or package.id, version.kind, basis, *places, *codes)
    return hashlib.sha256("\n".join(alike).encode()).hexdigest()[:16]
