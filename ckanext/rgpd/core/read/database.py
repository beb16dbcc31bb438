"""SQLite and GeoPackage: every row of every table, read from a private copy.

The file's own code (views, triggers, virtual tables) is never run: only stored tables are read.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import quote

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.blob import words_in
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.missed import BROKEN, Missed
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table

#: Stored tables; what lies behind a virtual one is stored in tables of its own.
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY rowid"
_DELETED = "(deleted)"
_WORDS = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All tables; raises Unreadable at the end if some cells could not be read."""
    missed = Missed()
    with tempfile.NamedTemporaryFile(suffix=".db") as copy:
        source.file.seek(0)
        shutil.copyfileobj(source.file, copy)
        copy.flush()
        try:
            with closing(_open(copy.name)) as base:
                tables = [name for (name,) in base.execute(_TABLES)]
                for number, table in enumerate(tables, 1):
                    with missed.part("table" if is_value(table) else table):
                        yield from _table(base, table, limits, is_value)
                    source.done = source.size * number // len(tables)
            yield from _deleted(source)
        except (sqlite3.Error, *BROKEN) as e:
            raise Unreadable("corrupt") from e
    missed.stop()


def _open(path: str) -> sqlite3.Connection:
    base = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True)
    base.text_factory = lambda data: data.decode("utf-8", "replace")
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        base.execute(f"PRAGMA {setting}")
    return base


def _table(
    base: sqlite3.Connection, name: str, limits: Limits, is_value: Callable[[str], bool]
) -> Iterator[Batch]:
    """The rows of one table; raises Unreadable at their end if some cells could not be read."""
    missed = Missed()
    quoted = name.replace('"', '""')
    cursor = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - quoted as SQLite says
    titles = [title for title, *_ in cursor.description]
    rows = ([_text(value, missed, limits) for value in row] for row in cursor)
    shown = "table" if is_value(name) else name
    yield from Table(shown, rows, limits, is_value).batches(titles)
    missed.stop()


def _text(value: object, missed: Missed, limits: Limits) -> str:
    if isinstance(value, bytes):
        text = words_in(value)
        if text is None:
            missed.note("binary", "cells")
        return text or ""
    text = "" if value is None else str(value)
    if len(text) > limits.max_cell_chars:
        raise Unreadable("too_large", "cell")
    return text


def _deleted(source: Source) -> Iterator[Batch]:
    """What is left in the pages that the file keeps for later use (SQLite file format, 1.5)."""
    source.file.seek(0)
    head = source.file.read(100)
    size = struct.unpack(">H", head[16:18])[0]
    size = 65536 if size == 1 else size
    trunk, count = struct.unpack(">II", head[32:40])
    seen = 0
    while trunk and seen <= count:
        page = _page(source, trunk, size)
        trunk, leaves = struct.unpack(">II", page[:8])
        numbers = struct.unpack(
            f">{min(leaves, size // 4 - 2)}I", page[8 : 8 + 4 * leaves][: size - 8]
        )
        for number in numbers:
            words = [
                w.decode("utf-8", "replace") for w in _WORDS.findall(_page(source, number, size))
            ]
            if words:
                yield Batch(0, [Cells(_DELETED, 0, "", _DELETED, words, _free_page)])
        seen += 1 + len(numbers)


def _free_page(_: int) -> str:
    return "free page"


def _page(source: Source, number: int, size: int) -> bytes:
    source.file.seek((number - 1) * size)
    page = source.file.read(size)
    if len(page) < size:
        raise Unreadable("corrupt", "free page")
    return page
