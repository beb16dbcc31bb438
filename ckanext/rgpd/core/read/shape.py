"""Shapefiles: the places of points; lines, surfaces and indexes hold figures only.

Source: ESRI Shapefile Technical Description, 1998.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table

_HEADER = 100
_POINTS = (1, 11, 21)


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """A row for each point of a ``.shp``; nothing of what has no word and no place."""
    if source.extension != "shp":
        return
    rows = _points(source)
    yield from Table("", rows, limits, is_value).batches(("x", "y"))


def _points(source: Source) -> Iterator[list[str]]:
    source.file.seek(_HEADER)
    while len(head := source.file.read(8)) == 8:
        size = 2 * struct.unpack(">I", head[4:])[0]
        record = source.file.read(min(size, 20))
        source.file.seek(max(0, size - 20), 1)
        source.done = source.file.tell()
        if len(record) < min(size, 20) or size < 4 or source.done > source.size:
            raise Unreadable("corrupt", "record")
        if struct.unpack("<i", record[:4])[0] in _POINTS and len(record) == 20:
            x, y = struct.unpack("<2d", record[4:])
            yield [str(x), str(y)]
