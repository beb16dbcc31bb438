"""``ckan rgpd register``."""

from __future__ import annotations

import json
import sys
from typing import IO

import click

from ckanext.rgpd import register as kept

_WORDS = {
    kept.MISSING: "missing",
    kept.CHANGED: "changed after it was written",
    kept.UNCHAINED: "does not follow the line before it",
    kept.REPLACED: "is not the one that was written first",
}


@click.group(short_help="The history of everything that happened to the files.")
def register() -> None:
    """The history of everything that happened to the files."""


@register.command()
@click.argument("exported", type=click.File(encoding="utf-8"), required=False)
def verify(exported: IO[str] | None) -> None:
    """Look for lines that were removed, changed or moved; ends with 1 if there is one.

    EXPORTED is an earlier export, kept where the database's administrator cannot write: the
    lines must still be the same.
    """
    try:
        faults = list(kept.verify(exported or ()))
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise click.ClickException("This is no export of the register.") from error
    for fault in faults:
        place = f"{fault.number}" if fault.number == fault.last else f"{fault.number}-{fault.last}"
        click.echo(f"line {place}: {_WORDS[fault.what]}")
    if faults:
        raise SystemExit(1)
    click.echo("The register is whole.")


@register.command()
def export() -> None:
    """Write all lines to standard output, one JSON object each, the oldest first."""
    count = kept.export(sys.stdout)
    click.echo(f"{count} lines.", err=True)
