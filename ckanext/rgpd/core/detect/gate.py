"""Cheap questions that rule out most texts before a pattern is tried on them."""

from __future__ import annotations

import re
from collections.abc import Callable

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
