"""XLS, the workbooks of Excel 97 to 2003: every cell of every sheet, hidden ones too, and notes."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.macros import OLE, macros
from ckanext.rgpd.core.read.missed import BROKEN
from ckanext.rgpd.core.read.properties import ole_properties, properties
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table
from ckanext.rgpd.core.read.text import documents

#: A workbook of that format cannot be larger in practice, and it is read in memory.
_LARGEST = 256 * 1024**2
_NOTES = "(comments)"
_ERROR = 5
_DATE = 3


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """The sheets one after the other, their notes, who saved the file last; raises Unreadable."""
    if source.size > min(_LARGEST, limits.max_shared_bytes):
        raise Unreadable("too_large", "size")
    book = _open(source)
    notes: list[tuple[str, str]] = []
    for number, sheet in enumerate(book.sheets(), 1):
        title = f"sheet {number}" if is_value(sheet.name) else sheet.name
        links = _links(sheet)
        rows = (_row(book, sheet, row, links) for row in range(sheet.nrows))
        try:
            yield from Table(title, rows, limits, is_value).batches()
        except CONTENT_ERRORS as e:
            raise Unreadable("corrupt", f"sheet {number}") from e
        notes += _notes(sheet)
        source.done = source.size * number // book.nsheets
    yield from documents(notes, _NOTES)
    yield from _beside_the_sheets(source, book, limits, is_value)


def _beside_the_sheets(
    source: Source, book: Any, limits: Limits, is_value: Callable[[str], bool]
) -> Iterator[Batch]:
    """Properties and macros; a file from before Excel 97 has none."""
    found = [("last author", book.user_name or "")]
    source.file.seek(0)
    content = source.file.read()
    if content.startswith(OLE):
        try:
            yield from macros(content, limits)
            found += ole_properties(content)
        except BROKEN as e:
            raise Unreadable("corrupt", "properties") from e
    yield from properties(found, is_value)


def _open(source: Source) -> Any:
    import xlrd

    source.file.seek(0)
    content, silence = source.file.read(), io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=content, logfile=silence, formatting_info=True)
    except xlrd.XLRDError as e:
        raise Unreadable("encrypted" if "ncrypted" in str(e) else "corrupt") from None
    except (xlrd.compdoc.CompDocError, struct.error, *CONTENT_ERRORS) as e:
        raise Unreadable("corrupt") from e


def _row(
    book: Any, sheet: Any, number: int, links: Mapping[int, list[tuple[int, str]]]
) -> list[str]:
    kinds = sheet.row_types(number)
    values = [
        _text(book, kind, value)
        for kind, value in zip(kinds, sheet.row_values(number), strict=True)
    ]
    for column, link in links.get(number, ()):
        if column < len(values):
            values[column] += f" {link}"
    return values


def _links(sheet: Any) -> dict[int, list[tuple[int, str]]]:
    """Row -> column and address of the links in it."""
    found: dict[int, list[tuple[int, str]]] = {}
    for (row, column), link in sheet.hyperlink_map.items():
        if link.url_or_path:
            found.setdefault(row, []).append((column, _name(link.url_or_path)))
    return found


def _text(book: Any, kind: int, value: Any) -> str:
    if kind == _DATE:
        from xlrd import xldate

        try:
            moment = xldate.xldate_as_datetime(value, book.datemode)
        except (OverflowError, ValueError):
            return str(value)
        return str(moment).removesuffix(" 00:00:00")
    if kind == _ERROR:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else str(value)
    return str(value)


def _name(link: str | bytes) -> str:
    return unquote(link.decode("cp1252", "replace") if isinstance(link, bytes) else link)


def _notes(sheet: Any) -> Iterator[tuple[str, str]]:
    for (row, _), note in sheet.cell_note_map.items():
        for text in (note.author, note.text):
            if text and text.strip():
                yield text, f"{sheet.name}, row {row + 1}"
