"""Numbers given out at random or by a whole country, told from an office's own file numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_SAMPLE = 2_000
_LEAST = 20
#: Different characters at each place; the tens of a year are 0, 1 and 2.
_DIFFERENT = 3


def is_scattered(values: Iterable[str]) -> bool:
    """Whether, among the first values of one length, no letter or digit stays the same.

    >>> is_scattered(f"{n % 30:02}{'ABCDEFG'[n % 7]}{'KLMNP'[n % 5]}{n * 4321 % 90000:05}"
    ...              for n in range(90))
    True
    >>> is_scattered(f"24AB{n:05}" for n in range(90))
    False
    """
    by_length: dict[int, set[str]] = {}
    for value in islice(values, _SAMPLE):
        bare = "".join(filter(str.isalnum, value)).upper()
        by_length.setdefault(len(bare), set()).add(bare)
    return any(_no_place_is_fixed(group) for group in by_length.values() if len(group) >= _LEAST)


def _no_place_is_fixed(group: set[str]) -> bool:
    return all(len(set(place)) >= _DIFFERENT for place in zip(*group, strict=True))
