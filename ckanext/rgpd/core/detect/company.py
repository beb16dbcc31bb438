"""What a column says in its company: its header, all its values, and the columns beside it.

A birth date is a date like any other, and a SIRET a company's, until the table tells whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.gate import Shape, Shaped, lines
from ckanext.rgpd.core.detect.tally import Tally
from ckanext.rgpd.core.read.cells import Cells
from ckanext.rgpd.core.types import Finding

#: Values of a column that a rule may weigh.
_REMEMBERED = 2_000
_SHAPES = 2_000
#: Words of a first name's column, the surest sign that a table is about persons.
_FIRST_NAMES = frozenset("prenom prenoms firstname forename givenname".split())


@dataclass(frozen=True, slots=True)
class Company:
    """A table as seen by one of its columns: all header words, and what was found so far.

    ``houses`` where headers say nothing, and the values of a column name organisations or places.
    """

    words: frozenset[str]
    found: Mapping[str, Finding] = field(default_factory=dict)
    houses: bool = False

    @property
    def persons(self) -> bool:
        """Whether persons are named in the table."""
        return "person_name" in self.found

    @property
    def says_nothing(self) -> bool:
        """Whether neither a header nor a value tells whose the rows are."""
        return is_opaque(self.words) and not self.houses

    @property
    def counts(self) -> bool:
        """Whether the table counts people rather than listing them."""
        return bool(self.words & person.COUNTS) and not self.persons

    @property
    def first_names(self) -> bool:
        """Whether a column of first names stands in the table."""
        return self.persons and bool(self.words & _FIRST_NAMES)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One column: the words of its header, and the values that passed the rule's test."""

    words: frozenset[str]
    filled: int
    rows: int
    distinct: int
    values: Sequence[str]

    @property
    def share(self) -> float:
        """The part of the filled rows whose values passed the test."""
        return self.rows / max(1, self.filled)


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """A kind of data that only a whole column in its table can show.

    ``concerns`` says by the words of a header whether the column is looked at, ``holds`` whether
    a value has the form, ``decide`` whether column and table together make it this kind. A rule
    without ``entity_type`` reports nothing: what it found is evidence for those after it. The rows
    of the evidence ``counted_by`` are those reported, where there is such evidence. ``shape`` is
    a pattern for the shapes of values that may hold; without it, any may.
    """

    rule: str
    concerns: Callable[[frozenset[str]], bool]
    holds: Callable[[str], bool]
    decide: Callable[[Evidence, Company], bool]
    mask: Callable[[str], str]
    entity_type: str | None = None
    counted_by: str | None = None
    shape: Shape | None = None


class Watch:
    """One rule on one column while it is read."""

    def __init__(self, rule: CompanyRule) -> None:
        self.rule = rule
        self.tally = Tally()
        self._values: dict[str, None] = {}
        self._dull: set[bytes] = set()

    def feed(self, fresh: Shaped, cells: Cells, offset: int) -> Iterable[str]:
        """Those of the ``fresh`` values of ``cells`` that hold; ``offset`` as for the tally."""
        if not self._may_hold(fresh):
            return ()
        held = {value: (value,) for value in fresh.values if self.rule.holds(value)}
        if held:
            self.tally.note(held, cells, offset)
            for value in islice(held, max(0, _REMEMBERED - len(self._values))):
                self._values[value] = None
                self.tally.show(self.rule.mask(value))
        return held

    def _may_hold(self, fresh: Shaped) -> bool:
        """Whether a value may hold, by its shape."""
        if self.rule.shape is None:
            return True
        unknown = set(fresh.shapes).difference(self._dull)
        if self.rule.shape.search(lines(unknown)):
            return True
        if len(self._dull) + len(unknown) <= _SHAPES:
            self._dull |= unknown
        return False

    def evidence(self, words: frozenset[str], filled: int) -> Evidence:
        """What was seen, for the rule to decide."""
        tally = self.tally
        return Evidence(words, filled, tally.rows, tally.distinct, tuple(self._values))


def is_opaque(words: frozenset[str]) -> bool:
    """Whether a header says nothing of what stands under it.

    >>> is_opaque(frozenset({"c2"})), is_opaque(frozenset({"champ", "4"}))
    (True, True)
    >>> is_opaque(frozenset({"date", "creation"})), is_opaque(frozenset())
    (False, True)
    """
    return all(_says_nothing(word) for word in words)


def _says_nothing(word: str) -> bool:
    bare = word.rstrip("0123456789")
    return len(bare) < 2 or bare in _EMPTY_WORDS


_EMPTY_WORDS = frozenset(
    "col column colonne champ field var variable unnamed data donnee valeur val value attribut "
    "attr rubrique item info".split()
)
