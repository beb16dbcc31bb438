"""dBase tables, as they lie beside a shapefile: every record, deleted ones too."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.table import Table

_VERSIONS = frozenset((0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x83, 0x8B, 0xF5))
_END_OF_FIELDS = 0x0D
#: The byte that says in which letters it is written (dBase's own, and ESRI's).
_CHARSETS = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252"}
_READ_AT_ONCE = 1024
#: Kinds whose bytes are no digits or letters.
_BINARY = {"I": "<i", "+": ">i", "O": ">d", "B": "<d"}


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    kind: str
    start: int
    size: int


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All records; raises Unreadable where the header or the length is wrong."""
    start, size, fields = _header(source.head)
    charset = _charset(source, start)
    titles = [field.name.decode(charset, "replace").strip() for field in fields]
    rows = _rows(source, start, size, fields, charset)
    yield from Table("", rows, limits, is_value).batches(titles)


def _header(head: bytes) -> tuple[int, int, list[_Field]]:
    """Where records start, how long one is, and the fields in it."""
    if len(head) < 65 or head[0] not in _VERSIONS:
        raise Unreadable("corrupt", "header")
    start, size = struct.unpack("<HH", head[8:12])
    fields, at, place = list[_Field](), 32, 1
    while at + 32 <= min(start, len(head)) and head[at] != _END_OF_FIELDS:
        name = head[at : at + 11].partition(b"\0")[0]
        kind, length = chr(head[at + 11]), head[at + 16]
        # Long text fields keep the high byte of their length where others keep decimals.
        length += 256 * head[at + 17] if kind == "C" else 0
        fields.append(_Field(name, kind, place, length))
        place += length
        at += 32
    if not fields or place > size or start < at:
        raise Unreadable("corrupt", "header")
    return start, size, fields


def _charset(source: Source, start: int) -> str:
    named = source.charset.lower().replace("ansi ", "cp")
    named = f"cp{named}" if named.isdigit() else named
    try:
        return codecs.lookup(named).name
    except LookupError:
        pass
    if source.head[29] in _CHARSETS:
        return _CHARSETS[source.head[29]]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(source.head[start:])
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _rows(
    source: Source, start: int, size: int, fields: list[_Field], charset: str
) -> Iterator[list[str]]:
    source.file.seek(start)
    while chunk := source.file.read(size * _READ_AT_ONCE):
        if chunk.rstrip(b"\x1a\0") == b"":
            return
        source.done = source.file.tell()
        for at in range(0, len(chunk), size):
            record = chunk[at : at + size]
            if len(record) == size:
                yield [_value(record, field, charset) for field in fields]
            elif record.rstrip(b"\x1a\0 \r\n"):
                raise Unreadable("corrupt", "last record")


def _value(record: bytes, field: _Field, charset: str) -> str:
    data = record[field.start : field.start + field.size]
    form = _BINARY.get(field.kind)
    if form and struct.calcsize(form) == field.size:
        return str(struct.unpack(form, data)[0])
    text = data.decode(charset, "replace").strip(" \0")
    if field.kind == "D" and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text
