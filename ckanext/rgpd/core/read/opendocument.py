"""OpenDocument: the paragraphs of ODT and ODP, the cells of ODS, with notes and properties."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.illustration import PICTURE_ENDS, page_like, told_by
from ckanext.rgpd.core.read.missed import BROKEN, Missed
from ckanext.rgpd.core.read.nested import inner
from ckanext.rgpd.core.read.opensheets import NOTES, sheets
from ckanext.rgpd.core.read.package import is_folder, is_locked, local, opened
from ckanext.rgpd.core.read.properties import properties
from ckanext.rgpd.core.read.source import Source, extension
from ckanext.rgpd.core.read.text import NAME, documents
from ckanext.rgpd.core.read.xmltext import texts

_BLOCKS = frozenset(("p", "h", "table-row", "creator"))
_ATTRIBUTES = frozenset(("href", "title", "desc", "string-value"))
#: Formats only.
_QUIET = frozenset(("mimetype", "META-INF/manifest.xml", "settings.xml", "manifest.rdf"))
_WORDLESS = frozenset("ttf otf".split())
_PICTURES = PICTURE_ENDS | frozenset("emf wmf svm bmp".split())
_LARGEST_PROPERTIES = 4 * 1024**2


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Every part; raises Unreadable where one is broken or needs a password."""
    with opened(source, limits) as archive:
        try:
            if b"encryption-data" in _small(archive, "META-INF/manifest.xml"):
                raise Unreadable("encrypted")
            is_sheet = b"spreadsheet" in _small(archive, "mimetype")
        except BROKEN as e:
            raise Unreadable("corrupt") from e
        missed = Missed()
        for member in archive.infolist():
            name = member.filename
            if is_folder(member) or name in _QUIET or name.startswith("Configurations2/"):
                continue
            with missed.part(name):
                if is_locked(member):
                    raise Unreadable("encrypted")
                if name == "content.xml" and is_sheet:
                    open_content = partial(archive.open, member)
                    yield from sheets(open_content, limits, is_value)
                elif name == "meta.xml":
                    yield from properties(_properties(_small(archive, name)), is_value)
                elif extension(name) in ("xml", "rdf", "svg"):
                    column = NOTES if is_sheet else NAME
                    yield from documents(_paragraphs(archive, member), column)
                    _look_for_pages(archive, member)
                elif extension(name) not in _WORDLESS:
                    read_inner = told_by if _is_picture(name) else inner
                    with archive.open(member) as stream:
                        yield from read_inner(stream, name, source, limits, is_value)
        missed.stop()


def _is_picture(name: str) -> bool:
    """Pictures of objects have no extension."""
    return extension(name) in _PICTURES or name.startswith("ObjectReplacements/")


def _look_for_pages(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raises Unreadable where pictures are as large as pages: nobody has read those."""
    if member.filename == "content.xml":
        with archive.open(member) as stream:
            count = page_like(stream, ("frame",))
        if count:
            raise Unreadable("no_text_layer", f"pictures as large as a page: {count}")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST_PROPERTIES:
        raise Unreadable("too_large", name)
    return archive.read(name)


def _properties(xml: bytes) -> Iterator[tuple[str, str]]:
    from defusedxml.ElementTree import fromstring

    for item in fromstring(xml, forbid_dtd=True).iter():
        yield local(item.tag), item.text or ""


def _paragraphs(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[str, str]]:
    part = "" if member.filename == "content.xml" else f"{member.filename}, "
    with archive.open(member) as stream:
        for number, text in enumerate(texts(stream, _BLOCKS, _ATTRIBUTES), 1):
            yield text, f"{part}paragraph {number}"
