"""``ckan rgpd erase``."""

from __future__ import annotations

import click

from ckanext.rgpd import purge


@click.command(short_help="Take the masked examples out of a resource's reports.")
@click.argument("resource_ids", nargs=-1, required=True)
def erase(resource_ids: tuple[str, ...]) -> None:
    """Erase the masked examples of all reports on these resources, replaced contents included."""
    count = sum(purge.erase_examples(id, None) for id in resource_ids)
    click.echo(f"{count} reports without examples now.")
