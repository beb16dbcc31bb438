"""What could not be read on the way: the rest is read first, then the reading stops."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable

#: What libraries raise on a part that is broken; errors of XML are errors of syntax.
BROKEN = (
    SyntaxError,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    *CONTENT_ERRORS,
)


class Missed:
    """Remembers the first part that could not be read."""

    def __init__(self) -> None:
        self._first: Unreadable | None = None

    def note(self, problem: str, place: str) -> None:
        """A part was not read, and why."""
        self._first = self._first or Unreadable(problem, place)

    @contextmanager
    def part(self, place: str) -> Iterator[None]:
        """What is read inside is one part; where it fails, it is noted and reading goes on."""
        try:
            yield
        except Unreadable as e:
            self.note(e.problem, f"{place}, {e.place}" if e.place else place)
        except BROKEN:
            self.note("corrupt", place)

    def stop(self) -> None:
        """Raises Unreadable if a part was not read."""
        if self._first:
            raise self._first
