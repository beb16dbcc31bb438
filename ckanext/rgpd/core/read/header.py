"""Which row names the columns, and whether one does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ckanext.rgpd.core.words import words

Row = Sequence[str]

_HEADING_ROWS = 20
_LONGEST_NAME = 200
#: Words that head columns; a row that holds one is a header.
_WORDS = frozenset(
    "id identifiant nom noms name prenom prenoms code libelle date type adresse commune ville "
    "cp postal departement region siret siren email mail courriel telephone tel latitude "
    "longitude lat lon montant annee numero num nombre valeur titre description statut "
    "categorie service lieu zone url site pays quantite total objet sexe civilite age "
    "reference ref email firstname lastname address city country year status title value age "
    "nature quartier secteur objet theme horaire horaires gestionnaire proprietaire acces public "
    "responsable organisme structure producteur source observation observations remarque "
    "commentaire commentaires etat famille genre espece debut fin duree periode jour mois".split()
)
#: Rows from which values are known to return, and how often they then do.
_SEVERAL = 8
_RETURNS = 3
_NUMBERED = re.compile(r"[a-z_]+\d{1,3}", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+")


def header_row(rows: Sequence[Row], is_value: Callable[[str], bool]) -> int | None:
    """The position in ``rows`` of the header, or None where the first rows are data.

    Rows narrower than the table before it are a preamble. ``is_value`` tells personal data.
    """
    widths = Counter(_width(row) for row in rows if _width(row))
    if not widths:
        return None
    width = max(widths, key=lambda width: (widths[width], width))
    first = next(
        (n for n, row in enumerate(rows[:_HEADING_ROWS]) if _filled(row) > 0.6 * width), None
    )
    if first is None:
        return None
    body = [row for row in rows[first + 1 :] if row != rows[first]]
    return first if _names_columns(rows[first], body, is_value) else None


def is_second_header(row: Row, body: Sequence[Row], is_value: Callable[[str], bool]) -> bool:
    """Whether ``row``, the first under a header, says once more what the columns are.

    No figure is in it; more than half of its cells stand over figures or are words of headers.
    """
    filled = [(index, cell) for index, cell in enumerate(row) if cell.strip()]
    if len(filled) < 2 or len(body) < 2:
        return False
    if any(_is_figure(cell) or is_value(cell) or len(cell) > _LONGEST_NAME for _, cell in filled):
        return False
    telling = 0
    for index, cell in filled:
        below = [other[index] for other in body if index < len(other) and other[index].strip()]
        if cell in below:
            return False
        heads = bool(_WORDS.intersection(words(cell)))
        telling += heads or bool(below and _stands_over_figures(below))
    return 2 * telling > len(filled)


def _width(row: Row) -> int:
    return max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _names_columns(row: Row, body: Sequence[Row], is_value: Callable[[str], bool]) -> bool:
    for_header = against = 0
    for index, cell in enumerate(row):
        if not cell.strip():
            continue
        below = [other[index] for other in body if index < len(other) and other[index].strip()]
        if _is_figure(cell) or is_value(cell) or len(cell) > _LONGEST_NAME:
            against += 2
        elif _WORDS.intersection(words(cell)) or _stands_over_figures(below):
            for_header += 3
        elif _stands_over_others(cell, below):
            for_header += 1
        elif below:
            against += _looks_like_the_rest(cell, below) + (cell in below)
    return for_header >= against


def _is_figure(cell: str) -> bool:
    """Whether it is a number, a date or a code rather than a word, numbered or not."""
    digits = sum(char.isdigit() for char in cell)
    letters = sum(char.isalpha() for char in cell)
    return digits > letters and not _NUMBERED.fullmatch(cell.strip())


def _stands_over_figures(below: Sequence[str]) -> bool:
    return sum(map(_is_figure, below)) > 0.8 * len(below)


def _stands_over_others(cell: str, below: Sequence[str]) -> bool:
    """Whether ``below`` are a few values that return, and this is none of them, or sentences."""
    if len(below) < _SEVERAL or cell in below:
        return False
    few = _RETURNS * len(set(below)) <= len(below)
    return few or _RETURNS * len(cell) <= min(map(len, below))


def _looks_like_the_rest(cell: str, below: Sequence[str]) -> bool:
    if cell in below:
        return True
    same = sum(_case(cell) == _case(other) for other in below)
    shortest, longest = min(map(len, below)), max(map(len, below))
    return same > 0.8 * len(below) and shortest / 2 <= len(cell) <= 2 * longest


def _case(cell: str) -> str:
    """How a cell is written: letters by case, and what separates them."""
    text = _TOKEN.sub(_letters, cell)
    return re.sub(r"\d+", "0", text) if len(text) < 40 else "long"


def _letters(word: re.Match[str]) -> str:
    if word[0].isupper():
        return "A"
    return "Aa" if word[0].istitle() else "a"


def column_name(title: str, index: int, is_value: Callable[[str], bool]) -> str:
    """The header as in the file, or ``col_N`` where there is none or it is personal data itself."""
    # No database takes the character zero.
    title = title.replace("\0", "")
    if not title.strip() or len(title) > _LONGEST_NAME or is_value(title):
        return f"col_{index + 1}"
    return title.strip()
