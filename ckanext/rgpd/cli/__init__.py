"""``ckan rgpd``: commands for the portal's administrator."""

from __future__ import annotations

import click

<<<<<<< HEAD
from ckanext.rgpd.cli import check, judgements, scan, status, worker
=======
from ckanext.rgpd.cli import check, scan, status, sweep, worker
>>>>>>> c441cb3 (What stands behind a link is fetched through a guarded fetcher, read like an upload, and looked at again)

__all__ = ["rgpd"]


@click.group(short_help="Personal data at the portal's door.")
def rgpd() -> None:
    """Personal data at the portal's door."""


rgpd.add_command(check.check)
rgpd.add_command(judgements.judgements)
rgpd.add_command(scan.scan)
rgpd.add_command(status.status)
rgpd.add_command(sweep.sweep)
rgpd.add_command(worker.worker)
