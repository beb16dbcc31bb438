"""Rows of any tabular format -> batches of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.header import column_name, header_row, is_second_header

_SAMPLE = 100
_STEP = 64
#: What fits in a processor's cache is looked at faster.
_BATCH_CELLS = 12_000
_BATCH_CHARS = 8_000_000


class Table:
    """One table: its rows are asked for once, in order, and given back as batches."""

    def __init__(
        self,
        name: str,
        rows: Iterable[Sequence[str]],
        limits: Limits,
        is_value: Callable[[str], bool],
    ) -> None:
        self._name = name
        self._rows = iter(rows)
        self._limits = limits
        self._is_value = is_value
        self._titles: Sequence[str] = ()
        self._second: Sequence[str] = ()
        self._row = 1
        self._cells = 0

    def batches(self, titles: Sequence[str] = ()) -> Iterator[Batch]:
        """The heading if there is one, then the rows; raises Unreadable past a limit.

        ``titles`` are the names of the columns, where the format has some.
        """
        if titles:
            self._titles = titles
            yield self._batch([titles], heading=True)
            while rows := self._next_rows():
                yield self._batch(rows)
            return
        sample = list(islice(self._rows, _SAMPLE))
        position = header_row(sample, self._is_value)
        heading = sample[: 0 if position is None else position + 1]
        if position is not None:
            self._titles = heading[-1]
            body = sample[position + 2 :]
            if body and is_second_header(sample[position + 1], body, self._is_value):
                heading.append(sample[position + 1])
                self._second = heading[-1]
            yield self._batch(heading, heading=True)
        rest = sample[len(heading) :]
        while rest:
            yield self._batch(rest)
            rest = self._next_rows()

    def _next_rows(self) -> list[Sequence[str]]:
        """As many rows as fit in a batch, however wide they are or long their cells."""
        rows: list[Sequence[str]] = []
        cells = chars = 0
        while cells < _BATCH_CELLS and chars < _BATCH_CHARS:
            step = list(islice(self._rows, _STEP))
            if not step:
                break
            rows += step
            cells += sum(map(len, step))
            chars += sum(map(len, map("".join, step)))
        return rows

    def _batch(self, rows: Sequence[Sequence[str]], heading: bool = False) -> Batch:
        first = self._row
        self._row += len(rows)
        widths = set(map(len, rows))
        widest = max(widths)
        self._cells += widest * len(rows)
        if widest > self._limits.max_columns or self._cells > self._limits.max_cells:
            raise Unreadable("too_large", f"row {first}")
        cells = [
            self._column(index, values, first, heading)
            for index, values in enumerate(
                zip(*rows, strict=True) if len(widths) == 1 else zip_longest(*rows, fillvalue="")
            )
        ]
        return Batch(0 if heading else sum(map(bool, rows)), cells)

    def _column(self, index: int, values: Sequence[str], first: int, heading: bool) -> Cells:
        title = self._titles[index] if index < len(self._titles) else ""
        second = self._second[index] if index < len(self._second) else ""
        name = column_name(title or second, index, self._is_value)
        return Cells(
            table=self._name,
            index=index,
            header=f"{title} {second}" if second else title,
            name=f"{self._name}!{name}" if self._name else name,
            values=values,
            place=lambda number: f"row {first + number}",
            heading=heading,
        )
