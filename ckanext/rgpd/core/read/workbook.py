"""XLSX: every cell of every sheet, hidden ones too, formulas and what they gave, and the comments.

The sheets are read here as streams of XML: openpyxl's read-only mode drops rows that are out of
order, and gives either a formula or its result; every cell is to be read. openpyxl knows the dates.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.missed import BROKEN
from ckanext.rgpd.core.read.office import Parts
from ckanext.rgpd.core.read.package import elements, local, opened, relations
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table
from ckanext.rgpd.core.read.text import documents

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
#: Comments and what else stands beside the cells.
_NOTES = "(comments)"
_HEADERS = "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter"
_ASIDE = (*_HEADERS.split(), "formula1", "formula2")
_COLUMN = re.compile(r"[A-Z]{1,3}")


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """The sheets one after the other; raises Unreadable, with the sheet, where one is broken."""
    place = ""
    with opened(source, limits) as archive:
        try:
            book = _Book(archive, limits)
            for number, (title, path) in enumerate(book.sheets(), 1):
                place = f"sheet {number}"
                name = place if is_value(title) else title
                for batch in Table(name, book.rows(path), limits, is_value).batches():
                    source.done = source.file.tell()
                    yield batch
                yield from documents(book.take_notes(), f"{name}!{_NOTES}", text=False)
        except BROKEN as e:
            raise Unreadable("corrupt", place) from e
        yield from Parts(archive, source, limits, is_value).read(book.known, _NOTES)


@dataclass(frozen=True, slots=True)
class _Dates:
    """The cell styles that show a number as a date, and the day that is zero."""

    styles: frozenset[int]
    since_1904: bool


class _Book:
    """The parts of a workbook: sheets, shared strings and styles."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.known: set[str] = set()
        self._notes: list[tuple[str, str]] = []
        self._archive = archive
        self._path = next(iter(relations(archive, "", "officeDocument").values()), "")
        strings = self._part("sharedStrings")
        if strings and archive.getinfo(strings).file_size > limits.max_shared_bytes:
            raise Unreadable("too_large", "shared strings")
        self._strings = [_text(item) for item in self._read(strings, "si")]
        self._dates = _Dates(self._date_styles(), self._since_1904())

    def sheets(self) -> list[tuple[str, str]]:
        """Title and path of each sheet, hidden ones too."""
        paths = relations(self._archive, self._path, "worksheet")
        found = []
        for sheet in self._read(self._path, "sheet", "definedName"):
            if local(sheet.tag) == "definedName":
                self._notes.append((sheet.text or "", "defined name"))
                continue
            identity = next((v for k, v in sheet.attrib.items() if local(k) == "id"), "")
            if identity in paths:
                found.append((sheet.get("name", ""), paths[identity]))
        if not found:
            raise ValueError("no sheet")
        return found

    def rows(self, path: str) -> Iterator[list[str]]:
        """The rows of a sheet, the empty ones between them too."""
        expected = 1
        for row in self._read(path, "row", *_ASIDE):
            if local(row.tag) != "row":
                self._notes.append((row.text or "", local(row.tag)))
                continue
            number = int(row.get("r") or expected)
            if number > _LAST_ROW:
                raise ValueError("row number")
            yield from ([] for _ in range(expected, number))
            expected = number + 1
            yield self._row(row)

    def take_notes(self) -> Iterator[tuple[str, str]]:
        """What the sheet that was read says beside its cells, and where."""
        notes, self._notes = self._notes, []
        return (note for note in notes if note[0].strip())

    def _row(self, row: Element) -> list[str]:
        values: list[str] = []
        for cell in row:
            letters = _COLUMN.match(cell.get("r", ""))
            column = _number(letters[0]) if letters else len(values) + 1
            if column > _LAST_COLUMN:
                raise ValueError("column number")
            values += [""] * (column - len(values))
            values[column - 1] += self._value(cell)
        return values

    def _value(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        parts = {local(child.tag): child for child in cell}
        shown = (parts["v"].text or "") if "v" in parts else ""
        if kind == "s" and shown:
            shown = self._strings[int(shown)]
        elif kind == "inlineStr" and "is" in parts:
            shown = _text(parts["is"])
        elif kind == "n" and shown:
            shown = self._figure(shown, int(cell.get("s") or 0))
        formula = (parts["f"].text or "") if "f" in parts else ""
        # A formula may hold an address that its result does not show.
        return f"{shown} ={formula}".strip() if formula and ('"' in formula or not shown) else shown

    def _figure(self, text: str, style: int) -> str:
        number = float(text)
        if style in self._dates.styles:
            return _date(number, self._dates.since_1904)
        return str(int(number)) if number.is_integer() and abs(number) < 1e18 else text

    def _date_styles(self) -> frozenset[int]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        formats = dict(BUILTIN_FORMATS)
        styles: list[int] = []
        for part in self._read(self._part("styles"), "numFmt", "cellXfs"):
            if local(part.tag) == "numFmt":
                formats[int(part.get("numFmtId", "0"))] = part.get("formatCode", "")
            else:
                styles = [int(xf.get("numFmtId", "0")) for xf in part]
        return frozenset(
            style for style, code in enumerate(styles) if is_date_format(formats.get(code, ""))
        )

    def _since_1904(self) -> bool:
        properties = self._read(self._path, "workbookPr")
        return any(part.get("date1904") in ("1", "true") for part in properties)

    def _part(self, kind: str) -> str:
        """The path of the workbook's part of that kind, or ""."""
        return next(iter(relations(self._archive, self._path, kind).values()), "")

    def _read(self, path: str, *names: str) -> Iterator[Element]:
        """The elements of those names in a part; none where there is no such part."""
        if path:
            self.known.add(path)
            with self._archive.open(path) as stream:
                yield from elements(stream, names)


def _text(item: Element) -> str:
    """The text of a string, without the reading aids of Asian scripts."""
    runs = [item, *(run for run in item if local(run.tag) == "r")]
    return "".join(part.text or "" for run in runs for part in run if local(part.tag) == "t")


def _number(letters: str) -> int:
    """
    >>> _number("A"), _number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _date(number: float, since_1904: bool) -> str:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        moment = from_excel(number, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return str(number)
    return str(moment).removesuffix(" 00:00:00")
