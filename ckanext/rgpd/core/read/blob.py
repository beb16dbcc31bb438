"""Bytes inside a cell: words, a geometry, or something that nobody here can read."""

from __future__ import annotations

import struct

_POINT = 1
#: The longest code of a kind of geometry, with height and measure.
_LAST_KIND = 3017
#: Bytes of the envelope in a GeoPackage's header, by its kind.
_ENVELOPES = (0, 32, 48, 48, 64)


def words_in(data: bytes) -> str | None:
    """The words; the place of a point; "" for other geometries; None where it is none of these.

    Formats: OGC 06-103r4 §8.2 (WKB), OGC 12-128r18 §2.1.3 (GeoPackage).
    """
    if data[:2] == b"GP" and len(data) >= 8:
        size = (data[3] >> 1) & 7
        if size < len(_ENVELOPES):
            return _geometry(data[8 + _ENVELOPES[size] :])
    if (place := _geometry(data)) is not None:
        return place
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _geometry(data: bytes) -> str | None:
    if len(data) < 9 or data[0] > 1:
        return None
    order = "<" if data[0] else ">"
    kind = struct.unpack(f"{order}I", data[1:5])[0] & 0x0FFFFFFF
    if not 0 < kind <= _LAST_KIND or not 0 < kind % 1000 <= 17:
        return None
    if kind % 1000 == _POINT and len(data) >= 21:
        x, y = struct.unpack(f"{order}2d", data[5:21])
        return f"{y}, {x}"
    return ""
