"""Texts that may name somebody, told by rules alone, so that a language model reads no others.

A name that a model finds is believed where it follows a title, or is a first name known in France
and a surname, each with its capital, and no street or school stands before it
(:func:`ckanext.rgpd.core.detect.fr.known_name.names_somebody`). A text in which nothing of the
kind stands can name nobody, whatever a model says of it.

>>> may_name("Vu avec Paul Exemple."), may_name("Signalé par Mme EXEMPLE")
(True, True)
>>> may_name("Le lampadaire de la rue Victor Hugo est éteint depuis lundi. La nuit est noire.")
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ckanext.rgpd.core.detect.fr import known_name
from ckanext.rgpd.core.detect.word_list import key

#: Words of the longest name.
_LONGEST = 6
_BEFORE = 60

#: Signs that may be a capital, as a list that a search is quick with; then what is one.
_CAPITAL = r"[^\x00-@\[-¿×ß-ÿ](?<=[^\W\d_])(?<![^\W\d_].)"
#: A word, or an initial with its point; a point ends any other word's sentence.
_WORD = rf"{_CAPITAL}(?:[^\W\d_]?\.|[^\W\d_]*(?![^\W\d_]))"
_CAPITALISED = re.compile(_WORD)
_BETWEEN_WORDS = r"['’,\s-]{0,9}(?:[^\W\d_]{1,3}['’\s]\s{0,3}){0,3}"
_RUN = re.compile(rf"{_WORD}(?:{_BETWEEN_WORDS}{_WORD})+")
_TITLE = re.compile(
    r"[mM](?<![^\W_].)(?i:m|r|rs|s|mes?|lle|onsieur|adame|ademoiselle|a[iî]tre|e)?(?![^\W_])"
)
_TITLE_BEFORE = re.compile(
    r"(?<![^\W_])(?:m|mm|mr|mrs|ms|mmes?|mlle|monsieur|madame|mademoiselle|ma[iî]tre|me)(?![^\W_])"
    r"[\W_]*(?:(?:de|du?|des|la|les?|l|au|general|g[ée]n[ée]ral|mar[ée]chal|docteur|dr|president"
    r"|pr[ée]sident|st)(?![^\W_])[\W_]*)*$",
    re.IGNORECASE,
)


def may_name(text: str) -> bool:
    """Whether ``text`` may name somebody."""
    return next(_titled(text), None) is not None or next(full_names(text), None) is not None


def full_names(text: str) -> Iterator[tuple[int, int]]:
    """Where first names and surnames stand together in ``text``."""
    for run in _RUN.finditer(text):
        if _may_hold_name(run.group()):
            yield from _names(text, list(_CAPITALISED.finditer(text, *run.span())))


def _titled(text: str) -> Iterator[int]:
    """Where a capital follows a title."""
    for word in _CAPITALISED.finditer(text) if _TITLE.search(text) else ():
        start = word.start()
        if start and _TITLE_BEFORE.search(text, max(0, start - _BEFORE), start):
            yield start


@lru_cache(maxsize=20_000)  # the places of a town stand in many of its texts
def _may_hold_name(run: str) -> bool:
    """Whether a name stands in words that follow each other, if what is before them allows it."""
    words = list(_CAPITALISED.finditer(run))
    return any(known_name.may_name_somebody(run[start:end]) for start, end in _spans(words))


def _names(text: str, run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The first and longest name in words that follow each other."""
    for begin, end in _spans(run):
        if known_name.names_somebody(text[begin:end], text[max(0, begin - _BEFORE) : begin]):
            yield begin, end
            return


def _spans(run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where names may stand, the first ones and of these the longest first."""
    known = [_is_first_word(word.group()) for word in run]
    for first, start in enumerate(run[:-1] if any(known) else ()):
        for last in range(min(first + _LONGEST, len(run)) - 1, first, -1):
            if known[first] or known[last]:
                yield start.start(), run[last].end()


@lru_cache(maxsize=20_000)
def _is_first_word(word: str) -> bool:
    return key(word) in _first_words()


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The words that are first names, or parts of some."""
    return frozenset(word for name in known_name.first_names() for word in name.split())
