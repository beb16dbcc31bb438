"""Bytes -> tables and texts: whole, streaming, bounded; one module for each format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source

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

_MODULES = {"csv": "delimited", "xlsx": "workbook", "json": "tree", "pdf": "pdf", "text": "text"}
#: What the content of a file of each format may look like.
_AGREES = {
    "csv": {"words"},
    "json": {"json"},
    "text": {"words", "json", "html"},
    "xlsx": {"zip"},
    "pdf": {"pdf"},
}
#: What a file without extension is read as.
_NAMELESS = {"words": "csv", "json": "json", "zip": "xlsx", "pdf": "pdf"}
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]\d-])')
_HTML = re.compile(r"\s*<(?:!doctype html|html)", re.IGNORECASE)
#: The stream in which Office keeps a workbook that has a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All cells of ``source`` in batches.

    ``is_value`` tells whether a header or a key is personal data itself, and so names no column.
    Raises Unreadable at once where there is no reader, or on the way where reading must stop.
    """
    if not source.size:
        raise Unreadable("empty")
    if source.size > limits.max_bytes:
        raise Unreadable("too_large")
    return _reader(_format(source))(source, limits, is_value)


def _reader(name: str) -> Reader:
    """The reader of a format, imported when a file asks for it."""
    return cast(Reader, import_module(f".{_MODULES[name]}", __name__).read)


def _format(source: Source) -> str:
    """The format that name and content agree on; raises Unreadable where they do not."""
    named = EXTENSIONS.get(source.extension)
    seen = _content(source)
    if named is None:
        if source.extension or seen not in _NAMELESS:
            raise Unreadable("unknown_format")
        return _NAMELESS[seen]
    if seen in _AGREES[named]:
        return named
    if seen == "locked" and named == "xlsx":
        raise Unreadable("encrypted")
    if seen == "bytes":
        raise Unreadable("corrupt" if named in ("xlsx", "pdf") else "binary")
    raise Unreadable("wrong_extension")


def _content(source: Source) -> str:
    """What the first bytes say: a format, ``zip``, ``html``, ``words``, or only ``bytes``."""
    head, start = source.head, source.start.removeprefix("\ufeff")
    if head.startswith(b"%PDF-") or (source.extension == "pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "locked" if _LOCKED in head else "ole"
    if source.encoding is None:
        return "bytes"
    if _HTML.match(start):
        return "html"
    return "json" if _JSON.match(start) else "words"
