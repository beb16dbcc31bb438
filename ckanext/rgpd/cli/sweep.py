"""``ckan rgpd sweep``."""

from __future__ import annotations

import click

from ckanext.rgpd import jobs
from ckanext.rgpd import sweep as sweeping


@click.command(short_help="Look after what time has changed; for cron.")
def sweep() -> None:
    """Queue scans that no queue holds, and a look at each link that is due.

    Run it every hour: what it finds done already costs next to nothing.
    """
    click.echo(f"{jobs.requeue()} scans queued.")
    click.echo(f"{sweeping.queue_links()} links to look at.")
