"""Words of headers and sentences: without accents, in lower case, whole."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

# A search is quick where the first sign is known, so what stands before the capital comes last.
_CAMEL = re.compile(r"([A-Z])(?:(?<=[a-z0-9].)|(?<=[A-Z].)(?=[a-z]))")
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """``text`` in lower case and without accents.

    >>> fold("Prénom")
    'prenom'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(filterfalse(unicodedata.combining, decomposed)).lower()


def words(text: str) -> tuple[str, ...]:
    """The words of a header or a sentence, ``camelCase`` and ``snake_case`` taken apart.

    >>> words("Nom de l'élu"), words("nomCandidat"), words("TEL_FIXE")
    (('nom', 'de', 'l', 'elu'), ('nom', 'candidat'), ('tel', 'fixe'))
    """
    return tuple(_WORD.findall(fold(_CAMEL.sub(r" \1", text))))
