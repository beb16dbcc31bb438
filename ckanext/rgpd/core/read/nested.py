"""A file inside a file: read like any other, its name before the names of its columns."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, BinaryIO, cast

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.source import Source, examine

_IN_MEMORY = 32 * 1024**2
_CHUNK = 256 * 1024


def inner(
    stream: IO[bytes],
    name: str,
    outer: Source,
    limits: Limits,
    is_value: Callable[[str], bool],
) -> Iterator[Batch]:
    """The file in ``stream``, called ``name``; raises Unreadable like any reading.

    It is copied to memory, or when it is long to a file that has no name.
    """
    from ckanext.rgpd.core.read import read

    if outer.depth >= limits.max_depth:
        raise Unreadable("too_large", f"more than {limits.max_depth} files in one another")
    with _copy(stream, limits.max_unpacked_bytes) as copy:
        size = copy.tell()
        if not size:
            return
        source = examine(copy, name, limits)
        source.depth, source.charset = outer.depth + 1, outer.charset
        left = replace(limits, max_unpacked_bytes=limits.max_unpacked_bytes - size)
        title = shown(name, is_value)
        try:
            for batch in read(source, left, is_value):
                yield Batch(batch.rows, [_inside(title, cells) for cells in batch.cells])
        finally:
            for kind, places in source.notes.items():
                for place in places:
                    outer.note(kind, f"{title}, {place}" if place else title)


def shown(name: str, is_value: Callable[[str], bool]) -> str:
    """The name of a member as a report may show it."""
    return "*" if is_value(name) else name.replace("\0", "")


def _copy(stream: IO[bytes], most: int) -> BinaryIO:
    """What is in ``stream``; raises Unreadable past ``most`` bytes."""
    copy: BinaryIO = io.BytesIO()
    while chunk := stream.read(_CHUNK):
        if copy.tell() + len(chunk) > most:
            raise Unreadable("too_large", "unpacked size")
        if isinstance(copy, io.BytesIO) and copy.tell() > _IN_MEMORY:
            start = copy.getvalue()
            copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - inner() closes it
            copy.write(start)
        copy.write(chunk)
    return copy


def _inside(name: str, cells: Cells) -> Cells:
    return replace(cells, table=f"{name}!{cells.table}", name=f"{name}!{cells.name}")
