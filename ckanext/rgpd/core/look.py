"""What a column looks like, told without any of its values.

Two versions of a file are compared by it: a reviewer's "not personal" holds for the next version
only where the column still looks the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.rgpd.core.detect.sentence import is_sentence, takes_remarks
from ckanext.rgpd.core.read.text import NAME as DOCUMENT
from ckanext.rgpd.core.types import Finding, Report
from ckanext.rgpd.core.words import words

#: The shape of sentences, which may name anyone, and of labels of several words.
TEXT = "text"
LABEL = "label"

_CAPITAL = re.compile(r"A+a+")
_LOWER = re.compile(r"a+")
_UPPER = re.compile(r"A+")
_FIGURES = re.compile(r"9+")
_KEPT = frozenset("Aa9 .,;:/-_@+()'")
# A shape is a main one from this share of the values on; a column has at most so many.
_MAIN = 0.1
_MOST_SHAPES = 10
_LONGEST = 40
_WORDS_OF_A_LABEL = 4
#: From here on a column is about what matched; below, single values are.
HALF = 0.5
# How much further a share, and the number of different values, may go.
_SHARE_FACTOR = 2
_DISTINCT_FACTOR = 4


def shape(value: str) -> str:
    """The kinds of characters of a value: ``A`` capitals, ``a`` letters, ``9`` figures.

    Figures are one, two or three signs: up to four, up to nine, more. Sentences are ``text``, and
    other values of many words or signs ``label``.

    >>> shape("75001"), shape("Jean-Pierre DUPONT"), shape("06 39 98 41 27")
    ('99', 'Aa-Aa A', '9 9 9 9 9')
    >>> shape("Rue de la Paix"), shape("Adressez-vous à ma voisine, elle est là.")
    ('label', 'text')
    """
    value = value.strip()
    if is_sentence(value):
        return TEXT
    if sum(word[0].isalpha() for word in value[:200].split()) >= _WORDS_OF_A_LABEL:
        return LABEL
    signs = "".join(map(_sign, value[: 3 * _LONGEST]))
    signs = _FIGURES.sub(lambda run: "9" * (1 + (len(run[0]) > 4) + (len(run[0]) > 9)), signs)
    signs = _LOWER.sub("a", _UPPER.sub("A", _CAPITAL.sub("Aa", signs)))
    return signs if len(signs) <= _LONGEST else LABEL


def shapes(values: Iterable[str]) -> tuple[str, ...]:
    """The main shapes of a column's values, sorted; sentences count however few they are."""
    counts = Counter(map(shape, values))
    least = _MAIN * counts.total()
    main = [found for found, count in counts.most_common(_MOST_SHAPES) if count >= least]
    return tuple(sorted({*main, *(counts.keys() & {TEXT})}))


@dataclass(frozen=True, slots=True)
class Look:
    """What one kind of data in one column looked like.

    ``entity_types`` are all kinds of personal data found in the column, ``share`` (0 to 1) and
    ``distinct`` say in how much of it this kind was found.
    """

    header: tuple[str, ...]
    entity_type: str
    entity_types: tuple[str, ...]
    rules: tuple[str, ...]
    shapes: tuple[str, ...]
    matched_shapes: tuple[str, ...]
    score: float
    share: float
    distinct: int

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Look:
        """The look that :func:`dataclasses.asdict` wrote, through JSON or not."""
        values: dict[str, Any] = {
            name: tuple(data[name]) if isinstance(data[name], list) else data[name]
            for name in cls.__dataclass_fields__
        }
        return cls(**values)


def look(report: Report, finding: Finding) -> Look:
    """What the column of ``finding`` looks like in ``report``."""
    place = (finding.column, finding.column_index)
    here = [other for other in report.personal if (other.column, other.column_index) == place]
    column = [c for c in report.columns if (c.name, c.index) == place]
    return Look(
        header=words(finding.column),
        entity_type=finding.entity_type,
        entity_types=tuple(sorted({other.entity_type for other in here})),
        rules=tuple(sorted(finding.rules)),
        shapes=column[0].shapes if column else (),
        matched_shapes=tuple(sorted({shape(_unmasked(e)) for e in finding.examples_masked})),
        score=finding.score,
        share=finding.matched_rows / finding.rows if finding.rows else 0.0,
        distinct=finding.distinct_matched,
    )


def differences(before: Look, now: Look) -> tuple[str, ...]:
    """In what two looks differ too much for one verdict on both; ``()`` for the same look.

    Where only some of the values matched, one more may be the one that matters: there the
    matches may not become more.
    """
    grown = now.distinct > before.distinct * (_DISTINCT_FACTOR if _whole(before, now) else 1)
    apart = _share_apart(before, now)
    return (*pattern_differences(before, now), *["share"] * apart, *["distinct"] * grown)


def pattern_differences(before: Look, now: Look) -> tuple[str, ...]:
    """As :func:`differences`, of two columns that need not be of the same file."""
    unlike = {
        "header": now.header != before.header,
        "entity_types": now.entity_type != before.entity_type
        or not set(now.entity_types) <= set(before.entity_types),
        "rules": not set(now.rules) <= set(before.rules) or now.score > before.score,
        "shapes": not now.shapes or not set(now.shapes) <= set(before.shapes),
        "matched_shapes": _disjoint(before.matched_shapes, now.matched_shapes),
    }
    return tuple(name for name, differs in unlike.items() if differs)


def may_be_judged(column: str, before: Look) -> bool:
    """Whether a verdict may outlive its file: a column of values, where nobody writes freely."""
    free = column.endswith(DOCUMENT) or takes_remarks(frozenset(before.header))
    return bool(before.shapes) and not free and TEXT not in before.shapes


def makes_pattern(before: Look) -> bool:
    """Whether a look says enough for columns elsewhere: a header in words, most values alike."""
    named = any(len(word) > 2 and word.isalpha() and word != "col" for word in before.header)
    return named and before.share >= HALF


def _whole(before: Look, now: Look) -> bool:
    return min(before.share, now.share) >= HALF


def _share_apart(before: Look, now: Look) -> bool:
    low, high = sorted((before.share, now.share))
    return high > _SHARE_FACTOR * low


def _disjoint(before: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether no masked example of now looks like one of then; without examples nothing is said."""
    return bool(before and now) and set(before).isdisjoint(now)


def _unmasked(example: str) -> str:
    """A masked example with a letter in the place of each hidden or shown sign."""
    return re.sub(r"[\w*•]+", "x", example)


def _sign(char: str) -> str:
    if char.isdigit():
        return "9"
    if char.isalpha():
        return "A" if char.isupper() else "a"
    return char if char in _KEPT else "?"
