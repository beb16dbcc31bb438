"""Cheap questions that rule out most texts before a pattern is tried on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

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

    def gate(text: str) -> bool:
        return run in text.encode("utf-8", "replace").translate(_AS_NINE, _SEPARATORS)

    return gate


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

    >>> bool(shape("LAAS999SAAR").search(shapes(["12", "AB 123 CD"])))
    True
    """
    return re.compile("".join(_SHAPE_PARTS.get(char, char) for char in pattern))


def shapes(values: Sequence[str]) -> str:
    """The different shapes of ``values``, one a line; those of a whole column are few.

    >>> shapes(["AB-12", "CD-34"])
    'AA-99'
    """
    lines = "\n".join(values).encode("utf-8", "replace").translate(_AS_SHAPE)
    return b"\n".join(set(lines.split(b"\n"))).decode("latin-1")
