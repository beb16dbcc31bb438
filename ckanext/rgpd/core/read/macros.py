"""The programs inside Office files: their source, with the names, addresses and passwords in it.

Source: [MS-OVBA] 2.3.4 (where modules are) and 2.4.1 (how they are compressed).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.text import documents

NAME = "(macros)"
#: How an OLE file begins.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST = 64 * 1024**2
#: The start of a module: a mark, the size of the first piece, then its first words.
_MODULE = re.compile(rb"\x01..\x00Attribut", re.DOTALL)
_PIECE_MARK = 3


def macros(data: bytes, limits: Limits) -> Iterator[Batch]:
    """The source of each module in ``data``, an OLE file; raises Unreadable, OSError, ValueError
    where it is broken.
    """
    import olefile

    texts: list[tuple[str, str]] = []
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        for path in file.listdir():
            content = file.openstream(path).read()
            start = _MODULE.search(content)
            if start:
                source = unpacked(content[start.start() :], min(_LARGEST, limits.max_text_chars))
                texts.append((source.decode("cp1252", "replace"), f"macro {path[-1]}"))
    yield from documents(texts, NAME)


def unpacked(data: bytes, most: int) -> bytes:
    """A compressed container, at most ``most`` bytes of it."""
    found, at = bytearray(), 1
    while at + 2 <= len(data):
        header = int.from_bytes(data[at : at + 2], "little")
        if header >> 12 & 7 != _PIECE_MARK:
            break
        end = min(at + (header & 0xFFF) + 3, len(data))
        found += _piece(data[at + 2 : end]) if header >> 15 else data[at + 2 : end]
        if len(found) > most:
            raise Unreadable("too_large", "macros")
        at = end
    return bytes(found)


def _piece(data: bytes) -> bytes:
    """One piece: eight marks in a byte say which of the next are letters, which repetitions."""
    found, at = bytearray(), 0
    while at < len(data):
        marks, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if marks >> bit & 1:
                _repeat(found, int.from_bytes(data[at : at + 2], "little"))
                at += 2
            else:
                found.append(data[at])
                at += 1
    return bytes(found)


def _repeat(found: bytearray, token: int) -> None:
    """Adds what stands ``offset`` before the end once more; the two numbers share 16 bits."""
    bits = max(4, (len(found) - 1).bit_length())
    offset, length = (token >> 16 - bits) + 1, (token & 0xFFFF >> bits) + 3
    if offset > len(found):
        raise ValueError("repetition")
    for _ in range(length):
        found.append(found[-offset])
