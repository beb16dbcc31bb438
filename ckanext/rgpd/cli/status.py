"""``ckan rgpd status``."""

from __future__ import annotations

import json

import ckan.model as ckan_model
import click
import sqlalchemy as sa

from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import WITHDRAWN


@click.command(short_help="How many files stand where.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
def status(style: str) -> None:
    """Count the files by state and outcome."""
    query = (
        sa.select(Version.state, Version.outcome, sa.func.count())
        .where(Version.state != WITHDRAWN)
        .group_by(Version.state, Version.outcome)
        .order_by(Version.state, Version.outcome)
    )
    rows = [
        {"state": state, "outcome": outcome, "files": count}
        for state, outcome, count in ckan_model.Session.execute(query)
    ]
    if style == "json":
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['files']:>8}  {row['state']:<10} {row['outcome'] or ''}")
    if not rows:
        click.echo("No file has been taken in yet.")
