"""``ckan rgpd judgements``."""

from __future__ import annotations

import sys

import click

from ckanext.rgpd import judgements as kept


@click.group(short_help="What reviewers judged not personal.")
def judgements() -> None:
    """What reviewers judged not personal."""


@judgements.command()
def export() -> None:
    """Write them to standard output as labels of an evaluation set (CSV)."""
    count = kept.export(sys.stdout)
    click.echo(f"{count} columns.", err=True)
