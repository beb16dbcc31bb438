"""What waits to be read, and whose turn it is.

The outbox is the table of versions itself: a content waits from the transaction that brought it
in. Redis only wakes the workers; which content is read next is chosen here. Small files have a
lane of their own, and in each lane the organisation that was served longest ago comes first.
"""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd.model import Version
from ckanext.rgpd.model.columns import utcnow
from ckanext.rgpd.model.version import PENDING, SCANNING, UPLOAD

SMALL = "rgpd"
LARGE = "rgpd-large"
LANES = (SMALL, LARGE)
SMALL_BYTES = 5 << 20


def lane(version: Any) -> str:
    """The lane of a content; what is not known to be small is for the other one."""
    small = version.kind == UPLOAD and (version.size or 0) <= SMALL_BYTES
    return SMALL if small else LARGE


def take_next(lane: str, job: str) -> Version | None:
    """Take the content whose turn it is in a lane for the job of that id; none if none waits."""
    organisation = ckan_model.Package.owner_org
    waiting = sa.and_(Version.state == PENDING, _in_lane(lane))
    versions = sa.join(
        Version, ckan_model.Package, ckan_model.Package.id == Version.package_id, isouter=True
    )
    turn = ckan_model.Session.execute(
        sa.select(organisation)
        .select_from(versions)
        .group_by(organisation)
        .having(sa.func.bool_or(waiting))
        .order_by(sa.func.max(Version.started).asc().nulls_first())
        .limit(1)
    ).first()
    if turn is None:
        return None
    first = ckan_model.Session.execute(
        sa.select(Version.id)
        .select_from(versions)
        .where(waiting, organisation.is_not_distinct_from(turn[0]))
        .order_by(Version.serial)
        .limit(1)
        .with_for_update(of=Version, skip_locked=True)
    ).first()
    return take(first[0], job) if first else None


def take(version_id: str, job: str) -> Version | None:
    """Take one content, unless it is settled, or another job has taken it meanwhile."""
    taken = ckan_model.Session.execute(
        sa.update(Version)
        .where(Version.id == version_id, Version.state == PENDING)
        .values(state=SCANNING, attempts=Version.attempts + 1, started=utcnow(), job=job)
    ).rowcount
    ckan_model.Session.commit()
    if not taken:
        return None
    return ckan_model.Session.get(Version, version_id, populate_existing=True)


def holds(version_id: str, job: str) -> bool:
    """Whether a content is still that job's; it is then locked until the transaction ends."""
    version = Version.lock(version_id)
    return version is not None and (version.state, version.job) == (SCANNING, job)


def give_back(alive: set[str]) -> int:
    """Let wait again what was taken by a job that is not among those alive; says how many."""
    rows: Any = ckan_model.Session.execute(
        sa.update(Version)
        .where(Version.state == SCANNING)
        .where(sa.or_(Version.job.is_(None), Version.job.not_in(alive)))
        .values(state=PENDING)
    )
    ckan_model.Session.commit()
    return rows.rowcount


def waiting() -> dict[str, str]:
    """The lane of each content that waits."""
    query = sa.select(Version.id, Version.kind, Version.size)
    rows = ckan_model.Session.execute(
        query.where(Version.state == PENDING).order_by(Version.serial)
    )
    return {row.id: lane(row) for row in rows}


def _in_lane(lane: str) -> Any:
    small = sa.and_(Version.kind == UPLOAD, sa.func.coalesce(Version.size, 0) <= SMALL_BYTES)
    return small if lane == SMALL else sa.not_(small)
