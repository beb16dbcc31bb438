"""Fills the English catalogue, and counts what another still lacks: ``catalogue.py PO``."""

from __future__ import annotations

import sys

import polib


def fill(catalogue: polib.POFile) -> None:
    """Each sentence becomes its own translation."""
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid


def main(path: str) -> None:
    """Fills or counts the catalogue of ``path``."""
    catalogue = polib.pofile(path, wrapwidth=0)
    if catalogue.metadata.get("Language") == "en":
        fill(catalogue)
        catalogue.save()
    print(f"    {len(catalogue)} sentences, {len(catalogue.untranslated_entries())} to translate")


if __name__ == "__main__":
    main(*sys.argv[1:])
