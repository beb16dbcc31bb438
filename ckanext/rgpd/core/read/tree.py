"""JSON, GeoJSON and JSON lines: each path is a column, streamed, however deep or long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.source import Source

_BATCH_WEIGHT = 50_000
_CHARS_PER_WEIGHT = 200
_DEEPEST = 200
#: Here every line is a value; its place is as in an array of them.
_LINES = ("jsonl", "ndjson")
#: An object with more keys than this is a table whose keys are values.
_MOST_KEYS = 500
_ANY_KEY = "*"
_KEYS = "(key)"
_FEATURE = ("features", "properties")

Path = tuple[str, ...]
Where = tuple[str | int, ...]


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All values; a doubled key is read twice, which a parser into dictionaries would not do."""
    import ijson  # type: ignore[import-not-found, import-untyped, unused-ignore]

    text = source.text(longest_line=source.size + 1)
    walk = _Walk(limits, is_value, by_line=source.extension in _LINES)
    try:
        for event, value in ijson.basic_parse(_Bytes(text), multiple_values=True):
            walk.step(event, value)
            if walk.pending >= _BATCH_WEIGHT:
                yield walk.batch()
    except (ijson.JSONError, ValueError, ArithmeticError):
        # The parser's message quotes the content: it is not kept.
        raise Unreadable("corrupt", f"after record {walk.rows}") from None
    yield walk.batch()


class _Bytes:
    """A text as the UTF-8 that the parser wants."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def read(self, size: int) -> bytes:
        return self._text.read(size).encode("utf-8", "replace")


@dataclass(slots=True)
class _Column:
    index: int
    values: list[str] = field(default_factory=list)
    places: list[Where] = field(default_factory=list)


class _Walk:
    """Where the parser stands, and the values it passed since the last batch."""

    def __init__(
        self, limits: Limits, is_value: Callable[[str], bool], by_line: bool = False
    ) -> None:
        self.pending = 0
        self._by_line = by_line
        self._limits = limits
        self._is_value = is_value
        self._where: list[str | int] = []
        self._arrays: list[bool] = []
        self._columns: dict[Path, _Column] = {}
        self._keys: dict[Path, dict[str, str]] = {}
        self._cells = 0
        self._tops = self._records = self._counted = 0

    @property
    def rows(self) -> int:
        """The objects in outermost arrays; where there are none, the values at the top."""
        return self._records or self._tops

    def step(self, event: str, value: object) -> None:
        """Follow one event of the parser."""
        if event == "map_key":
            # No database takes the character zero.
            self._where[-1] = self._segment(str(value).replace("\0", ""))
            return
        if event in ("end_map", "end_array"):
            self._arrays.pop()
            self._where.pop()
            return
        if self._arrays and self._arrays[-1]:
            self._where[-1] = int(self._where[-1]) + 1
        self._tops += not self._arrays
        if event in ("start_map", "start_array"):
            self._open(event)
        else:
            self._add(tuple(self._where), "" if value is None else str(value))

    def _open(self, event: str) -> None:
        if len(self._where) >= _DEEPEST:
            raise Unreadable("too_large", f"nesting of more than {_DEEPEST}")
        if event == "start_map" and self._arrays and self._arrays[-1]:
            self._records += sum(self._arrays) == 1
        self._where.append(-1 if event == "start_array" else "")
        self._arrays.append(event == "start_array")

    def _segment(self, key: str) -> str:
        """The key, or ``*`` where keys are values; those are read as values."""
        path = _path(self._where[:-1])
        known = self._keys.setdefault(path, {})
        if key not in known:
            if len(known) >= _MOST_KEYS or self._is_value(key):
                self._add((*self._where[:-1], _KEYS), key)
                return _ANY_KEY
            known[key] = key
        return known[key]

    def _add(self, where: Where, value: str) -> None:
        self.pending += 1 + len(value) // _CHARS_PER_WEIGHT
        self._cells += 1
        if self._by_line:
            where = (self._tops - 1, *where)
        column = self._columns.setdefault(_path(where), _Column(len(self._columns)))
        if len(value) > self._limits.max_cell_chars or self._cells > self._limits.max_cells:
            raise Unreadable("too_large", _place(where))
        if len(self._columns) > self._limits.max_columns:
            raise Unreadable("too_large", "number of different keys")
        column.values.append(value)
        column.places.append(where)

    def batch(self) -> Batch:
        """The values since the last batch."""
        cells = [
            _cells(path, column, self._is_value)
            for path, column in self._columns.items()
            if column.values
        ]
        for column in self._columns.values():
            column.values, column.places = [], []
        rows, self._counted, self.pending = self.rows - self._counted, self.rows, 0
        return Batch(rows, cells)


def _path(where: Sequence[str | int]) -> Path:
    return tuple(step for step in where if isinstance(step, str))


def _name(path: Path, is_value: Callable[[str], bool]) -> str:
    """What a report calls a path; keys that are no values may read as one together."""
    name = ".".join(path) or "(document)"
    return f"{_ANY_KEY}.{path[-1]}" if is_value(name) else name


def _cells(path: Path, column: _Column, is_value: Callable[[str], bool]) -> Cells:
    places = column.places
    path = path[2:] if path[:2] == _FEATURE else path
    return Cells(
        table=".".join(path[:-1]),
        index=column.index,
        header=" ".join(path[-2:]),
        name=_name(path, is_value),
        values=column.values,
        place=lambda number: _place(places[number]),
    )


def _place(where: Where) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return "$" + "".join(steps)
