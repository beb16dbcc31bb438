"""A file to read: its size, its hash, how its bytes become text."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Limits
from ckanext.rgpd.core.read.encoding import AS_CP1252, DOUBLE, Census, Repair, codec

_CHUNK = 256 * 1024
_HEAD = 64 * 1024
#: Kinds of notes (:data:`ckanext.rgpd.core.types.NOTES`).
REPAIRED = "repaired"
PICTURES = "pictures"
PLACE_TAKEN = "place_taken"
_MOST_NOTES = 10_000


@dataclass(slots=True)
class Source:
    """A seekable file, examined once. ``encoding`` is None where the bytes are no text.

    ``depth`` counts the files around it, ``charset`` is what stands beside it about its letters.
    ``notes`` are the places of what a reader of the report should know, by kind.
    """

    file: BinaryIO
    name: str
    size: int
    sha256: str
    head: bytes
    encoding: str | None
    done: int = 0
    depth: int = 0
    charset: str = ""
    notes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def extension(self) -> str:
        """The end of the name, as :func:`extension` gives it."""
        return extension(self.name)

    @property
    def start(self) -> str:
        """The first characters, or "" where the bytes are no text."""
        if self.encoding is None:
            return ""
        head = Repair().feed(self.head) if self.encoding == DOUBLE else self.head
        return head.decode(codec(self.encoding), errors="ignore")

    def note(self, kind: str, place: str = "") -> None:
        """Something that does not stop the reading."""
        places = self.notes.setdefault(kind, [])
        if place not in places[-1:] and len(places) < _MOST_NOTES:
            places.append(place)

    def text(self, longest_line: int) -> TextIO:
        """The content from its start, line ends untouched; that it was repaired is noted.

        Reading raises Unreadable where a line is longer than ``longest_line`` bytes.
        """
        if self.encoding == DOUBLE:
            self.note(REPAIRED)
        raw = io.BufferedReader(_Meter(self, longest_line), _CHUNK)
        name = codec(self.encoding)
        wrong = AS_CP1252 if name.startswith("utf-8") else "replace"
        return io.TextIOWrapper(raw, name, errors=wrong, newline="")


class _Meter(io.RawIOBase):
    """Counts what is read, and stops at a line that has no end."""

    def __init__(self, source: Source, longest_line: int) -> None:
        self._source = source
        self._longest = longest_line
        self._line = 0
        self._repair = Repair() if source.encoding == DOUBLE else None
        source.file.seek(0)
        source.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._repaired(len(buffer)) if self._repair else self._next(len(buffer))
        buffer[: len(data)] = data
        end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = self._line + len(data) if end < 0 else len(data) - end
        if self._line > self._longest:
            raise Unreadable("too_large", "a line without end")
        return len(data)

    def _next(self, size: int) -> bytes:
        data = self._source.file.read(size)
        self._source.done += len(data)
        return data

    def _repaired(self, size: int) -> bytes:
        """What was encoded twice only gets shorter; three bytes may wait for what follows."""
        repair = self._repair or Repair()
        while True:
            data = self._next(size - 3)
            repaired = repair.feed(data, final=not data)
            if repaired or not data:
                return repaired


def extension(name: str) -> str:
    """The end of ``name`` in lower case, without its dot; "" where there is none."""
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem else ""


def examine(file: BinaryIO, name: str, limits: Limits) -> Source:
    """``file`` with its hash, size and encoding; it is read whole, once."""
    file.seek(0)
    digest = hashlib.sha256()
    head = file.read(_HEAD)
    census = Census(head)
    size, chunk = 0, head
    while chunk:
        size += len(chunk)
        digest.update(chunk)
        census.add(chunk)
        chunk = file.read(_CHUNK)
    return Source(file, name, size, digest.hexdigest(), head, census.encoding())
