"""Parquet, where pyarrow is installed: every column of every row group."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable
from ckanext.rgpd.core.read.blob import words_in
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.missed import Missed
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table

_ROWS_AT_ONCE = 1_000


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All rows; raises Unreadable where pyarrow is missing or a cell holds other bytes."""
    if importlib.util.find_spec("pyarrow") is None:
        raise Unreadable("unknown_format")
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    missed = Missed()
    source.file.seek(0)
    try:
        file = ParquetFile(source.file)
        titles = list(file.schema_arrow.names)
        rows = _rows(file, missed)
        yield from Table("", rows, limits, is_value).batches(titles)
    except (ArrowException, *CONTENT_ERRORS) as e:
        raise Unreadable("corrupt") from e
    missed.stop()


def _rows(file: Any, missed: Missed) -> Iterator[list[str]]:
    for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, use_threads=False):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            yield [_text(value, missed) for value in row]


def _text(value: object, missed: Missed) -> str:
    if not isinstance(value, bytes):
        return "" if value is None else str(value)
    text = words_in(value)
    if text is None:
        missed.note("binary", "cells")
    return text or ""
