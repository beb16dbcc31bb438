"""How far the values of one class stand from those of the whole table (t-closeness).

Numbers lie on a line: the earth mover's distance, steps of equal length between the sorted
different values. Other values are all equally far from each other: half the L1 distance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

#: A number as French or English tables write it. A leading zero makes a code, not a number.
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,15})(?:[.,]\d{1,15})?")


class Spread:
    """The values of a column in the whole table, each known by its place in ``values``."""

    def __init__(self, values: Sequence[str], totals: Sequence[int], rows: int) -> None:
        self._rows = rows
        self._totals = totals
        self.ordered = all(_NUMBER.fullmatch(value.strip()) for value in values)
        if self.ordered:
            self._lay_on_a_line(values)

    def _lay_on_a_line(self, values: Sequence[str]) -> None:
        numbers = [float(value.strip().replace(",", ".")) for value in values]
        different = sorted(set(numbers))
        place = {number: index for index, number in enumerate(different)}
        self._places = [place[number] for number in numbers]
        shares = [0.0] * len(different)
        for index, total in zip(self._places, self._totals, strict=True):
            shares[index] += total / self._rows
        self._below = list(accumulate(shares))
        self._areas = list(accumulate(self._below, initial=0.0))

    def distance(self, counts: Mapping[int, int], size: int) -> float:
        """The distance of a class of ``size`` rows that has each value so many times."""
        return self._on_a_line(counts, size) if self.ordered else self._equal(counts, size)

    def _equal(self, counts: Mapping[int, int], size: int) -> float:
        """Half of the sum of abs(p - q); the values that the class has not weigh q each."""
        apart = 1.0
        for value, count in counts.items():
            share = self._totals[value] / self._rows
            apart += abs(count / size - share) - share
        return apart / 2

    def _on_a_line(self, counts: Mapping[int, int], size: int) -> float:
        """The area between two staircases, from one step of the class to the next."""
        if len(self._below) < 2:
            return 0.0
        steps: dict[int, int] = {}
        for value, count in counts.items():
            steps[self._places[value]] = steps.get(self._places[value], 0) + count
        area, height, start = 0.0, 0.0, 0
        for place in sorted(steps):
            area += self._between(height, start, place)
            height, start = height + steps[place] / size, place
        area += self._between(height, start, len(self._below))
        return area / (len(self._below) - 1)

    def _between(self, height: float, start: int, end: int) -> float:
        """The sum of abs(height - q) from ``start`` to ``end``, q being the table's staircase."""
        cross = bisect_left(self._below, height, start, end)
        under = height * (cross - start) - (self._areas[cross] - self._areas[start])
        return under + self._areas[end] - self._areas[cross] - height * (end - cross)
