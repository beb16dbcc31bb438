"""The sheets of an OpenDocument file: every cell, hidden ones too, and the notes on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO
from xml.etree.ElementTree import Element

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.package import local
from ckanext.rgpd.core.read.table import Table
from ckanext.rgpd.core.read.text import documents

NOTES = "(comments)"
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_PARAGRAPHS = ("p", "h")
_VALUES = ("date-value", "time-value", "value", "string-value")


def sheets(
    open_content: Callable[[], IO[bytes]], limits: Limits, is_value: Callable[[str], bool]
) -> Iterator[Batch]:
    """The rows of each sheet, then the notes; raises what a broken part of XML raises."""
    with open_content() as stream:
        content = _Content(stream)
        for number, title in enumerate(content.titles(), 1):
            name = f"sheet {number}" if is_value(title) else title
            yield from Table(name, content.rows(), limits, is_value).batches()
        yield from documents(content.notes, NOTES)


class _Content:
    """The stream of a file's elements, sheet by sheet."""

    def __init__(self, stream: IO[bytes]) -> None:
        from defusedxml.ElementTree import iterparse

        self.notes: list[tuple[str, str]] = []
        self._events = iterparse(stream, events=("start", "end"), forbid_dtd=True)
        self._title = ""
        self._row = 0

    def titles(self) -> Iterator[str]:
        """The name of each sheet, once its rows come next."""
        for event, element in self._events:
            name = local(element.tag)
            if event == "start" and name == "table":
                self._title, self._row = _get(element, "name"), 0
                yield self._title
            elif event == "end" and name in _PARAGRAPHS:
                self._note(element, "changes")

    def rows(self) -> Iterator[list[str]]:
        """The rows of the sheet that began, without the empty ones at its end."""
        above: list[Element] = []
        empty = 0
        for event, element in self._events:
            name = local(element.tag)
            if event == "start":
                above.append(element)
                continue
            if name == "table" and not above:
                return
            above.pop()
            if name in _PARAGRAPHS and not any(local(e.tag) == "table-row" for e in above):
                self._note(element, self._title)
            if name != "table-row":
                continue
            values, times = self._values(element), _times(element, "number-rows-repeated")
            element.clear()
            if above:
                above[-1].remove(element)
            self._row += times
            if not values:
                empty += times
                continue
            if self._row > _LAST_ROW:
                raise ValueError("row number")
            yield from ([] for _ in range(empty))
            yield from (values for _ in range(times))
            empty = 0

    def _values(self, row: Element) -> list[str]:
        values: list[str] = []
        for cell in row:
            if local(cell.tag) not in ("table-cell", "covered-table-cell"):
                continue
            times = _times(cell, "number-columns-repeated")
            value = self._value(cell)
            if value and len(values) + times > _LAST_COLUMN:
                raise ValueError("column number")
            values += [value] * min(times, _LAST_COLUMN - len(values))
        while values and not values[-1]:
            values.pop()
        return values

    def _value(self, cell: Element) -> str:
        shown = []
        for part in cell:
            if local(part.tag) == "annotation":
                self._note(part, f"{self._title}, row {self._row + 1}")
            else:
                shown.append("".join(part.itertext()))
        links = [_get(item, "href") for item in cell.iter() if local(item.tag) == "a"]
        figure = next((value for key in _VALUES if (value := _get(cell, key))), "")
        formula = _get(cell, "formula") if '"' in _get(cell, "formula") else ""
        text = figure.removesuffix("T00:00:00") or "\n".join(shown)
        return " ".join(filter(None, (text, *links, formula)))

    def _note(self, element: Element, place: str) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            self.notes.append((text, place))


def _get(element: Element, name: str) -> str:
    """The value of an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _times(element: Element, name: str) -> int:
    times = int(_get(element, name) or 1)
    if times < 1:
        raise Unreadable("corrupt", "repetition")
    return times
