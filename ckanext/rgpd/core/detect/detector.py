"""What a detector is, and how one is asked: the same way for a cell and for a text."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ckanext.rgpd.core.detect.gate import ANY, Shape
from ckanext.rgpd.core.words import words

#: Its form or its key proves it.
STRONG = 0.9
#: It could be something else: the header, the words before it or its whole column decide.
WEAK = 0.4
#: Only the header or the words before it can make it one.
HINT = 0.2
#: It has the form, and a wrong key.
REJECTED = 0.0
#: From here a match in a text is reported.
BELIEVED = 0.5

_BEFORE = 60


class Hit(NamedTuple):
    """One piece of personal data at ``text[start:end]``."""

    entity_type: str
    start: int
    end: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True, eq=False)
class Detector:
    """One identifier: its patterns, its key, its context, and examples that are tested.

    ``validate`` gives the entity type and score of a match, or None when it is nothing.
    ``context`` are words that make a weak match certain, ``against`` words that undo it.
    ``gate`` says cheaply whether a text can hold a match at all, ``shape`` whether a value of one
    line can, by its shape (:func:`ckanext.rgpd.core.detect.gate.shapes`); where there is none, any.
    ``worded`` is one whose gate looks for words, beside which the shape of a text says nothing.

    Where ``only_in_context``, every match is a hint; where ``only_in_columns``, every match is
    weak, so that none in a text is believed. Without context, weak matches are believed
    from ``share`` of a column's filled rows and ``least`` different values, if these pass the test
    ``whole``. ``things`` are words of a table's headers that make the value a thing's rather than
    a person's.
    """

    rule: str
    entity_types: tuple[str, ...]
    pattern: re.Pattern[str]
    validate: Callable[[re.Match[str]], tuple[str, float] | None]
    mask: Callable[[str], str]
    gate: Callable[[str], bool]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    context: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    sensitive: bool = False
    share: float = 0.3
    least: int = 1
    whole: Callable[[Iterable[str]], bool] | None = None
    only_in_context: bool = False
    only_in_columns: bool = False
    things: frozenset[str] = frozenset()
    shape: Shape = ANY
    worded: bool = False

    def find(self, text: str, header: frozenset[str] = frozenset()) -> Iterator[Hit]:
        """The matches in ``text``; ``header`` are the words of the column it stands in."""
        for match in self.pattern.finditer(text):
            verdict = self.validate(match)
            if verdict is None:
                continue
            entity_type, score = verdict
            start, end = match.span()
            if score in (WEAK, HINT):
                score = self._weigh(score, header, text[max(0, start - _BEFORE) : start])
            yield Hit(entity_type, start, end, score, self.rule)

    def _weigh(self, score: float, header: frozenset[str], before: str) -> float:
        around = header.union(words(before)) if before else header
        if not self.context.isdisjoint(around):
            return STRONG
        return score if self.against.isdisjoint(around) else REJECTED


def without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """The best hits, in reading order, none inside another."""
    hits = list(hits)
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    starts: list[int] = []
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.start - hit.end, hit.start)):
        place = bisect(starts, hit.start)
        after_the_one_before = not place or kept[place - 1].end <= hit.start
        before_the_next = place == len(kept) or hit.end <= starts[place]
        if after_the_one_before and before_the_next:
            kept.insert(place, hit)
            starts.insert(place, hit.start)
    return kept
