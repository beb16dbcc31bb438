"""k-anonymity, l-diversity, t-closeness and uniqueness of a table, read once.

A class is the rows that have the same values of the quasi-identifiers (Sweeney 2002 for k,
Machanavajjhala et al. 2007 for l, Li et al. 2007 for t; formulas in legal.md §5.4). Of each class
a digest is kept, so memory grows with the classes and never with the length of the values.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from ckanext.rgpd.core.anonymise.spread import Spread
from ckanext.rgpd.core.errors import RgpdError

#: Classes, and pairs of a class and a sensitive value, that are held at the most (about 1 GB).
MAX_CLASSES = 4_000_000

_SHIFT = 32


class TooManyClasses(RgpdError):
    """The table has more combinations of values than can be held."""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What a class tells of one sensitive column: ``l`` at the least, ``t`` at the most."""

    l: int  # noqa: E741 - its name in the literature
    t: float
    ordered: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of one table. ``sensitive`` is by column; rates and risks go from 0 to 1.

    ``problem`` says why nothing was measured (all figures are 0 then): a key of
    :data:`ckanext.rgpd.core.types.PROBLEMS`, ``unknown_column``, ``not_a_table`` or
    ``too_many_classes``; ``place`` names the column, or where reading stopped.
    """

    rows: int = 0
    classes: int = 0
    k: int = 0
    unique_rows: int = 0
    risk_mean: float = 0.0
    sensitive: Mapping[str, Sensitive] = field(default_factory=dict)
    problem: str | None = None
    place: str = ""

    @property
    def uniqueness_rate(self) -> float:
        """The share of the rows that are alone in their class."""
        return self.unique_rows / self.rows if self.rows else 0.0

    @property
    def risk_max(self) -> float:
        """Prosecutor risk of the most exposed row: 1 / k."""
        return 1 / self.k if self.k else 0.0

    @property
    def l(self) -> int | None:  # noqa: E743 - its name in the literature
        """The least l of the sensitive columns, none where there is none."""
        return min((one.l for one in self.sensitive.values()), default=None)

    @property
    def t(self) -> float | None:
        """The greatest t of the sensitive columns, none where there is none."""
        return max((one.t for one in self.sensitive.values()), default=None)

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, read back by :meth:`from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Measured:
        """The measures that :meth:`as_dict` wrote."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        sensitive = known.get("sensitive", {})
        known["sensitive"] = {name: Sensitive(**one) for name, one in sensitive.items()}
        return cls(**known)


class Classes:
    """The classes of a table while it is read."""

    def __init__(self, sensitive: Sequence[str] = (), max_classes: int = MAX_CLASSES) -> None:
        self._numbers: dict[bytes, int] = {}
        self._sizes = array("Q")
        self._columns = {name: _Column() for name in sensitive}
        self._left = max_classes

    def feed(
        self,
        quasi_identifiers: Sequence[Sequence[str]],
        sensitive: Sequence[Sequence[str]] = (),
    ) -> None:
        """Some rows, column by column; raises :class:`TooManyClasses` past the limit."""
        numbers = [self._number(row) for row in zip(*quasi_identifiers, strict=True)]
        for column, values in zip(self._columns.values(), sensitive, strict=True):
            self._left -= column.feed(numbers, values)
        if self._left < 0:
            raise TooManyClasses

    def _number(self, row: tuple[str, ...]) -> int:
        # Lengths first: ("ab", "c") and ("a", "bc") are two classes.
        text = f"{[len(value) for value in row]}{''.join(row)}"
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        number = self._numbers.setdefault(digest, len(self._sizes))
        if number == len(self._sizes):
            self._sizes.append(0)
            self._left -= 1
        self._sizes[number] += 1
        return number

    def measured(self) -> Measured:
        """The measures of what was fed."""
        sizes = self._sizes
        if not sizes:
            return Measured(problem="empty")
        rows = sum(sizes)
        return Measured(
            rows=rows,
            classes=len(sizes),
            k=min(sizes),
            unique_rows=sum(1 for size in sizes if size == 1),
            risk_mean=len(sizes) / rows,
            sensitive={name: one.measured(sizes) for name, one in self._columns.items()},
        )


class _Column:
    """How often each class has each value of one sensitive column."""

    def __init__(self) -> None:
        self._values: dict[str, int] = {}
        self._counts: dict[int, int] = {}

    def feed(self, classes: Sequence[int], values: Sequence[str]) -> int:
        """Counts; says how many entries were added."""
        before = len(self._values) + len(self._counts)
        known, counts = self._values, self._counts
        for number, value in zip(classes, values, strict=True):
            pair = number << _SHIFT | known.setdefault(value, len(known))
            counts[pair] = counts.get(pair, 0) + 1
        return len(known) + len(counts) - before

    def measured(self, sizes: Sequence[int]) -> Sensitive:
        spread = Spread(list(self._values), self._totals(), sum(sizes))
        held: dict[int, dict[int, int]] = {}
        for pair, count in self._counts.items():
            held.setdefault(pair >> _SHIFT, {})[pair & (1 << _SHIFT) - 1] = count
        return Sensitive(
            l=min(map(len, held.values())),
            t=max(spread.distance(counts, sizes[number]) for number, counts in held.items()),
            ordered=spread.ordered,
        )

    def _totals(self) -> list[int]:
        totals = [0] * len(self._values)
        for pair, count in self._counts.items():
            totals[pair & (1 << _SHIFT) - 1] += count
        return totals
