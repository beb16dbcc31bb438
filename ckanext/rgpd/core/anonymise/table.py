"""Measures the table in a file, as the scan reads it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import BinaryIO

from ckanext.rgpd.core.anonymise.measure import Classes, Measured, TooManyClasses
from ckanext.rgpd.core.detect.detectors import holds_value
from ckanext.rgpd.core.errors import CONTENT_ERRORS, RgpdError, Unreadable
from ckanext.rgpd.core.read import read
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.formats import format_of
from ckanext.rgpd.core.read.source import examine

#: Formats in which the columns of a table stand side by side, row by row.
_TABULAR = frozenset("delimited workbook opendocument oldworkbook parquet database dbase".split())


class _UnknownColumn(RgpdError):
    """The file has no column of that name, or it stands in another table than the others."""


def measure_file(
    file: BinaryIO,
    name: str,
    quasi_identifiers: Sequence[str],
    sensitive: Sequence[str] = (),
    limits: Limits | None = None,
) -> Measured:
    """The measures of the table in the seekable ``file`` that has these columns.

    Columns are named as in a report. Whatever the content, there is an answer: why nothing was
    measured is in its ``problem``. A time-out passes through.
    """
    wanted = _Wanted(quasi_identifiers, sensitive)
    limits = limits or Limits()
    try:
        source = examine(file, name, limits)
        if format_of(source).module not in _TABULAR:
            return Measured(problem="not_a_table")
        for batch in read(source, limits, holds_value):
            wanted.feed(batch)
        return wanted.measured()
    except _UnknownColumn as error:
        return Measured(problem="unknown_column", place=str(error))
    except TooManyClasses:
        return Measured(problem="too_many_classes")
    except Unreadable as error:
        return Measured(problem=error.problem, place=error.place)
    except MemoryError:
        return Measured(problem="too_large", place="memory")
    except CONTENT_ERRORS:
        return Measured(problem="engine_error")


class _Wanted:
    """The named columns of one table, looked for in all that is read."""

    def __init__(self, quasi_identifiers: Sequence[str], sensitive: Sequence[str]) -> None:
        self._names = (*quasi_identifiers, *sensitive)
        self._count = len(quasi_identifiers)
        self._classes = Classes(sensitive)
        self._seen: set[str] = set()
        self._table: str | None = None

    def feed(self, batch: Batch) -> None:
        columns = {cells.name: cells for cells in batch.cells}
        found = [columns[name] for name in self._names if name in columns]
        if not found or found[0].heading:
            return
        if len(found) < len(self._names) or self._table not in (None, found[0].table):
            missing = [name for name in self._names if name not in columns]
            raise _UnknownColumn(missing[0] if missing else self._names[0])
        self._table = found[0].table
        self._seen.update(self._names)
        values = _rows_that_hold_something(batch.cells, found)
        self._classes.feed(values[: self._count], values[self._count :])

    def measured(self) -> Measured:
        missing = [name for name in self._names if name not in self._seen]
        if missing:
            raise _UnknownColumn(missing[0])
        return self._classes.measured()


def _rows_that_hold_something(
    cells: Sequence[Cells], found: Sequence[Cells]
) -> list[Sequence[str]]:
    """The values of the columns without those of empty rows, blanks around them taken off."""
    columns = [list(map(str.strip, column.values)) for column in found]
    if all(map(any, zip(*columns, strict=True))):
        return list(columns)
    held = list(map(any, zip(*(column.values for column in cells), strict=True)))
    return [list(compress(column, held)) for column in columns]
