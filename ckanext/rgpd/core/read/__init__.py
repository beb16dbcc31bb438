"""Bytes -> tables and texts: whole, streaming, bounded; one module for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.formats import EXTENSIONS as EXTENSIONS
from ckanext.rgpd.core.read.formats import format_of
from ckanext.rgpd.core.read.source import Source

Reader = Callable[[Source, Limits, Callable[[str], bool]], Iterator[Batch]]


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All cells of ``source`` in batches.

    ``is_value`` tells whether a header or a key is personal data itself, and so names no column.
    Raises Unreadable at once where there is no reader, or on the way where reading must stop.
    """
    if not source.size:
        raise Unreadable("empty")
    if source.size > limits.max_bytes:
        raise Unreadable("too_large")
    return reader(format_of(source).module)(source, limits, is_value)


def reader(module: str) -> Reader:
    """The reader of a format, imported when a file asks for it."""
    return cast(Reader, import_module(f".{module}", __name__).read)
