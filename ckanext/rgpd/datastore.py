"""Rows that came straight into the DataStore, written to a file so that they are read as one."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ckan.plugins as plugins
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from ckanext.rgpd import escrow, row_changes
from ckanext.rgpd.row_changes import Changes

PAGE = 10_000
#: The key that CKAN gives every row, and the text that it searches.
OWN_COLUMNS = ("_id", "_full_text")
LAST = 2**63 - 1


@dataclass
class Exported:
    """Where the rows are, and how many; the number is known once they are written."""

    path: Path
    rows: int = field(default=0)


def loaded() -> bool:
    """Whether this portal has a DataStore."""
    return plugins.plugin_loaded("datastore")


@contextmanager
def export(resource_id: str, changes: Changes) -> Iterator[Exported]:
    """A CSV file of the rows that are to be read of a resource's table, while the context lasts."""
    with tempfile.NamedTemporaryFile(
        "w", dir=escrow.folder(), prefix="rows-", suffix=".csv", newline="", encoding="utf-8"
    ) as target:
        exported = Exported(Path(target.name))
        writer = csv.writer(target)
        with row_changes.engine().connect() as connection:
            names = _columns(connection, resource_id)
            writer.writerow(names)
            for page in _pages(connection, resource_id, names, changes):
                writer.writerows(page)
                exported.rows += len(page)
        target.flush()
        yield exported


def _columns(connection: Connection, resource_id: str) -> list[str]:
    """The names alone: of the DataStore's own types (``nested``) SQLAlchemy knows nothing."""
    nothing = sa.select(sa.text("*")).select_from(sa.table(resource_id)).limit(0)
    names = connection.execute(nothing).keys()
    return [name for name in names if name not in OWN_COLUMNS]


def _pages(
    connection: Connection, resource_id: str, names: list[str], changes: Changes
) -> Iterator[list[Any]]:
    """The rows by pages, in the order of their key; every value as the text that it is."""
    key: Any = sa.column("_id")
    values = [sa.cast(sa.column(name), sa.Text).label(name) for name in names]
    rows = sa.select(key, *values).select_from(sa.table(resource_id)).order_by(key).limit(PAGE)
    for low, high in changes.ranges or ((0, LAST),):
        after = low - 1
        while page := connection.execute(rows.where(key > after, key <= high)).all():
            after = page[-1][0]
            yield [row[1:] for row in page]
