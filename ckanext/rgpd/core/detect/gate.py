"""Cheap questions that rule out most texts before a pattern is tried on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

#: A digit, a capital, a small letter: what a shape tells apart. Other characters stay.
_AS_SHAPE = bytes.maketrans(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    b"9" * 10 + b"A" * 26 + b"a" * 26,
)
_SHAPE_PARTS = {"L": r"(?<![9Aa])", "R": r"(?![9Aa])", "S": r"[^9Aa\n]{0,3}"}
_DIGITS = b"0123456789ABab"
_AS_RUNS = bytes(code if code in _DIGITS else ord(" ") for code in range(256))
# Separators, and the bytes of the no-break spaces in UTF-8.
_SEPARATORS = b" .-/()\t\xc2\xa0\xe2\x80\xaf"


def has_digits(count: int) -> Callable[[str], bool]:
    """A gate for ``count`` digits in a row, separators set aside; Corsica's A and B count too.

    >>> has_digits(10)("06 39 98 00 12"), has_digits(10)("06 39 98 00")
    (True, False)
    """
    return lambda text: _longest_run(text) >= count


@lru_cache(maxsize=4)
def _longest_run(text: str) -> int:
    """How many digits stand in a row in ``text``: several gates ask for it, one after the other."""
    runs = text.encode("utf-8", "replace").translate(_AS_RUNS, _SEPARATORS).split()
    return max(map(len, runs), default=0)


def has(part: str) -> Callable[[str], bool]:
    """A gate for ``part`` somewhere in the text."""
    return lambda text: part in text


def has_any(parts: Sequence[str]) -> Callable[[str], bool]:
    """A gate for one of ``parts`` somewhere in the text.

    >>> has_any(("Mme", "M."))("Mme Exemple"), has_any(("Mme", "M."))("la mairie")
    (True, False)
    """
    return lambda text: any(part in text for part in parts)


_ANY_DIGIT = re.compile("[0-9]")


def any_digit(text: str) -> bool:
    """A gate for at least one digit.

    >>> any_digit("AB-1"), any_digit("Mairie")
    (True, False)
    """
    return _ANY_DIGIT.search(text) is not None


class Shape(NamedTuple):
    """Patterns over shapes, of which one must match."""

    patterns: tuple[re.Pattern[str], ...]

    def search(self, text: str) -> bool:
        """Whether one matches somewhere in ``text``."""
        return any(pattern.search(text) for pattern in self.patterns)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of each, one a line."""
        return chain.from_iterable(pattern.finditer(text) for pattern in self.patterns)


ANY = Shape((re.compile(""),))


def shape(*patterns: str) -> Shape:
    """Patterns over shapes: ``L`` and ``R`` bound one, ``S`` is a separator or none.

    A search is quick where the first sign is known, so each has a first sign of its own, and what
    stands before it is asked after it. The rest of a line that holds a match is passed over.

    >>> shape("LAAS999SAAR").search("99\\nAA 999 AA")
    True
    """
    return Shape(tuple(map(_compiled, patterns)))


def _compiled(pattern: str) -> re.Pattern[str]:
    start, rest = "", pattern
    if pattern.startswith("L9") and pattern[2:3] not in "{?*+":
        start, rest = "9(?<![9Aa]9)", pattern[2:]
    whole = start + "".join(_SHAPE_PARTS.get(char, char) for char in rest)
    return re.compile(rf"(?:{whole})[^\n]*", re.MULTILINE)


def shape_of(text: str) -> bytes:
    """``text`` with a nine for each digit and an ``A`` or ``a`` for each letter.

    >>> shape_of("AB-12 é")
    b'AA-99 \\xc3\\xa9'
    """
    return text.encode("utf-8", "replace").translate(_AS_SHAPE)


class Shaped:
    """Some values of a column with their shapes, of which a column has few.

    >>> Shaped(["AB-12", "CD-34"]).shapes
    [b'AA-99', b'AA-99']
    """

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values
        self.joined = "\n".join(values)
        self.shapes = shape_of(self.joined).split(b"\n")
        if len(self.shapes) != len(values):  # some have several lines
            self.shapes = list(map(shape_of, values))

    def some(self, numbers: Sequence[int]) -> Shaped:
        """The values of these numbers, in rising order."""
        if len(numbers) == len(self.values):
            return self
        return Shaped([self.values[number] for number in numbers])


def lines(shapes: Iterable[bytes]) -> str:
    """Shapes as a text in which a pattern of :func:`shape` searches."""
    return b"\n".join(shapes).decode("latin-1")
