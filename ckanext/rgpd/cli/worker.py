"""``ckan rgpd worker``."""

from __future__ import annotations

import click

from ckanext.rgpd import jobs


@click.command(short_help="Read what is uploaded.")
@click.option("--burst", is_flag=True, help="Stop when nothing is left to read.")
def worker(burst: bool) -> None:
    """Load the language model once, then read what is uploaded, until stopped.

    Start several for a busy portal, on as many machines as you like.
    """
    jobs.Worker([jobs.QUEUE]).work(burst=burst)
