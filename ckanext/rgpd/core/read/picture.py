"""What a picture says beside its dots: who took it, where, and what was written about it.

The dots themselves are never read: a picture always ends as one that was not read whole.
Sources: Exif 3.0, TIFF 6.0, PNG (ISO/IEC 15948), XMP part 3.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.exif import POSITION, tags
from ckanext.rgpd.core.read.missed import BROKEN
from ckanext.rgpd.core.read.properties import properties
from ckanext.rgpd.core.read.source import PLACE_TAKEN, Source
from ckanext.rgpd.core.read.xmltext import texts

_LARGEST = 256 * 1024**2
_LARGEST_TEXT = 4 * 1024**2
_XMP = re.compile(rb"<x:xmpmeta.{0,1000000}?</x:xmpmeta>", re.DOTALL)
_XMP_ATTRIBUTES = frozenset("Credit Source Author Artist creator OwnerName City Country".split())
_IPTC = re.compile(rb"\x1c\x02[\x05-\xff]\x00([\x01-\xff])")

Property = tuple[str, str]


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """The properties; then raises Unreadable, as nobody here looks at the picture."""
    if source.size > _LARGEST:
        raise Unreadable("too_large", "size")
    source.file.seek(0)
    data = source.file.read()
    try:
        found = [*_written(data), *_xmp(data)]
    except BROKEN as e:
        raise Unreadable("corrupt", "properties") from e
    if any(name == POSITION for name, _ in found):
        source.note(PLACE_TAKEN)
    yield from properties(found, is_value)
    raise Unreadable("no_text_layer")


def _written(data: bytes) -> Iterator[Property]:
    if data.startswith(b"\x89PNG"):
        yield from _png(data)
    elif data.startswith(b"\xff\xd8"):
        yield from _jpeg(data)
    elif data[:4] in (b"II*\0", b"MM\0*"):
        yield from tags(data)
    elif data.startswith(b"RIFF"):
        start = data.find(b"EXIF")
        if start > 0:
            yield from tags(data[start + 8 :].removeprefix(b"Exif\0\0"))


def _jpeg(data: bytes) -> Iterator[Property]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        part = data[at + 4 : at + 2 + size]
        if marker == 0xDA or size < 2:
            return
        if marker == 0xE1 and part.startswith(b"Exif\0\0"):
            yield from tags(part[6:])
        elif marker == 0xED:
            yield from _iptc(part)
        elif marker == 0xFE:
            yield "comment", part.decode("utf-8", "replace")
        at += 2 + size


def _iptc(part: bytes) -> Iterator[Property]:
    """The short texts of IPTC-IIM: caption, author, credit."""
    for number, match in enumerate(_IPTC.finditer(part), 1):
        text = part[match.end() : match.end() + match[1][0]]
        yield f"iptc{number}", text.decode("utf-8", "replace")


def _png(data: bytes) -> Iterator[Property]:
    at = 8
    while at + 12 <= len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        kind, part = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"eXIf":
            yield from tags(part)
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            key, _, rest = part.partition(b"\0")
            yield key.decode("latin-1"), _png_text(kind, rest)
        at += 12 + size


def _png_text(kind: bytes, rest: bytes) -> str:
    if kind == b"tEXt":
        return rest.decode("latin-1")
    packed = kind == b"zTXt" or rest[:1] == b"\1"
    text = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\0", 2)[-1]
    if packed:
        inflate = zlib.decompressobj()
        text = inflate.decompress(text, _LARGEST_TEXT)
        if inflate.unconsumed_tail:
            raise Unreadable("too_large", "properties")
    return text.decode("utf-8", "replace")


def _xmp(data: bytes) -> Iterator[Property]:
    for match in _XMP.finditer(data):
        words = texts(io.BytesIO(match[0]), ("li",), _XMP_ATTRIBUTES)
        for number, text in enumerate(words, 1):
            yield f"xmp{number}", text
