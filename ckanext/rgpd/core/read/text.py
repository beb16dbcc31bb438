"""Plain text and Markdown, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.source import Source

NAME = "(document)"
_PARAGRAPH = 4_000
_BATCH_CHARS = 500_000


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Each paragraph, at the line where it begins."""
    lines = source.text(longest_line=limits.max_cell_chars * 4)
    yield from documents((text, f"line {line}") for line, text in _paragraphs(lines))


def documents(
    parts: Iterable[tuple[str, str]], name: str = NAME, text: bool = True
) -> Iterator[Batch]:
    """Parts of one document with their places, in batches; short notes are no ``text``."""
    texts, places, length = list[str](), list[str](), 0
    for part, place in parts:
        texts.append(part)
        places.append(place)
        length += len(part)
        if length > _BATCH_CHARS:
            yield document(texts, places, name, text)
            texts, places, length = [], [], 0
    if texts:
        yield document(texts, places, name, text)


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


def document(
    texts: Sequence[str], places: Sequence[str], name: str = NAME, text: bool = True
) -> Batch:
    """Parts of one document, as rows of its only column."""
    table = "" if name == NAME else name
    column = Cells(table, 0, "", name, texts, places.__getitem__, text=text)
    return Batch(len(texts), [column])
