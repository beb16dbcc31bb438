"""``ckan rgpd adopt``."""

from __future__ import annotations

from dataclasses import astuple

import click

from ckanext.rgpd import takeover

TITLES = ("organization", "taken in", "not read", "open", "closed", "personal")


@click.command(short_help="Take in a portal as it is, and have it read little by little.")
@click.option("--policy", type=click.Choice([*takeover.POLICIES]), default=takeover.CLOSED)
@click.option("--by", "order", type=click.Choice([*takeover.ORDERS]), default="age")
@click.option("--organization", help="Read the files of this organisation only.")
@click.option(
    "--pace", type=click.FloatRange(min=0), default=0, help="Files a minute; 0: no limit."
)
@click.option(
    "--limit", type=click.IntRange(min=0), help="Send so many files, then stop; 0 only reports."
)
def adopt(
    policy: str,
    order: str,
    organization: str | None,
    pace: float,
    limit: int | None,
) -> None:
    """Take in what is not known yet, send it to be read, and say how far each organisation is.

    Stop it when you like; started again, it goes on where it stopped.
    """
    click.echo(f"{takeover.take_in(policy)} files taken in, {policy} until they are read.")
    chosen = takeover.unread(order, organization)[:limit]
    sent = sum(1 for _ in takeover.send(chosen, pace))
    click.echo(f"{sent} files sent to be read.")
    row = "{:<32}" + "{:>10}" * (len(TITLES) - 1)
    click.echo(row.format(*TITLES))
    for standing in takeover.standings():
        click.echo(row.format(*astuple(standing)))
