"""The words of an XML part, in its paragraphs; nothing is kept of what was passed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.package import local

_CHUNK = 64 * 1024
_DEEPEST = 500
_ROWS = ("tr", "table-row")
_SPACES = ("tab", "br", "cr", "line-break", "s")


def texts(
    stream: IO[bytes], blocks: Collection[str], attributes: Collection[str] = ()
) -> Iterator[str]:
    """The text of each block, the row of a table as one; then what some attributes say.

    Outside blocks each element's own text is given. Raises ParseError, or DefusedXmlException
    where the part defines entities.
    """
    from defusedxml.ElementTree import DefusedXMLParser

    target = _Words(blocks, attributes)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    while chunk := stream.read(_CHUNK):
        parser.feed(chunk)
        yield from target.take()
    parser.close()
    yield from target.take()


class _Words:
    """What the parser tells, gathered into paragraphs."""

    def __init__(self, blocks: Collection[str], attributes: Collection[str]) -> None:
        self._blocks = blocks
        self._attributes = attributes
        self._open: list[str] = []
        self._parts: list[list[str]] = []
        self._done: list[str] = []
        self._in_block = self._in_row = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = local(tag)
        if len(self._open) >= _DEEPEST:
            raise Unreadable("too_large", f"nesting of more than {_DEEPEST}")
        self._open.append(name)
        if attributes and self._attributes:
            kept = (value for key, value in attributes.items() if local(key) in self._attributes)
            self._done += (value for value in kept if value.strip())
        if self._in_row and name not in _ROWS:
            return
        if not self._in_block or name in self._blocks:
            self._parts.append([])
        self._in_block += name in self._blocks
        self._in_row += name in _ROWS and name in self._blocks

    def data(self, text: str) -> None:
        """Some characters."""
        if self._parts:
            self._parts[-1].append(text)

    def comment(self, text: str) -> None:
        """What stands beside the document is read too."""
        self._done.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._open.pop()
        if name in _SPACES:
            self._parts[-1].append(" ")
        if self._in_row and name not in _ROWS:
            if name in self._blocks:
                self._parts[-1].append(" ; ")
            return
        was_block = name in self._blocks
        self._in_block -= was_block
        self._in_row -= was_block and name in _ROWS
        if was_block or not self._in_block:
            text = "".join(self._parts.pop()).strip()
            if text.strip(" ;"):
                self._done.append(text)

    def close(self) -> None:
        """The document ends."""

    def take(self) -> list[str]:
        """What was gathered since the last time."""
        done, self._done = self._done, []
        return done
