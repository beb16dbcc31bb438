"""Word and PowerPoint: every part of the package, comments, changes and hidden text among them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from typing import IO
from urllib.parse import unquote

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.fields import Fields
from ckanext.rgpd.core.read.illustration import PICTURE_ENDS, page_like, told_by
from ckanext.rgpd.core.read.macros import macros
from ckanext.rgpd.core.read.markup import walk
from ckanext.rgpd.core.read.missed import BROKEN, Missed
from ckanext.rgpd.core.read.nested import inner
from ckanext.rgpd.core.read.package import elements, is_folder, is_locked, local, opened
from ckanext.rgpd.core.read.properties import properties
from ckanext.rgpd.core.read.source import Source, extension
from ckanext.rgpd.core.read.text import NAME, documents
from ckanext.rgpd.core.read.xmltext import texts

_BLOCKS = frozenset(("p", "tr", "si", "comment", "threadedComment", "author"))
#: Attributes in which people write.
_ATTRIBUTES = frozenset("author displayName userId descr title tooltip instr alias".split())
#: Parts with formats, colours and numbers only.
_QUIET = re.compile(
    r"(?:styles|stylesWithEffects|fontTable|webSettings|numbering|presProps|viewProps"
    r"|tableStyles|calcChain|theme\d*|colors\d*|style\d*|\[Content_Types\])\.xml$"
)
_PROPERTIES = re.compile(r"docProps/.+\.xml$")
#: Parts that hold a table's data once more.
_TABLES = re.compile(r"(?:pivotCache|pivotTables|externalLinks|tables|queryTables|customXml)/")
#: Printers and fonts are nobody.
_WORDLESS = frozenset("fntdata odttf ttf".split())
_PICTURES = PICTURE_ENDS | frozenset("emf wmf bmp wdp emz wmz pict".split())
#: Parts that show pictures, and the elements that hold these and their sizes.
_PAGES = re.compile(r"word/document\.xml$|ppt/slides/slide\d+\.xml$")
_HOLDERS = {"word": ("drawing", "pict"), "ppt": ("pic", "t")}
_MACROS = re.compile(r"vbaProject\.bin$")
Inner = Callable[
    [IO[bytes], str, Source, Limits, Callable[[str], bool]],
    Iterator[Batch],
]
_LARGEST_PROPERTIES = 4 * 1024**2
_PRINTER = re.compile(r"printerSettings\d*\.bin$")


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All paragraphs, then properties and embedded files; raises Unreadable at the end if any
    part was not read.
    """
    with opened(source, limits) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            raise Unreadable("corrupt")
        yield from Parts(archive, source, limits, is_value).read()


class Parts:
    """What a package holds, but for the parts that are read elsewhere."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        source: Source,
        limits: Limits,
        is_value: Callable[[str], bool],
    ) -> None:
        self.missed = Missed()
        self._archive = archive
        self._source = source
        self._limits = limits
        self._is_value = is_value
        self._fields = Fields(limits, is_value, first=1000)

    def read(self, without: Collection[str] = (), name: str = NAME) -> Iterator[Batch]:
        """All but the parts ``without``; texts are the column ``name``."""
        for member in sorted(self._archive.infolist(), key=lambda m: _order(m.filename)):
            if is_folder(member) or member.filename in without or _QUIET.search(member.filename):
                continue
            with self.missed.part(member.filename):
                yield from self._part(member, name)
        self.missed.stop()

    def _part(self, member: zipfile.ZipInfo, name: str) -> Iterator[Batch]:
        if is_locked(member):
            raise Unreadable("encrypted")
        try:
            if _PROPERTIES.search(member.filename):
                yield from properties(self._properties(member), self._is_value)
            elif _TABLES.search(member.filename):
                with self._archive.open(member) as stream:
                    yield from walk(stream, self._fields, f"({_stem(member.filename)})")
            elif extension(member.filename) in ("xml", "rels", "vml", "svg"):
                yield from documents(self._texts(member), name)
                self._look_for_pages(member)
            elif extension(member.filename) in _PICTURES:
                yield from self._nested(member, told_by)
            elif _MACROS.search(member.filename):
                with self._archive.open(member) as stream:
                    yield from macros(stream.read(), self._limits)
            elif not _is_wordless(member.filename):
                yield from self._nested(member, inner)
        except BROKEN as e:
            raise Unreadable("corrupt") from e

    def _nested(self, member: zipfile.ZipInfo, read_inner: Inner) -> Iterator[Batch]:
        with self._archive.open(member) as stream:
            name = posixpath.basename(member.filename)
            yield from read_inner(stream, name, self._source, self._limits, self._is_value)

    def _look_for_pages(self, member: zipfile.ZipInfo) -> None:
        """Raises Unreadable where pictures are as large as pages: nobody has read those."""
        if _PAGES.search(member.filename):
            with self._archive.open(member) as stream:
                count = page_like(stream, _HOLDERS[member.filename.partition("/")[0]])
            if count:
                raise Unreadable("no_text_layer", f"pictures as large as a page: {count}")

    def _texts(self, member: zipfile.ZipInfo) -> Iterator[tuple[str, str]]:
        stem = _stem(member.filename)
        with self._archive.open(member) as stream:
            if extension(member.filename) == "rels":
                found = _links(stream)
            else:
                found = texts(stream, _BLOCKS, _ATTRIBUTES)
            for number, text in enumerate(found, 1):
                yield text, f"{stem}, paragraph {number}"

    def _properties(self, member: zipfile.ZipInfo) -> Iterator[tuple[str, str]]:
        from defusedxml.ElementTree import fromstring

        if member.file_size > _LARGEST_PROPERTIES:
            raise Unreadable("too_large")
        for item in fromstring(self._archive.read(member), forbid_dtd=True).iter():
            yield local(item.tag), item.text or ""


def _links(stream: IO[bytes]) -> Iterator[str]:
    """Where the package points outside of itself."""
    for item in elements(stream, ("Relationship",)):
        if item.get("TargetMode") == "External":
            yield unquote(item.get("Target", ""))


def _is_wordless(path: str) -> bool:
    return extension(path) in _WORDLESS or bool(_PRINTER.search(path))


def _stem(path: str) -> str:
    return posixpath.basename(path.removesuffix(".rels")).partition(".")[0]


def _order(path: str) -> tuple[bool, str, int, str]:
    """The main document first, then the parts as people number them."""
    stem = _stem(path)
    return stem not in ("document", "presentation"), posixpath.dirname(path), len(stem), stem
