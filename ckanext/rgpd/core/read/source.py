"""A file to read: its size, its hash, how its bytes become text."""

from __future__ import annotations

import codecs
import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Limits

_CHUNK = 256 * 1024
_HEAD = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(slots=True)
class Source:
    """A seekable file, examined once. ``encoding`` is None where the bytes are no text.

    ``depth`` counts the files around it, ``charset`` is what stands beside it about its letters.
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

    @property
    def extension(self) -> str:
        """The end of the name, as :func:`extension` gives it."""
        return extension(self.name)

    @property
    def start(self) -> str:
        """The first characters, or "" where the bytes are no text."""
        if self.encoding is None:
            return ""
        return self.head.decode(self.encoding, errors="ignore")

    def text(self, longest_line: int) -> TextIO:
        """The content from its start, line ends untouched.

        Reading raises Unreadable where a line is longer than ``longest_line`` bytes.
        """
        raw = io.BufferedReader(_Meter(self, longest_line), _CHUNK)
        return io.TextIOWrapper(raw, self.encoding or "utf-8", errors="replace", newline="")


class _Meter(io.RawIOBase):
    """Counts what is read, and stops at a line that has no end."""

    def __init__(self, source: Source, longest_line: int) -> None:
        self._source = source
        self._longest = longest_line
        self._line = 0
        source.file.seek(0)
        source.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._source.file.read(len(buffer))
        buffer[: len(data)] = data
        self._source.done += len(data)
        end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = self._line + len(data) if end < 0 else len(data) - end
        if self._line > self._longest:
            raise Unreadable("too_large", "a line without end")
        return len(data)


def extension(name: str) -> str:
    """The end of ``name`` in lower case, without its dot; "" where there is none."""
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem else ""


def examine(file: BinaryIO, name: str, limits: Limits) -> Source:
    """``file`` with its hash, size and encoding; it is read whole, once."""
    file.seek(0)
    digest = hashlib.sha256()
    head = file.read(_HEAD)
    mark = next((encoding for bom, encoding in _MARKS if head.startswith(bom)), None)
    census = _Census()
    size, chunk = 0, head
    while chunk:
        size += len(chunk)
        digest.update(chunk)
        if mark is None:
            census.add(chunk)
        chunk = file.read(_CHUNK)
    encoding = mark or census.encoding(head)
    return Source(file, name, size, digest.hexdigest(), head, encoding)


class _Census:
    """Counts what tells UTF-8 from an eight-bit encoding, and text from other bytes."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._nul = False
        self._errors = 0
        self._accents = 0

    def add(self, chunk: bytes) -> None:
        self._nul = self._nul or b"\0" in chunk
        if self._nul or chunk.isascii():
            return
        text = self._decoder.decode(chunk)
        errors = text.count("\ufffd")
        self._errors += errors
        self._accents += max(0, len(chunk) - len(text))

    def encoding(self, head: bytes) -> str | None:
        """The encoding; a few wrong bytes do not make a UTF-8 file something else."""
        if self._nul:
            return _wide_encoding(head)
        if not _is_text(head):
            return None
        return "utf-8" if self._accents >= 10 * self._errors else "cp1252"


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark, told by where the zero bytes stand; None for other bytes."""
    encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    text = head.decode(encoding, errors="replace")
    latin = sum(char.isprintable() or char in "\t\r\n" for char in text if char < "\u0250")
    return encoding if latin > 0.8 * len(text) else None


def _is_text(head: bytes) -> bool:
    controls = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b\x1c")
    return controls <= len(head) / 100
