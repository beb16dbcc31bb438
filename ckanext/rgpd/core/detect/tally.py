"""What is counted of one kind of value in one column, without keeping the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ckanext.rgpd.core.read.cells import Cells

_EXAMPLES = 3
#: Beyond this many different values their count is "at least": memory stays flat.
_DISTINCT = 50_000


class Tally:
    """Rows, different values, first place and masked examples of one kind of value."""

    __slots__ = ("_seen", "examples", "first", "first_at", "rows")

    def __init__(self) -> None:
        self.rows = 0
        self.first = -1
        self.first_at = ""
        self.examples: list[str] = []
        self._seen: set[int] = set()

    def note(self, matched: Mapping[str, Sequence[str]], cells: Cells, offset: int) -> None:
        """Take the place and the number of different values; the rows are counted apart.

        What stands in the cells that are keys of ``matched`` is its values; ``offset`` is the
        number of rows read before.
        """
        if self.first < 0:
            number = next(number for number, cell in enumerate(cells.values) if cell in matched)
            self.first, self.first_at = offset + number, cells.place(number)
        for pieces in matched.values():
            if len(self._seen) < _DISTINCT:
                self._seen.update(map(hash, pieces))

    @property
    def wants_examples(self) -> bool:
        """Whether there is room for a masked example."""
        return len(self.examples) < _EXAMPLES

    def show(self, example: str) -> None:
        """Keep a masked example, if it is another one and there is room."""
        if self.wants_examples and example not in self.examples:
            self.examples.append(example)

    @property
    def distinct(self) -> int:
        """How many different values were counted, at least."""
        return len(self._seen)
