"""``ckan rgpd worker``."""

from __future__ import annotations

import click

from ckanext.rgpd import jobs, outbox


@click.command(short_help="Read what is uploaded.")
@click.option("--burst", is_flag=True, help="Stop when nothing is left to read.")
@click.option("--small", is_flag=True, help="Take small files only, so that none ever waits.")
def worker(burst: bool, small: bool) -> None:
    """Load the language model once, then read what is uploaded, until stopped.

    With a second one for small files (--small) none of them waits behind a large one.
    Start several for a busy portal, on as many machines as you like.
    """
    lanes = outbox.LANES[:1] if small else outbox.LANES
    jobs.Worker(lanes).work(burst=burst)
