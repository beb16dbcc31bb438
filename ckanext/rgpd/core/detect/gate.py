"""Cheap questions that rule out most texts before a pattern is tried on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

#: A digit, a capital, a small letter: what a shape tells apart. Other characters stay.
_AS_SHAPE = bytes.maketrans(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    b"9" * 10 + b"A" * 26 + b"a" * 26,
)
_SHAPE_PARTS = {"L": r"(?<![9Aa])", "R": r"(?![9Aa])", "S": r"[^9Aa\n]{0,3}"}
_AS_NINE = bytes.maketrans(b"012345678ABab", b"9" * 13)
# Separators, and the bytes of the no-break spaces in UTF-8.
_SEPARATORS = b" .-/()\t\xc2\xa0\xe2\x80\xaf"


def has_digits(count: int) -> Callable[[str], bool]:
    """A gate for ``count`` digits in a row, separators set aside; Corsica's A and B count too.

    >>> has_digits(10)("06 39 98 00 12"), has_digits(10)("06 39 98 00")
    (True, False)
    """
    run = b"9" * count

    return lambda text: run in _without_separators(text)


@lru_cache(maxsize=4)
def _without_separators(text: str) -> bytes:
    """``text`` with a nine for each digit: several gates ask for it, one after the other."""
    return text.encode("utf-8", "replace").translate(_AS_NINE, _SEPARATORS)


def has(part: str) -> Callable[[str], bool]:
    """A gate for ``part`` somewhere in the text."""
    return lambda text: part in text


_ANY_DIGIT = re.compile("[0-9]")


def any_digit(text: str) -> bool:
    """A gate for at least one digit.

    >>> any_digit("AB-1"), any_digit("Mairie")
    (True, False)
    """
    return _ANY_DIGIT.search(text) is not None


def shape(pattern: str) -> re.Pattern[str]:
    """A pattern over shapes: ``L`` and ``R`` bound it, ``S`` is a separator or none.

    >>> bool(shape("LAAS999SAAR").search("99\\nAA 999 AA"))
    True
    """
    return re.compile("".join(_SHAPE_PARTS.get(char, char) for char in pattern))


#: Shapes of one column that are remembered.
SHAPES = 2_000


class Shaped:
    """Some values of a column with their shapes, of which a column has few.

    >>> Shaped(["AB-12", "CD-34"]).shapes
    [b'AA-99', b'AA-99']
    """

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values
        self.joined = "\n".join(values)
        lines = self.joined.encode("utf-8", "replace").translate(_AS_SHAPE)
        self.shapes = lines.split(b"\n")

    @property
    def one_line_each(self) -> bool:
        """Whether each value has its shape."""
        return len(self.shapes) == len(self.values)

    def besides(self, dull: set[bytes]) -> set[bytes]:
        """The shapes that are not ``dull``."""
        return set(self.shapes).difference(dull)

    def of(self, alive: set[bytes]) -> Shaped:
        """The values that have one of these shapes."""
        pairs = zip(self.values, self.shapes, strict=True)
        return Shaped([value for value, shape in pairs if shape in alive])


def lines(shapes: Iterable[bytes]) -> str:
    """Shapes as a text in which a pattern of :func:`shape` searches."""
    return b"\n".join(shapes).decode("latin-1")
