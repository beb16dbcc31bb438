"""One column while it is read: what its values are, counted over its distinct values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import filterfalse, islice

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company_rules import watches as watches_of
from ckanext.rgpd.core.detect.detector import Hit
from ckanext.rgpd.core.detect.detectors import BY_RULE, find_in_all
from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.fr.known_name import NameEvidence, may_be_person
from ckanext.rgpd.core.detect.sentence import SHORTEST, is_remark, is_sentence, takes_remarks
from ckanext.rgpd.core.detect.tally import Tally
from ckanext.rgpd.core.read.cells import Cells
from ckanext.rgpd.core.words import words

#: Texts in, hits out: :meth:`ckanext.rgpd.core.detect.engine.TextEngine.read`.
ReadTexts = Callable[[Sequence[str]], list[list[Hit]]]

#: Entity type, rule and score of a match.
Kind = tuple[str, str, float]

#: Values that are remembered, in all columns together, and how long they may be.
KNOWN_VALUES = 300_000
_KNOWN_LENGTH = 500
#: Different values that are kept to be weighed once the table is known.
_SOME = 100
#: Rows after which a column whose values are no names, under a header that says nothing, is none.
_SEEN_ENOUGH = 5_000
#: Values after which a column is known to repeat hardly any: to remember them gains nothing.
_SOUGHT = 5_000
_HARDLY_ANY = 0.9
_NAME_TESTS = {
    person.FIRST_NAME: person.looks_like_name,
    person.SURNAME: person.looks_like_name,
    person.FULL_NAME: person.looks_like_name,
    person.NAME: person.looks_like_name,
    person.ROLE: may_be_person,
}


class ColumnScan:
    """Feeds on the cells of one column; its tallies are weighed once all has been read."""

    def __init__(self, cells: Cells) -> None:
        self.table, self.index, self.name = cells.table, cells.index, cells.name
        self.words = frozenset(words(cells.header))
        self.role = None if cells.text else person.header_role(cells.header)
        self._takes_remarks = takes_remarks(self.words)
        self.rows = 0
        self.filled = 0
        self.tallies: dict[Kind, Tally] = {}
        self.names = Tally()
        self.surname_first = 0
        self.watches = [] if cells.text else watches_of(self.words)
        self.first_at = ""
        self.some: dict[str, None] = {}
        self.evidence = NameEvidence()
        self._is_text = cells.text
        self._title = cells.header
        self._clean: set[str] = set()
        self._known: dict[str, list[Hit]] = {}
        self._sought = self._fresh = 0
        self._forgets = False
        self._texts = self._takes_remarks or cells.text

    def feed(self, cells: Cells, read_texts: ReadTexts, room: int = KNOWN_VALUES) -> None:
        """Count what ``cells`` hold; sentences among them are given to ``read_texts``.

        At most ``room`` different values are remembered; others are looked at each time.
        """
        distinct = self._distinct(cells.values)
        fresh, again = self._sort_out(distinct)
        new = self._examine(fresh, read_texts)
        watches = [watch for watch in self.watches if watch.rule.gate(distinct)]
        interesting = new or again or self._may_name or watches
        counts = Counter(cells.values) if interesting else Counter[str]()
        self._count_again(again, counts)
        for key, matched in self._group(new).items():
            self.tallies[key].add(matched, counts, cells.values, cells.place, self.rows)
        self._remember(fresh, new, room - len(self._clean) - len(self._known))
        if not cells.heading:
            self._keep_some(distinct, cells)
            self._count_names(counts, cells)
            for watch in watches:
                watch.feed(counts, cells, self.rows)
            self.filled += len(cells.values) - cells.values.count("")
            self.rows += len(cells.values)

    def pieces(self, rule: str, score: float) -> Iterator[str]:
        """What ``rule`` found with ``score`` in the values that are remembered."""
        for value, hits in self._known.items():
            for hit in hits:
                if hit.rule == rule and hit.score == score:
                    yield value[hit.start : hit.end]

    def _group(self, found: dict[str, list[Hit]]) -> dict[Kind, dict[str, list[str]]]:
        """What was found, by kind and cell; masked examples are taken on the way."""
        groups: dict[Kind, dict[str, list[str]]] = {}
        for cell, hits in found.items():
            for hit in hits:
                kind = _kind(hit)
                piece = cell[hit.start : hit.end]
                groups.setdefault(kind, {}).setdefault(cell, []).append(piece)
                tally = self.tallies.get(kind)
                if tally is None:
                    tally = self.tallies[kind] = Tally()
                if tally.wants_examples:
                    tally.show(_mask(hit.rule, piece))
        return groups

    def _sort_out(self, values: Collection[str]) -> tuple[list[str], list[str]]:
        """The values that are looked at for the first time, and those that held something before.

        What is not remembered, for want of memory, is looked at each time.
        """
        fresh = list(filterfalse(self._clean.__contains__, values) if self._clean else values)
        self._sought += len(values)
        self._fresh += len(fresh)
        if not self._known:
            return fresh, []
        again = list(dict.fromkeys(filter(self._known.__contains__, fresh)))
        self._fresh -= len(again)
        if len(again) == len(fresh):
            return [], again
        return list(filterfalse(self._known.__contains__, fresh)), again

    def _distinct(self, values: Sequence[str]) -> Collection[str]:
        """The different values but the empty one; all, where hardly any comes twice."""
        if self._sought > _SOUGHT and self._fresh > _HARDLY_ANY * self._sought and not self._texts:
            self._clean.clear()
            self._forgets = True
        if self._forgets:
            return list(filter(None, values))
        distinct = dict.fromkeys(values)
        distinct.pop("", None)
        return distinct

    def _count_again(self, again: Iterable[str], counts: Counter[str]) -> None:
        """Count the rows of values whose first place and examples have been taken."""
        for value in again:
            for kind in {_kind(hit) for hit in self._known[value]}:
                self.tallies[kind].rows += counts[value]

    def _remember(self, fresh: Sequence[str], new: dict[str, list[Hit]], room: int) -> None:
        """Keep at most ``room`` of the ``fresh`` values, and what is ``new`` about them."""
        if room <= 0:
            return
        if max(map(len, fresh), default=0) > _KNOWN_LENGTH:
            fresh = [value for value in fresh if len(value) <= _KNOWN_LENGTH]
        for value in islice(fresh, room) if new else ():
            if value in new:
                self._known[value] = new[value]
        if not self._forgets:
            self._clean.update(filterfalse(new.__contains__, islice(fresh, room)))

    def _examine(self, values: Sequence[str], read_texts: ReadTexts) -> dict[str, list[Hit]]:
        """What stands in ``values``: sentences by the text engine, the others by the detectors."""
        texts = self._sentences(values)
        self._texts = self._texts or bool(texts)
        found = {text: hits for text, hits in zip(texts, read_texts(texts), strict=True) if hits}
        if texts:
            values = list(filterfalse(set(texts).__contains__, values))
        found.update(find_in_all(values, self.words))
        return found

    def _sentences(self, values: Sequence[str]) -> Sequence[str]:
        if self._is_text:
            return values
        if not self._takes_remarks and max(map(len, values), default=0) < SHORTEST:
            return ()
        return [value for value in values if self._is_text_value(value) and value != self._title]

    def _is_text_value(self, value: str) -> bool:
        if len(value) >= SHORTEST and is_sentence(value):
            return True
        return self._takes_remarks and is_remark(value)

    def _keep_some(self, distinct: Iterable[str], cells: Cells) -> None:
        """Keep the first different values, and where the first one stands."""
        if len(self.some) >= _SOME:
            return
        if not self.some and (first := next(iter(distinct), None)) is not None:
            self.first_at = cells.place(cells.values.index(first))
        self.some.update(dict.fromkeys(islice(distinct, _SOME - len(self.some))))

    @property
    def _may_name(self) -> bool:
        """Whether names may stand here: the header says so, or the values do not deny it yet."""
        if self.role or self._is_text:
            return self.role is not None
        if self.evidence.hopeless:
            return False
        return self.filled < _SEEN_ENOUGH or self.evidence.role is not None

    def _count_names(self, counts: Counter[str], cells: Cells) -> None:
        if not self._may_name:
            return
        self.evidence.add(counts)
        test = _NAME_TESTS[self.role] if self.role else person.looks_like_name
        names = {value: [value] for value in counts if test(value.strip())}
        if not names:
            return
        self.names.add(names, counts, cells.values, cells.place, self.rows)
        for value in names:
            self.surname_first += counts[value] * person.is_surname_first(value)
            if self.names.wants_examples:
                self.names.show(mask.name(value))


def _kind(hit: Hit) -> Kind:
    return hit.entity_type, hit.rule, hit.score


def _mask(rule: str, piece: str) -> str:
    detector = BY_RULE.get(rule)
    return detector.mask(piece) if detector else mask.name(piece)
