"""``ckan rgpd check``."""

from __future__ import annotations

import click

from ckanext.rgpd import health


@click.command(short_help="Is everything in place?")
def check() -> None:
    """Look at what must be in place, and say how to mend what is not.

    Ends with 1 if something is wrong.
    """
    findings = health.look()
    for finding in findings:
        mark = "ok " if finding.good else "NOT"
        click.echo(f"{mark} {finding.what}")
        if not finding.good:
            click.echo(f"    {finding.mend}")
    if not all(finding.good for finding in findings):
        raise SystemExit(1)
