"""The values of one column that have been looked at, as far as memory allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import filterfalse, islice

from ckanext.rgpd.core.detect.tally import Tally

#: Values, and what their rows are added to.
Counted = dict[str, list[Tally]]

#: Characters of the longest value that is remembered.
_LONGEST = 500
#: Values after which a column is known to repeat hardly any: to remember them gains nothing.
_SOUGHT = 5_000
_HARDLY_ANY = 0.9


class Memory:
    """Tells new values from known ones, and what the known ones are counted as.

    A value that is not remembered is new each time: it costs time, and changes nothing. ``keeps``
    is false once hardly any value comes twice; :meth:`keep` asks for it whatever the values are.
    """

    def __init__(self) -> None:
        self.counted: Counted = {}
        self.keeps = True
        self._must = False
        self._clean = {""}
        self._sought = self._fresh = 0

    def keep(self) -> None:
        """Remember from now on: to look at these values is dear."""
        self.keeps = self._must = True

    def split(self, values: Sequence[str]) -> tuple[Sequence[str], Collection[str]]:
        """The new values in order, each once or nearly, and the known ones that count.

        The empty value is never among them.
        """
        if not self.keeps:
            return list(filter(None, values)) if "" in values else values, ()
        distinct = set(values)
        unknown = distinct - self._clean
        again = unknown & self.counted.keys()
        unknown -= again
        self._sought += len(distinct)
        self._fresh += len(unknown)
        return list(filter(unknown.__contains__, dict.fromkeys(values))) if unknown else (), again

    def remember(self, fresh: Sequence[str], new: Counted, room: int) -> None:
        """Keep the ``fresh`` values, and what they count as, in ``room`` values in all."""
        room -= len(self._clean) + len(self.counted)
        if not self.keeps or room <= 0:
            return
        if self._sought > _SOUGHT and self._fresh > _HARDLY_ANY * self._sought and not self._must:
            self.keeps = False
            self._clean = {""}
            self.counted = {}
            return
        kept = [value for value in islice(fresh, room) if len(value) <= _LONGEST]
        self._clean.update(filterfalse(new.__contains__, kept))
        if new:
            self.counted.update((value, new[value]) for value in kept if value in new)

    def count_no_more(self, ended: Collection[Tally]) -> None:
        """Forget of the known values that they count as these."""
        for value, tallies in list(self.counted.items()):
            tallies[:] = [tally for tally in tallies if tally not in ended]
            if not tallies:
                del self.counted[value]
                self._clean.add(value)
