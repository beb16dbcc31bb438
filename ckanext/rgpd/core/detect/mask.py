"""Masked examples: enough to recognise the kind of value, never the value."""

from __future__ import annotations

import re

_CHAR = re.compile(r"\w")


def shape(value: str, shown: int) -> str:
    """The first ``shown`` letters or digits, then one star for each other.

    >>> shape("1 85 05 78 006 084 91", 1)
    '1 ** ** ** *** *** **'
    """
    left = shown

    def star(match: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        return match.group() if left >= 0 else "*"

    return _CHAR.sub(star, value)


def email(value: str) -> str:
    """
    >>> email("jeanne.exemple@mairie.fr")
    'j***@***.fr'
    """
    return f"{value[:1]}***@***.{value.rpartition('.')[2]}"


def name(value: str) -> str:
    """The first letter of each word, however long the word.

    >>> name("Jeanne d'Exemple-Made")
    'J*** d***'
    """
    return " ".join(f"{word[:1]}***" for word in value.split()[:4])
