"""``ckan rgpd inventory``."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import click

from ckanext.rgpd.metadata.inventory import csv_text


@click.command(short_help="An organisation's inventory of public information.")
@click.argument("organization")
@click.option("--format", "style", type=click.Choice(["csv", "json"]), default="csv")
def inventory(organization: str, style: str) -> None:
    """Print the inventory (répertoire, CRPA R. 322-7) of ORGANIZATION, its name or id."""
    try:
        answer = tk.get_action("rgpd_inventory_list")(
            {"user": ""}, {"organization_id": organization}
        )
    except tk.ObjectNotFound as error:
        raise click.ClickException(f"There is no organisation {organization}.") from error
    if style == "json":
        click.echo(json.dumps(answer["results"], ensure_ascii=False, indent=2))
    else:
        click.echo(csv_text(answer["results"]), nl=False)
