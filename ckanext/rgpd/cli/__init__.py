"""``ckan rgpd``: commands for the portal's administrator."""

from __future__ import annotations

import click

from ckanext.rgpd.cli import (
    adopt,
    check,
    erase,
    inventory,
    judgements,
    register,
    scan,
    status,
    sweep,
    worker,
)

__all__ = ["rgpd"]


@click.group(short_help="Personal data at the portal's door.")
def rgpd() -> None:
    """Personal data at the portal's door."""


rgpd.add_command(adopt.adopt)
rgpd.add_command(check.check)
rgpd.add_command(erase.erase)
rgpd.add_command(inventory.inventory)
rgpd.add_command(judgements.judgements)
rgpd.add_command(register.register)
rgpd.add_command(scan.scan)
rgpd.add_command(status.status)
rgpd.add_command(sweep.sweep)
rgpd.add_command(worker.worker)
