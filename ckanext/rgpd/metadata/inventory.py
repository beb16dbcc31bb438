"""The inventory of public information (répertoire, CRPA R. 322-7) of one organisation.

For each document its exact title, subject, date of creation, conditions of reuse, and the dates
and subjects of its updates.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.rgpd.metadata import vocabulary

#: Keys of a row, with their heads in the CSV file.
COLUMNS = {
    "title": "titre",
    "subject": "objet",
    "created": "date_creation",
    "reuse_conditions": "conditions_reutilisation",
    "updated": "date_mise_a_jour",
    "updates": "mises_a_jour",
    "url": "adresse",
    "dataset": "jeu_de_donnees",
}

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def row(dataset: Mapping[str, Any]) -> dict[str, str]:
    """The entry of a dataset dict as its reader is shown it."""
    return {
        "title": _own(dataset, "inventory_title") or dataset.get("title") or dataset["name"],
        "subject": _own(dataset, "inventory_subject") or dataset.get("notes") or "",
        "created": _own(dataset, "inventory_created") or dataset["metadata_created"][:10],
        "reuse_conditions": _conditions(dataset),
        "updated": dataset["metadata_modified"][:10],
        "updates": _own(dataset, "inventory_updates"),
        "url": tk.url_for("dataset.read", id=dataset["name"], qualified=True, locale="default"),
        "dataset": dataset["name"],
    }


def _own(dataset: Mapping[str, Any], name: str) -> str:
    return str(dataset.get(f"rgpd_{name}") or "")


def _conditions(dataset: Mapping[str, Any]) -> str:
    """Licence, regime, fee and special conditions, in French as the inventory is."""
    regime = _own(dataset, "license_regime") or "none"
    parts = [
        str(dataset.get("license_title") or ""),
        vocabulary.label("license_regimes", regime, "fr"),
        _own(dataset, "fee_amount"),
        _own(dataset, "fee_basis"),
        _own(dataset, "license_conditions"),
    ]
    return " ; ".join(part for part in parts if part)


def csv_text(rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as a CSV file that no spreadsheet takes for formulas."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS.values())
    writer.writerows([_harmless(one[key]) for key in COLUMNS] for one in rows)
    return target.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
