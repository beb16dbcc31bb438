"""``ckan rgpd sweep``."""

from __future__ import annotations

import datetime

import click

from ckanext.rgpd import cover, downloads, jobs, purge, terms
from ckanext.rgpd import sweep as sweeping


@click.command(short_help="Look after what time has changed; for cron.")
@click.option(
    "--whole", is_flag=True, help="Compare the bytes of released files, not their number."
)
def sweep(whole: bool) -> None:
    """Close what no release covers, queue scans, have links looked at, erase what is over.

    Read again what an embargo held until today, close what was published until yesterday, put
    before the reviewers what older rules released, and remind them of what is late.

    Run it every hour: what it finds done already costs next to nothing.
    """
    click.echo(f"{cover.close_uncovered(whole)} contents closed or put back.")
    click.echo(f"{jobs.requeue()} scans queued.")
    click.echo(f"{sweeping.queue_links()} links to look at.")
    click.echo(f"{terms.queue_ended_embargoes()} embargoes ended.")
    click.echo(f"{terms.close_ended_publications()} publications ended.")
    click.echo(f"{terms.mark_outdated()} older decisions to look at again.")
    click.echo(f"{terms.remind()} reminders.")
    today = datetime.datetime.now(datetime.timezone.utc).date()
    click.echo(f"{downloads.close_days(today)} counts of downloads written in the register.")
    click.echo(f"{purge.purge(today)} contents erased.")
