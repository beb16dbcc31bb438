"""What is looked after from time to time: links behind which something else may stand now."""

from __future__ import annotations

import datetime
import logging

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import config, decisions, jobs, links, outbox, versions
from ckanext.rgpd.model import LinkCheck, Version
from ckanext.rgpd.model.columns import utcnow
from ckanext.rgpd.model.version import HELD, LINK, RELEASED

log = logging.getLogger(__name__)


def due_links() -> list[str]:
    """The links that were not looked at for as long as the option says, those longest first."""
    since = utcnow() - datetime.timedelta(hours=config.links_recheck())
    query = (
        sa.select(Version.id)
        .outerjoin(LinkCheck, LinkCheck.version_id == Version.id)
        .where(Version.kind == LINK, Version.state.in_((HELD, RELEASED)))
        .where(Version.report_id.is_not(None))
        .where(sa.or_(LinkCheck.checked.is_(None), LinkCheck.checked < since))
        .order_by(LinkCheck.checked.nulls_first())
    )
    return list(ckan_model.Session.scalars(query))


def queue_links() -> int:
    """Queue a look at each link that is due; says how many."""
    ids = due_links()
    for id in ids:
        jobs.enqueue(check_link, id, job_id=f"link-{id}", lane=outbox.LARGE)
    return len(ids)


def check_link(version_id: str) -> None:
    """Look at a link again, and close it where something else stands behind it now.

    The link then waits for the scan of what stands there, as if it had just been added.
    """
    version = Version.get(version_id)
    if version is None or version.state not in (HELD, RELEASED) or not links.has_changed(version):
        return
    version = Version.lock(version_id)
    if version and version.state in (HELD, RELEASED):
        log.info("Link of resource %s has changed; closed.", version.resource_id)
        versions.replace_link(version)
        ckan_model.Session.commit()
        decisions.reindex(version.package_id)
