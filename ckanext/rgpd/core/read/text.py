"""Plain text and Markdown, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.source import Source

NAME = "(document)"
_PARAGRAPH = 4_000
_BATCH_CHARS = 500_000


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Each paragraph, at the line where it begins."""
    texts, places, length = list[str](), list[str](), 0
    for line, text in _paragraphs(source.text(longest_line=limits.max_cell_chars * 4)):
        texts.append(text)
        places.append(f"line {line}")
        length += len(text)
        if length > _BATCH_CHARS:
            yield document(texts, places)
            texts, places, length = [], [], 0
    if texts:
        yield document(texts, places)


def _paragraphs(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    first, parts, length = 1, list[str](), 0
    for number, line in enumerate(lines, 1):
        if parts and (not line.strip() or length > _PARAGRAPH):
            yield first, "".join(parts)
            parts, length = [], 0
        if line.strip():
            first = first if parts else number
            parts.append(line)
            length += len(line)
    if parts:
        yield first, "".join(parts)


def document(texts: Sequence[str], places: Sequence[str]) -> Batch:
    """Parts of one document, as rows of its only column."""
    column = Cells("", 0, "", NAME, texts, places.__getitem__, text=True)
    return Batch(len(texts), [column])
