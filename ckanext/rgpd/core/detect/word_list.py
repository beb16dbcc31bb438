"""The word lists in ``data``: read when first asked for, kept as sets.

Each is a compressed text: lines with ``#`` give origin, date, licence and coverage; then a line a
section, its name first. ``dev/word_lists.py`` writes them.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

from ckanext.rgpd.core.words import fold

DATA = Path(__file__).parent / "data"
_LETTERS = re.compile(r"[a-z]+")


def key(text: str) -> str:
    """How ``text`` stands in a list.

    >>> key("Marie-Françoise"), key("D'Exemple")
    ('marie francoise', 'd exemple')
    """
    return " ".join(_LETTERS.findall(text.lower() if text.isascii() else fold(text)))


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """The sections of the list ``name``."""
    text = gzip.decompress((DATA / f"{name}.txt.gz").read_bytes()).decode("ascii")
    lines = [line.split(",") for line in text.splitlines() if not line.startswith("#")]
    return {line[0]: frozenset(line[1:]) for line in lines}
