"""Names that are known in France, by the word lists: what a value is, and what a column holds.

A surname list of this size holds half the dictionary (Petit, Paris, Marchand): one value says
little, the share of a column's different values much, and what is also a word or a commune counts
for less (INSEE, names of persons born 1891-2018).

>>> read_name("Parc Jeanne").full, read_name("Petit").clear, read_name("Nantes").first
(False, False, False)
>>> read_name("EXEMPLE Jeanne").full, read_name("Jean-Marie").first, read_name("Dubois").surname
(True, True, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.fr.eponym import is_eponym
from ckanext.rgpd.core.detect.word_list import key, sections

#: Different values of a column that are read before it is judged.
SAMPLE = 3000
#: After so many, a column in which hardly any is a name is given up.
_ENOUGH = 300
_HARDLY = 0.1
_FULL_SHARE = 0.5
_FIRST_SHARE = 0.7
_SURNAME_SHARE = 0.6
_CLEAR_SHARE = 0.35
_FEWEST_FULL = 5
#: So few are enough where each is a full name and no word.
_FEWEST_CLEAR = 3
_FEWEST = 10
#: From this share on, a column lists places that are named after persons.
_EPONYMS_SHARE = 0.25

_TITLE = re.compile(
    r"(?:M|MM|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Docteur|Dr|Maître|Me|Pr)\b\.? *"
    r"(?:et Mme |ou Mme |et Madame )?(?=[^\W\d_])",
    re.IGNORECASE,
)
#: After a title, an office: ``Monsieur le Préfet``.
_OFFICE = re.compile(r"(?:l[ea]s? |l['’])")
_KING = re.compile(r" [IVX]+(?:er|ème|e)?$")
_PARTS = re.compile(r"[ ,\xa0]+")
_BETWEEN_NAMES = re.compile(r" ?(?:[;,/|&\n]| et ) ?")
_LONGEST_LIST = 500
#: Of names in a row, so many must be known.
_MOST_LISTED = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value may be; ``clear`` when it is neither a word of the language nor a commune."""

    full: bool = False
    first: bool = False
    surname: bool = False
    clear: bool = False


_NOTHING = Reading()


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return sections("surnames")["over_500"] | sections("surnames")["over_100"]


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """The first names of the lists, as :func:`~ckanext.rgpd.core.detect.word_list.key` writes."""
    return sections("first_names")["over_500"] | sections("first_names")["over_100"]


@lru_cache(maxsize=1)
def _unclear() -> frozenset[str]:
    words = sections("surnames")["words"] | sections("first_names")["words"]
    return words | sections("communes")["communes"]


def is_first_name(part: str) -> bool:
    """Whether ``part`` is a first name, or several with hyphens; ``Saint-Yves`` is a place."""
    if part[:5].lower() in ("saint", "sainte"):
        return False
    return key(part) in first_names() or _all_in(part, first_names())


def is_surname(part: str) -> bool:
    """Whether ``part`` is a surname, or several with hyphens."""
    return key(part) in _surnames() or _all_in(part, _surnames())


def is_clear(part: str) -> bool:
    """Whether ``part`` is neither a word of the language nor a commune."""
    return key(part) not in _unclear()


def _all_in(part: str, names: frozenset[str]) -> bool:
    return "-" in part and all(key(piece) in names for piece in part.split("-"))


def parts(value: str) -> list[str]:
    """The parts of a name, without title and particles."""
    return [part for part in _PARTS.split(value) if part and part.lower() not in person.PARTICLES]


def read_name(value: str) -> Reading:
    """What ``value`` may be by the lists."""
    value = person.plain(value.strip(" ©"))
    if (names := _listed(value)) and all(map(person.looks_like_full_name, names)):
        full = [reading for reading in map(read_name, names) if reading.full]
        if len(full) >= _MOST_LISTED * len(names):
            return Reading(full=True, clear=any(reading.clear for reading in full))
    name = _TITLE.sub("", value, count=1) if _TITLE.match(value) else value
    if not person.looks_like_name(name) or (name != value and _OFFICE.match(name)):
        return _NOTHING
    pieces = parts(name)
    if not 1 <= len(pieces) <= 5:
        return _NOTHING
    if len(pieces) == 1:
        return _single(name, pieces[0], titled=name != value)
    return _several(name, pieces)


def _listed(value: str) -> list[str]:
    """The full names that ``value`` puts in a row, each of two words or more; none for one name."""
    if len(value) > _LONGEST_LIST:
        return []
    names = [name for name in _BETWEEN_NAMES.split(value) if name]
    return names if len(names) > 1 and all(" " in name for name in names) else []


def _single(name: str, piece: str, titled: bool) -> Reading:
    surname = is_surname(name) or is_surname(piece)
    return Reading(titled, is_first_name(piece), surname, is_clear(name))


