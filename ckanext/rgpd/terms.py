"""What a day brings: embargoes that end, publications whose time is over, rules that changed,
opinions that are late. ``ckan rgpd sweep`` calls these; each can be repeated without harm.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import answers, config, decisions, jobs, notice, queue
from ckanext.rgpd.core import legal, types
from ckanext.rgpd.model import Decision, Declaration, RegisterLine, Report, Version
from ckanext.rgpd.model.columns import utcnow
from ckanext.rgpd.model.version import HELD, PENDING, RELEASED

log = logging.getLogger(__name__)

REMINDER = "reminder"
_EMBARGO = "embargo"
_END = "publication_end_date"


def queue_ended_embargoes() -> int:
    """Read again what an embargo held and whose day has come; the decision follows the scan."""
    query = sa.select(Version).where(Version.state == HELD, Version.outcome == _EMBARGO)
    ended = [v for v in ckan_model.Session.scalars(query) if _now(v) not in (None, _EMBARGO)]
    for version in ended:
        version.state, version.attempts, version.progress = PENDING, 0, 0
        version.note("scan_requested", details={"because": "embargo_ended"})
    ckan_model.Session.commit()
    for version in ended:
        jobs.enqueue_version(version.id)
    return len(ended)


def close_ended_publications() -> int:
    """Close what was published until a date that has passed; says how many."""
    query = (
        sa.select(Version.id)
        .join(Declaration, Declaration.version_id == Version.id)
        .where(Version.state == RELEASED, Declaration.answers.has_key(_END))
    )
    ended = [
        id
        for id in set(ckan_model.Session.scalars(query))
        if (decision := _decision(Version.get(id)))
        and any(reason.code == "publication_ended" for reason in decision.reasons)
    ]
    for id in ended:
        decisions.settle(id)
    return len(ended)


def mark_outdated() -> int:
    """Put before the reviewers what older rules released and today's would not.

    Nothing is closed by itself: a decision keeps the rules that it was made under until a
    reviewer looks at it again.
    """
    marked = queue.outdated_ids()
    found = [
        (version, decision, now)
        for version, decision in _older_releases()
        if version.id not in marked and (now := _decision(version)) and not now.publishes
    ]
    for version, decision, now in found:
        details = {"from": decision.rules_version, "rules": now.rules_version}
        version.note(queue.RULES_CHANGED, details={**details, "outcome": now.outcome})
    ckan_model.Session.commit()
    return len(found)


def remind() -> int:
    """Remind the reviewers of files that wait longer than the option says; says of how many."""
    late = [version for version, due in queue.deadlines() if due < utcnow()]
    again = utcnow() - datetime.timedelta(days=config.review_days())
    query = sa.select(RegisterLine.version_id).where(
        RegisterLine.event == REMINDER, RegisterLine.at > again
    )
    told = set(ckan_model.Session.scalars(query))
    left = [version for version in late if version.id not in told]
    for version in left:
        version.note(REMINDER)
    ckan_model.Session.commit()
    notice.remind_reviewers(left)
    return len(left)


def _older_releases() -> Iterator[tuple[Version, Decision]]:
    """What is released by a decision under other rules than today's."""
    query = sa.select(Version).where(Version.state == RELEASED).order_by(Version.serial)
    released = {version.id: version for version in ckan_model.Session.scalars(query)}
    for id, decision in Decision.latest_of(list(released)).items():
        if decision.rules_version != legal.RULES_VERSION:
            yield released[id], decision


def _now(version: Version) -> str | None:
    decision = _decision(version)
    return decision.outcome if decision else None


def _decision(version: Version | None) -> types.Decision | None:
    """What the law says of a version today, with the reviewer's opinion on it."""
    report = Report.get(version.report_id) if version else None
    if version is None or report is None:
        return None
    given = {**answers.own(version), **decisions.opinion_on(version)}
    return decisions.compute(version, given, report.value)
