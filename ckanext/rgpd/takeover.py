"""Takes a whole portal in as it is, then has it read little by little.

What was there before is taken in open or closed, as the administrator chooses, and marked as not
read; reading it goes on over days, can be stopped at any time, and takes up where it stopped.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import adopt, decisions, jobs, outbox, reading
from ckanext.rgpd.core import types
from ckanext.rgpd.model import Report, Version
from ckanext.rgpd.model.version import HELD, PENDING, RELEASED, SCANNING, WITHDRAWN

log = logging.getLogger(__name__)

OPEN = "open"
CLOSED = "closed"
POLICIES = {OPEN: RELEASED, CLOSED: HELD}
ORDERS = {
    "age": Version.created,
    "size": Version.size.asc().nulls_last(),
    "organization": ckan_model.Package.owner_org,
}


def take_in(policy: str) -> int:
    """Take in every resource that is not known yet, open or closed until it is read."""
    return adopt.take_in(POLICIES[policy])


def unread(order: str, organisation: str | None = None) -> list[str]:
    """The contents that were taken in and not read, in the order that was asked for."""
    query = (
        sa.select(Version.id)
        .join(ckan_model.Package, ckan_model.Package.id == Version.package_id)
        .where(Version.report_id.is_(None), Version.state.in_(POLICIES.values()))
        .order_by(ORDERS[order], Version.serial)
    )
    if organisation:
        group = ckan_model.Group.get(organisation)
        query = query.where(ckan_model.Package.owner_org == (group.id if group else None))
    return list(ckan_model.Session.scalars(query))


def send(version_ids: list[str], per_minute: float) -> Iterator[str]:
    """Send contents to be read, so many a minute (0: all at once); gives each as it is sent."""
    for number, version_id in enumerate(version_ids):
        if number and per_minute:
            time.sleep(60 / per_minute)
        _send(version_id)
        yield version_id


def _send(version_id: str) -> None:
    """A closed content waits its turn as any other; an open one stays open while it is read."""
    version = Version.lock(version_id)
    if version and version.state == HELD and version.report_id is None:
        version.state = PENDING
    ckan_model.Session.commit()
    if version and version.state == PENDING:
        jobs.enqueue_version(version_id)
    elif version:
        jobs.enqueue(read_open, version_id, job_id=f"open-{version_id}", lane=outbox.lane(version))


def read_open(version_id: str) -> None:
    """Read a content that was taken in open, and decide; what cannot be read is closed."""
    version = Version.get(version_id)
    if version is None or version.state != RELEASED or version.report_id:
        return
    try:
        report = reading.read(version)
    except Exception as error:  # noqa: BLE001 - the job's edge: whatever failed, it is closed
        log.error("Scan of version %s failed: %s", version_id, type(error).__name__)
        ckan_model.Session.rollback()
        report = reading.unread(version, types.FAILED, "engine_error")
    decisions.settle(version_id, report)
    ckan_model.Session.commit()


@dataclass
class Standing:
    """How far one organisation is: numbers of contents."""

    organisation: str
    taken_in: int = 0
    unread: int = 0
    open: int = 0
    closed: int = 0
    personal: int = 0


def standings() -> list[Standing]:
    """How far each organisation is, by its name; what has none comes under an empty name."""
    query = (
        sa.select(
            ckan_model.Group.name, Version.state, Report.content["findings"], Version.report_id
        )
        .select_from(Version)
        .join(ckan_model.Package, ckan_model.Package.id == Version.package_id)
        .outerjoin(ckan_model.Group, ckan_model.Group.id == ckan_model.Package.owner_org)
        .outerjoin(Report, Report.id == Version.report_id)
        .where(Version.state != WITHDRAWN)
    )
    found: dict[str, Standing] = {}
    for name, state, findings, report_id in ckan_model.Session.execute(query):
        standing = found.setdefault(name or "", Standing(name or ""))
        standing.taken_in += 1
        standing.unread += report_id is None or state in (PENDING, SCANNING)
        standing.open += state == RELEASED
        standing.closed += state != RELEASED
        standing.personal += any(finding["is_personal"] for finding in findings or ())
    return [found[name] for name in sorted(found)]