def _several(name: str, pieces: list[str]) -> Reading:
    firsts = [is_first_name(piece) for piece in pieces]
    surnames = [is_surname(piece) for piece in pieces]
    if not any(firsts[:1] + firsts[-1:] + surnames):
        return _NOTHING
    clear = any(map(is_clear, pieces)) and is_clear(name)
    full = (firsts[0] and surnames[-1]) or (firsts[-1] and surnames[0])
    written = person.is_surname_first(name) and (firsts[0] or firsts[-1])
    initials = any(len(key(piece)) == 1 for piece in pieces) and any(surnames)
    return Reading(
        full or written or initials or _is_foreign(pieces, firsts, surnames),
        all(firsts),
        key(name) in _surnames() or all(surnames),
        clear,
    )


def _is_foreign(pieces: list[str], firsts: list[bool], surnames: list[bool]) -> bool:
    """Whether a first name stands before surnames that no list knows, and no word either."""
    if not firsts[0] or not is_clear(pieces[0]) or any(surnames[1:]) or any(firsts[1:]):
        return False
    return all(piece.istitle() and len(piece) > 2 and is_clear(piece) for piece in pieces)


def looks_like_names(value: str) -> bool:
    """Whether ``value`` has the form of a person's name, or of several in a row.

    >>> looks_like_names("Exempleau"), looks_like_names("Jeanne Exempleau ; Paul Dubois")
    (True, True)
    """
    if person.looks_like_name(value):
        return True
    return (
        " " in value
        and (names := _listed(value)) != []
        and all(map(person.looks_like_full_name, names))
    )


def may_be_person(value: str) -> bool:
    """Whether ``value`` has the form of a full name, or is a known surname."""
    if names := _listed(value):
        return all(map(person.looks_like_full_name, names))
    if _TITLE.match(value) and not read_name(value).full:
        return False
    return person.looks_like_full_name(value) or read_name(value).surname


def may_name_somebody(name: str) -> bool:
    """Whether ``name`` can be a living person's, whatever stands before it."""
    return not is_eponym(name) and not _KING.search(name)


def names_somebody(name: str, before: str) -> bool:
    """Whether ``name``, which a language model takes for a person's, is one, after ``before``.

    A first name must be known, or a title stand before.

    >>> names_somebody("Jeanne\\nExemple", "vu avec "), names_somebody("Gault Millau", "guide ")
    (True, False)
    """
    name = " ".join(name.split())
    if not may_name_somebody(name) or not person.names_somebody(name, before):
        return False
    pieces = parts(name)
    return person.follows_title(before) or any(map(is_first_name, (pieces[0], pieces[-1])))


class NameEvidence:
    """Counts what the different values of one column are."""

    def __init__(self) -> None:
        self.distinct = self.full = self.first = self.surname = self.any = 0
        self.first_clear = self.surname_clear = self.full_clear = self.eponyms = 0
        self._seen: set[int] = set()

    @property
    def settled(self) -> bool:
        """Whether more values would change nothing."""
        return self.hopeless or self.distinct >= SAMPLE

    def add(self, values: Iterable[str]) -> None:
        """Count ``values``, each once."""
        for value in values:
            if self.settled:
                return
            if value and hash(value) not in self._seen:
                self._seen.add(hash(value))
                self._count(read_name(value))
                self.eponyms += is_eponym(value)

    def _count(self, reading: Reading) -> None:
        self.distinct += 1
        self.full += reading.full
        self.first += reading.first
        self.surname += reading.surname
        self.any += reading.full or reading.first or reading.surname
        self.full_clear += reading.full and reading.clear
        self.first_clear += reading.first and reading.clear
        self.surname_clear += reading.surname and reading.clear

    @property
    def role(self) -> str | None:
        """What the values alone say the column holds, or None."""
        number, clear = self.distinct, _CLEAR_SHARE * self.distinct
        if self.places:
            return None
        if number >= _FEWEST and self.first >= _FIRST_SHARE * number and self.first > self.surname:
            return person.FIRST_NAME if self.first_clear >= clear else None
        few = number >= _FEWEST_CLEAR and self.full_clear == number
        if few or (number >= _FEWEST_FULL and self.full >= _FULL_SHARE * number):
            return person.FULL_NAME if self.full_clear >= clear else None
        if number >= _FEWEST and self.surname >= _SURNAME_SHARE * number:
            return person.SURNAME if self.surname_clear >= clear else None
        return None

    @property
    def places(self) -> bool:
        """Whether these are the names of places named after persons."""
        return self.eponyms > 1 and self.eponyms >= _EPONYMS_SHARE * self.distinct

    @property
    def hopeless(self) -> bool:
        """Whether enough was seen to say that no names stand here."""
        return self.distinct >= _ENOUGH and self.any < _HARDLY * self.distinct

    def share(self, count: int) -> float:
        """``count`` as a share of the different values."""
        return count / self.distinct if self.distinct else 0.0
