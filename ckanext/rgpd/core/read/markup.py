"""XML of any kind, KML, GPX and RDF among them: each path of elements is a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.etree.ElementTree import ParseError

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.fields import Fields
from ckanext.rgpd.core.read.package import local
from ckanext.rgpd.core.read.source import Source

_CHUNK = 64 * 1024
_DEEPEST = 200
#: Elements of KML that are called by their attribute.
_NAMED = ("Data", "SimpleData")


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All texts, attributes and comments; raises Unreadable where the XML is none."""
    from defusedxml import DefusedXmlException

    fields = Fields(limits, is_value)
    source.file.seek(0)
    try:
        for batch in walk(source.file, fields):
            source.done = source.file.tell()
            yield batch
    except (ParseError, DefusedXmlException, ValueError, LookupError) as e:
        raise Unreadable("corrupt") from e


def walk(stream: IO[bytes], fields: Fields, *above: str) -> Iterator[Batch]:
    """The columns of one document, below the names ``above``; its root is no step of a path.

    Raises ParseError, or DefusedXmlException where it defines entities.
    """
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(
        target=_Tree(fields, above), forbid_entities=True, forbid_external=True
    )
    while chunk := stream.read(_CHUNK):
        parser.feed(chunk)
        yield from fields.full()
    parser.close()
    yield from fields.batch()


class _Tree:
    """Where the parser stands, and the text of each open element."""

    def __init__(self, fields: Fields, above: tuple[str, ...]) -> None:
        self._fields = fields
        self._path = list(above)
        self._root = len(above)
        self._texts: list[list[str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its attributes are values."""
        if len(self._texts) >= _DEEPEST:
            raise Unreadable("too_large", f"nesting of more than {_DEEPEST}")
        name = local(tag)
        if name in _NAMED and "name" in attributes:
            attributes = dict(attributes)
            name = attributes.pop("name") or name
        if self._texts:
            self._path.append(name)
        self._fields.rows += len(self._texts) == 1
        self._texts.append([])
        for key, value in attributes.items():
            if value.strip() and local(key) != "schemaLocation":
                self._add(f"@{local(key)}", value)

    def data(self, text: str) -> None:
        """Some characters of the innermost element."""
        self._texts[-1].append(text)

    def comment(self, text: str) -> None:
        """What stands beside the data is read too."""
        self._add("(comment)", text)

    def pi(self, target: str, text: str | None = None) -> None:
        """An instruction to programs is read too."""
        self._add("(instruction)", text or "")

    def end(self, tag: str) -> None:
        """An element ends."""
        text = "".join(self._texts.pop()).strip()
        if text:
            self._add("", text)
        if self._texts:
            self._path.pop()

    def close(self) -> None:
        """The document ends."""

    def _add(self, last: str, value: str) -> None:
        path = (*self._path, last) if last else tuple(self._path)
        self._fields.add(path or ("(text)",), value, f"element {self._fields.rows or 1}")
