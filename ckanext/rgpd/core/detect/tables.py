"""Which columns stand side by side: those of one table, and what hangs on a person in a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ckanext.rgpd.core.detect.column import ColumnScan
from ckanext.rgpd.core.detect.fr import person


def side_by_side(columns: Sequence[ColumnScan]) -> list[list[ColumnScan]]:
    """The columns, table by table.

    In a tree each object is a table of its own: the place of an organisation has not its contact's
    name. But an object inside one that has a first name says something of that person.
    """
    tables: dict[str, list[ColumnScan]] = {}
    for column in columns:
        tables.setdefault(column.table, []).append(column)
    groups: dict[str, list[ColumnScan]] = {}
    for table, members in tables.items():
        groups.setdefault(_owner(table, tables), []).extend(members)
    return list(groups.values())


def _owner(table: str, tables: Mapping[str, Sequence[ColumnScan]]) -> str:
    """The table of the person on whom ``table`` hangs, or itself."""
    path = table.split(".")
    indexes = {column.index for column in tables[table]}
    for length in range(len(path) - 1, -1, -1):
        above = ".".join(path[:length])
        members = tables.get(above, ())
        if any(_is_first_name(c) for c in members) and not any(c.index in indexes for c in members):
            return above
    return table


def _is_first_name(column: ColumnScan) -> bool:
    return column.role == person.FIRST_NAME and column.names.rows > 0
