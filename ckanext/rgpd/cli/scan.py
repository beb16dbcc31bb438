"""``ckan rgpd scan``."""

from __future__ import annotations

import ckan.model as ckan_model
import click
import sqlalchemy as sa

from ckanext.rgpd import adopt, jobs
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import HELD, PENDING, SCANNING, WITHDRAWN


@click.command(short_help="Read files again, or for the first time.")
@click.argument("resource_ids", nargs=-1)
@click.option(
    "--new",
    is_flag=True,
    help="Files that came, or were replaced, while the extension was off.",
)
@click.option("--closed", is_flag=True, help="Everything that is closed.")
def scan(resource_ids: tuple[str, ...], new: bool, closed: bool) -> None:
    """Queue scans; the worker reads, and what may be published opens by itself."""
    if not (resource_ids or new or closed):
        raise click.UsageError("Say what to scan: resource ids, --new or --closed.")
    if new:
        taken = adopt.take_in() + adopt.take_in_changed()
        click.echo(f"{taken} files taken in.")
    queued = _queue(resource_ids, closed)
    click.echo(f"{queued} scans queued.")


def _queue(resource_ids: tuple[str, ...], closed: bool) -> int:
    chosen = [Version.resource_id.in_(resource_ids)]
    if closed:
        chosen.append(Version.state.in_((HELD, PENDING, SCANNING)))
    query = sa.select(Version).where(Version.state != WITHDRAWN, sa.or_(*chosen))
    versions = [v for v in ckan_model.Session.scalars(query) if v.state != "released"]
    for version in versions:
        version.state, version.attempts, version.progress = PENDING, 0, 0
    ids = [version.id for version in versions]
    ckan_model.Session.commit()
    for id in ids:
        jobs.enqueue_version(id)
    return len(ids)
