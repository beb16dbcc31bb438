"""Rows that came straight into the DataStore, written to a file so that they are read as one."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk

from ckanext.rgpd import escrow

PAGE = 10_000


def loaded() -> bool:
    """Whether this portal has a DataStore."""
    return plugins.plugin_loaded("datastore")


@contextmanager
def export(resource_id: str) -> Iterator[Path]:
    """The path of a CSV file of all rows of a resource's table, while the context lasts."""
    with tempfile.NamedTemporaryFile(
        "w", dir=escrow.folder(), prefix="rows-", suffix=".csv", newline="", encoding="utf-8"
    ) as target:
        writer = csv.writer(target)
        for page in _pages(resource_id):
            writer.writerows(page)
        target.flush()
        yield Path(target.name)


def _pages(resource_id: str) -> Iterator[list[list[Any]]]:
    """The header, then the rows by pages, in the order of the table's own key."""
    offset = 0
    rows: list[list[Any]] = [[]]
    while rows:
        answer = tk.get_action("datastore_search")(
            {"ignore_auth": True},
            {
                "resource_id": resource_id,
                "limit": PAGE,
                "offset": offset,
                "sort": "_id",
                "include_total": False,
                "records_format": "lists",
            },
        )
        if offset == 0:
            yield [[field["id"] for field in answer["fields"][1:]]]
        rows = [row[1:] for row in answer["records"]]
        yield rows
        offset += PAGE
