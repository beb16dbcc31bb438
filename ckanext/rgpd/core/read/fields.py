"""Values by the name of what holds them: properties, elements, headers of a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.header import column_name

_BATCH_WEIGHT = 50_000
_CHARS_PER_WEIGHT = 200

Path = tuple[str, ...]


@dataclass(slots=True)
class _Column:
    index: int
    values: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


class Fields:
    """Columns that come up one by one; each path is a column, and those that share all but the
    last step stand side by side. ``first`` is the index of the first column; ``headers`` are
    the words behind the names that only programs know.
    """

    def __init__(
        self,
        limits: Limits,
        is_value: Callable[[str], bool],
        first: int = 0,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.pending = 0
        self.rows = 0
        self._counted = 0
        self._cells = 0
        self._limits = limits
        self._is_value = is_value
        self._first = first
        self._headers = headers
        self._columns: dict[Path, _Column] = {}
        self._steps: dict[str, str] = {}

    def add(self, path: Path, value: str, place: str) -> None:
        """One value; raises Unreadable past a limit."""
        path = tuple(map(self._step, path))
        column = self._columns.get(path)
        if column is None:
            if len(self._columns) >= self._limits.max_columns:
                raise Unreadable("too_large", "number of different names")
            column = self._columns[path] = _Column(self._first + len(self._columns))
        self._cells += 1
        if len(value) > self._limits.max_cell_chars or self._cells > self._limits.max_cells:
            raise Unreadable("too_large", place)
        self.pending += 1 + len(value) // _CHARS_PER_WEIGHT
        column.values.append(value)
        column.places.append(place)

    def _step(self, step: str) -> str:
        """The name, or ``*`` where it is too long for one or personal data itself."""
        known = self._steps.get(step)
        if known is None:
            wrong = column_name(step, 0, self._is_value) == "col_1"
            known = self._steps[step] = "*" if wrong else step.replace("\0", "")
        if known == "*":
            self._steps.pop(step)
        return known

    def full(self) -> Iterator[Batch]:
        """A batch, if there are enough values for one."""
        if self.pending >= _BATCH_WEIGHT:
            yield from self.batch()

    def batch(self) -> Iterator[Batch]:
        """The values since the last batch."""
        columns = [(path, column) for path, column in self._columns.items() if column.values]
        cells = [self._as_cells(path, column) for path, column in columns]
        for _, column in columns:
            column.values, column.places = [], []
        rows, self._counted, self.pending = self.rows - self._counted, self.rows, 0
        if cells:
            yield Batch(rows, cells)

    def _as_cells(self, path: Path, column: _Column) -> Cells:
        return Cells(
            table=".".join(path[:-1]),
            index=column.index,
            header=self._headers.get(path[-1]) or " ".join(path[-2:]),
            name=".".join(path),
            values=column.values,
            place=column.places.__getitem__,
        )
