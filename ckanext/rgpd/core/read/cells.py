"""What every reader gives: cells by column, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cells:
    """Some cells of one column, in reading order.

    ``table`` groups the columns that stand side by side; ``index`` counts from 0; ``header`` is
    what the file calls the column ("" where nothing does), ``name`` what a report calls it.
    ``place`` gives the place of the n-th of ``values``. The cells of a heading (the header itself,
    lines above it) are values too, but no rows of the table. ``text`` marks a document.
    """

    table: str
    index: int
    header: str
    name: str
    values: Sequence[str]
    place: Callable[[int], str]
    heading: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one table; a document's pages and lines are rows of its only column."""

    rows: int
    cells: Sequence[Cells]


@dataclass(frozen=True, slots=True)
class Limits:
    """Where reading stops, so that no file exhausts the machine."""

    max_bytes: int = 4 * 1024**3
    max_cells: int = 500_000_000
    max_cell_chars: int = 2_000_000
    max_columns: int = 20_000
    max_text_chars: int = 50_000_000
    max_unpacked_bytes: int = 4 * 1024**3
    max_shared_bytes: int = 512 * 1024**2
    max_pages: int = 20_000
    max_members: int = 10_000
    max_depth: int = 4
