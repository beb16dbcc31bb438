"""``ckan rgpd check``."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import click

from ckanext.rgpd import health

_REFUSED = {
    "fr": "le portail ne démarre pas tant que c’est ainsi",
    "en": "the portal does not start while this is so",
}


@click.command(short_help="Is everything in place?")
@click.option("--lang", type=click.Choice(["fr", "en"]), help="The portal's own language if not.")
def check(lang: str | None) -> None:
    """Look at what must be in place, and say how to mend what is not.

    Ends with 1 if something is wrong, and with 2 if the portal would not start.
    """
    chosen = lang or ("fr" if str(tk.config["ckan.locale_default"]).startswith("fr") else "en")
    findings = health.look()
    for finding in findings:
        where = f" ({finding.where})" if finding.where else ""
        click.echo(
            f"{'ok ' if finding.good else 'NOT'} {health.text(finding, 'what', chosen)}{where}"
        )
        if not finding.good:
            click.echo(f"    {health.text(finding, 'mend', chosen)}")
            if health.words()[finding.key].get("opens"):
                click.echo(f"    ({_REFUSED[chosen]})")
    if health.openings():
        raise SystemExit(2)
    if not all(finding.good for finding in findings):
        raise SystemExit(1)
