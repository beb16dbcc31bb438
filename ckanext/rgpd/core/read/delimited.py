"""CSV, TSV and their like: any delimiter, any of the usual encodings."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table

_DELIMITERS = ";,\t|"
#: Rarer ones are believed where nearly all lines are cut alike.
_RARE = "$~^¤§"
#: A character no file holds: the whole line is one cell.
_NONE = "\x1f"
#: From these on, the lines of a text are rows.
_FEWEST_LINES = 4
_MOST_LINES = 0.9
_FEWEST_CELLS = 3


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All rows; raises Unreadable with the row where a limit stopped the reading."""
    csv.field_size_limit(limits.max_cell_chars)
    lines = source.text(limits.max_cell_chars * 4)
    reader = csv.reader(lines, delimiter=delimiter(source))
    table = Table("", reader, limits, is_value)
    try:
        yield from table.batches()
    except csv.Error as e:
        problem = "too_large" if "limit" in str(e) else "corrupt"
        raise Unreadable(problem, f"line {reader.line_num}") from e


def delimiter(source: Source) -> str:
    """The character that cuts most of the first lines into the same number of cells."""
    lines = source.start.splitlines(keepends=True)
    if len(lines) > 1 and re.fullmatch(r"sep=\S\s*", lines[0], re.IGNORECASE):
        return lines[0][4]
    if source.size > len(source.head):
        lines = lines[:-1]  # cut in the middle
    scores = {sign: _regularity(lines[:200], sign) for sign in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda sign: scores[sign])
    if scores[best][0] >= _MOST_LINES:
        return best
    rare = max(_RARE, key=lambda sign: _regularity(lines[:200], sign))
    if _cuts_rows(*_regularity(lines[:200], rare)):
        return rare
    return best if scores[best][0] >= 0.3 else _NONE


def is_table(source: Source) -> bool:
    """Whether the lines of a text are the rows of a table: nearly all have as many cells."""
    lines = [line for line in source.start.splitlines(keepends=True)[:200] if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return False
    return _cuts_rows(*max(_regularity(lines, sign) for sign in _DELIMITERS))


def _cuts_rows(share: float, width: int) -> bool:
    return share >= _MOST_LINES and width >= _FEWEST_CELLS


def _regularity(lines: list[str], sign: str) -> tuple[float, int]:
    """The share of rows that have the commonest width above one, and that width."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
    except csv.Error:
        return (0.0, 0)
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return (0.0, 0)
    count, width = max(several)
    return (round(count / sum(widths.values()), 1), width)
