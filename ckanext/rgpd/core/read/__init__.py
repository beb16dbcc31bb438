"""Bytes -> tables and texts: whole, streaming, bounded; one module for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..errors import Unreadable
from .cells import Batch, Limits
from .source import Source

Reader = Callable[[Source, Limits, Callable[[str], bool]], Iterator[Batch]]

#: Extension -> format.
EXTENSIONS = {
    "csv": "csv",
    "tsv": "csv",
    "tab": "csv",
    "xlsx": "xlsx",
    "json": "json",
    "geojson": "json",
    "jsonl": "json",
    "ndjson": "json",
    "pdf": "pdf",
    "txt": "text",
    "md": "text",
}


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All cells of ``source`` in batches.

    ``is_value`` tells whether a header or a key is personal data itself, and so no name of a column.
    Raises Unreadable at once where there is no reader, or on the way where reading must stop.
    """
    if not source.size:
        raise Unreadable("empty")
    if source.size > limits.max_bytes:
        raise Unreadable("too_large")
    return _reader(_format(source))(source, limits, is_value)


def _format(source: Source) -> str:
    """The format that name and content agree on; raises Unreadable where they do not."""
    named = EXTENSIONS.get(source.extension)
    seen = _content(source)
    if named is None:
        if source.extension or seen in ("binary", "plain", "zip", "ole"):
            raise Unreadable("unknown_format")
        return seen
    if named == seen or (named in ("csv", "json", "text") and seen == "plain"):
        return named
    if named == "text" and seen in ("json", "html"):
        return named
    if named == "xlsx":
        _refuse_workbook(source, seen)
    if seen == "binary":
        raise Unreadable("binary" if named in ("csv", "json", "text") else "corrupt")
    raise Unreadable("wrong_extension")
