"""One column while it is read: what its values are, counted over its distinct values.

Each different value is looked at once, when it is first met; what it is counted as is remembered,
and counting it again costs no more than a look into a dictionary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import filterfalse, islice

from ckanext.rgpd.core.detect import engine, mask
from ckanext.rgpd.core.detect.company_rules import watches as watches_of
from ckanext.rgpd.core.detect.detector import WEAK, Hit
from ckanext.rgpd.core.detect.detectors import BY_RULE, Routes
from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.fr.known_name import NameEvidence, looks_like_names, may_be_person
from ckanext.rgpd.core.detect.gate import Shaped
from ckanext.rgpd.core.detect.memory import Counted, Memory
from ckanext.rgpd.core.detect.sentence import is_remark, is_sentence, takes_remarks
from ckanext.rgpd.core.detect.tally import Tally
from ckanext.rgpd.core.read.cells import Cells
from ckanext.rgpd.core.words import words

#: Texts in, hits out: :meth:`ckanext.rgpd.core.detect.free_text.TextReader.read`.
ReadTexts = Callable[[Shaped, bool], list[list[Hit]]]

#: Entity type, rule and score of a match.
Kind = tuple[str, str, float]

#: Values that are remembered, in all columns together.
KNOWN_VALUES = 300_000
#: Different values that are kept to be weighed once the table is known.
_SOME = 100
#: Weak matches that are kept to be weighed together.
_PIECES = 2_000
#: Different names in texts after which a column is known to name persons.
_SETTLED = 50
#: Rows after which a column whose values are no names, under a header that says nothing, is none.
_SEEN_ENOUGH = 5_000
_NAME_TESTS = {
    person.FIRST_NAME: person.looks_like_name,
    person.SURNAME: person.looks_like_name,
    person.FULL_NAME: looks_like_names,
    person.NAME: looks_like_names,
    person.ROLE: may_be_person,
}


class ColumnScan:
    """Feeds on the cells of one column; its tallies are weighed once all has been read."""

    def __init__(self, cells: Cells) -> None:
        self.table, self.index, self.name = cells.table, cells.index, cells.name
        self.words = frozenset(words(cells.header))
        self.role = None if cells.text else person.header_role(cells.header)
        self.rows = 0
        self.filled = 0
        self.tallies: dict[Kind, Tally] = {}
        self.names = Tally()
        self.watches = [] if cells.text else watches_of(self.words)
        self.first_at = ""
        self.some: dict[str, None] = {}
        self.evidence = NameEvidence()
        self._surname_first = Tally()
        self._is_text = cells.text
        self._title = cells.header
        self._routes = Routes(self.words)
        self._pieces: dict[str, list[str]] = {}
        self._memory = Memory()
        self._takes_remarks = takes_remarks(self.words)
        if self._takes_remarks or cells.text:
            self._memory.keep()
        self._may_name = not cells.text

    def feed(self, cells: Cells, read_texts: ReadTexts, room: int = KNOWN_VALUES) -> None:
        """Count what ``cells`` hold; sentences among them are given to ``read_texts``.

        At most ``room`` different values are remembered; others are looked at each time.
        """
        if cells.heading:
            values = Shaped(list(filter(None, cells.values)))
            self._count(self._find(values, cells, read_texts), cells)
            return
        fresh, again = self._memory.split(cells.values)
        new = self._look_at(fresh, cells, read_texts) if fresh else {}
        if new or again:
            self._count(new, cells, again)
        self._memory.remember(fresh, new, room)
        self.filled += len(cells.values) - cells.values.count("")
        self.rows += len(cells.values)
        if self._may_name:
            self._judge_names()

    @property
    def surname_first(self) -> int:
        """The rows whose names are written as administrations write them."""
        return self._surname_first.rows

    def pieces(self, rule: str) -> Sequence[str]:
        """The first weak matches of a ``rule`` that weighs them together."""
        return self._pieces.get(rule, ())

    def _look_at(self, fresh: Sequence[str], cells: Cells, read_texts: ReadTexts) -> Counted:
        """What the rows of these values, met for the first time, are counted as."""
        shaped = Shaped(fresh)
        counted = self._find(shaped, cells, read_texts)
        if len(self.some) < _SOME:
            self._keep_some(fresh, cells)
        if self._may_name:
            self._name(fresh, cells, counted)
        for watch in self.watches:
            for value in watch.feed(shaped, cells, self.rows):
                counted.setdefault(value, []).append(watch.tally)
        return counted

    def _find(self, fresh: Shaped, cells: Cells, read_texts: ReadTexts) -> Counted:
        """The tallies of what stands in the ``fresh`` values."""
        counted: Counted = {}
        found = self._examine(fresh, read_texts)
        for kind, matched in self._group(found).items() if found else ():
            tally = self.tallies[kind]
            tally.note(matched, cells, self.rows)
            for value in matched:
                counted.setdefault(value, []).append(tally)
        return counted

    def _examine(self, fresh: Shaped, read_texts: ReadTexts) -> dict[str, list[Hit]]:
        """What stands in ``fresh``: sentences by the text engine, the others by the detectors."""
        texts = fresh if self._is_text else self._sentences(fresh)
        if not texts.values:
            return self._routes.find(fresh)
        self._memory.keep()
        read = read_texts(texts, self._is_settled)
        found = {text: hits for text, hits in zip(texts.values, read, strict=True) if hits}
        others = list(filterfalse(set(texts.values).__contains__, fresh.values))
        found.update(self._routes.find(Shaped(others)))
        return found

    @property
    def _is_settled(self) -> bool:
        """Whether a language model has named so many persons that another changes nothing."""
        names = self.tallies.get((engine.PERSON, engine.NAMES, engine.NAME_SCORE))
        return names is not None and names.distinct >= _SETTLED

    def _sentences(self, fresh: Shaped) -> Shaped:
        values = enumerate(fresh.values) if " " in fresh.joined else ()
        texts = [number for number, value in values if self._is_text_value(value)]
        return fresh.some(texts)

    def _is_text_value(self, value: str) -> bool:
        if value == self._title:
            return False
        return is_sentence(value) or (self._takes_remarks and is_remark(value))

    def _group(self, found: dict[str, list[Hit]]) -> dict[Kind, dict[str, list[str]]]:
        """What was found, by kind and cell; masked examples are taken on the way."""
        groups: dict[Kind, dict[str, list[str]]] = {}
        for cell, hits in found.items():
            for hit in hits:
                kind = (hit.entity_type, hit.rule, hit.score)
                piece = cell[hit.start : hit.end]
                groups.setdefault(kind, {}).setdefault(cell, []).append(piece)
                tally = self.tallies.get(kind)
                if tally is None:
                    tally = self.tallies[kind] = Tally()
                if tally.wants_examples:
                    tally.show(_mask(hit.rule, piece))
                if hit.score == WEAK:
                    self._keep_piece(hit.rule, piece)
        return groups

    def _keep_piece(self, rule: str, piece: str) -> None:
        detector = BY_RULE.get(rule)
        if detector and detector.whole:
            kept = self._pieces.setdefault(rule, [])
            if len(kept) < _PIECES:
                kept.append(piece)

    def _name(self, fresh: Sequence[str], cells: Cells, counted: Counted) -> None:
        """Count what looks like a name."""
        self.evidence.add(fresh)
        test = _NAME_TESTS[self.role] if self.role else looks_like_names
        names = {value: (value,) for value in fresh if test(value.strip())}
        if not names:
            return
        self.names.note(names, cells, self.rows)
        for value in names:
            tallies = counted.setdefault(value, [])
            tallies.append(self.names)
            if person.is_surname_first(value):
                tallies.append(self._surname_first)
            if self.names.wants_examples:
                self.names.show(mask.name(value))

    def _judge_names(self) -> None:
        """Give up where the header says nothing and the values are known to be no names."""
        enough = self.filled >= _SEEN_ENOUGH and self.evidence.role is None
        if self.role is None and (enough or self.evidence.hopeless):
            self._may_name = False
            self._memory.count_no_more((self.names, self._surname_first))

    def _keep_some(self, distinct: Iterable[str], cells: Cells) -> None:
        """Keep the first different values, and where the first one stands."""
        if not self.some and (first := next(iter(distinct), None)) is not None:
            self.first_at = cells.place(cells.values.index(first))
        self.some.update(dict.fromkeys(islice(distinct, _SOME - len(self.some))))

    def _count(self, new: Counted, cells: Cells, again: Iterable[str] = ()) -> None:
        """Add the rows of each value to its tallies."""
        counts = Counter(cells.values)
        for value, tallies in new.items():
            for tally in tallies:
                tally.rows += counts[value]
        for value in again:
            for tally in self._memory.counted[value]:
                tally.rows += counts[value]


def _mask(rule: str, piece: str) -> str:
    detector = BY_RULE.get(rule)
    return detector.mask(piece) if detector else mask.name(piece)
