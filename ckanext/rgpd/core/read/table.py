"""Rows of any tabular format -> batches of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.header import column_name, header_row, is_second_header

_SAMPLE = 100
#: Rows of a batch, cells and characters: what fits in a processor's cache is looked at faster.
_BATCH_ROWS = 256
_BATCH_CELLS = 3_000
_BATCH_CHARS = 2_000_000
#: One row in so many is measured.
_MEASURED = 8


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
        self._heads: list[tuple[str, str]] = []
        self._row = 1
        self._cells = 0
        self._step = 1

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
        """As many rows as fit in a batch, by the width and length of those before."""
        rows = list(islice(self._rows, self._step))
        measured = rows[::_MEASURED]
        cells = max(1, sum(map(len, measured)))
        chars = max(1, sum(map(len, map("".join, measured))))
        fit = len(measured) * min(_BATCH_CELLS / cells, _BATCH_CHARS / chars)
        self._step = max(1, min(_BATCH_ROWS, 4 * self._step, int(fit)))
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
        header, name = self._head(index)
        return Cells(
            table=self._name,
            index=index,
            header=header,
            name=name,
            values=values,
            place=lambda number: f"row {first + number}",
            heading=heading,
        )

    def _head(self, index: int) -> tuple[str, str]:
        """What the file calls a column, and what a report calls it."""
        while index >= len(self._heads):
            number = len(self._heads)
            title = self._titles[number] if number < len(self._titles) else ""
            second = self._second[number] if number < len(self._second) else ""
            name = column_name(title or second, number, self._is_value)
            header = f"{title} {second}" if second else title
            self._heads.append((header, f"{self._name}!{name}" if self._name else name))
        return self._heads[index]
