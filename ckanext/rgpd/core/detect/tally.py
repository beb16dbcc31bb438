"""What is counted of one kind of value in one column, without keeping the values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

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

    def add(
        self,
        matched: Mapping[str, Sequence[str]],
        counts: Counter[str],
        values: Sequence[str],
        place: Callable[[int], str],
        offset: int,
    ) -> None:
        """Count the cells that are keys of ``matched``; what stands in them is its values.

        ``counts`` counts the cells in ``values``, ``place`` names the place of the n-th, and
        ``offset`` is the number of cells read before.
        """
        self.rows += sum(counts[cell] for cell in matched)
        if self.first < 0:
            number = next(number for number, cell in enumerate(values) if cell in matched)
            self.first, self.first_at = offset + number, place(number)
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
