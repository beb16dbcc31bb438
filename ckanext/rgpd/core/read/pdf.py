"""The text of a PDF, page by page, with its notes, forms, properties and attached files.

pypdf raises errors of many kinds on broken files; all of them mean that the file is broken.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.fields import Fields
from ckanext.rgpd.core.read.markup import walk
from ckanext.rgpd.core.read.missed import BROKEN, Missed
from ckanext.rgpd.core.read.nested import inner
from ckanext.rgpd.core.read.pdfpage import PageText
from ckanext.rgpd.core.read.properties import properties
from ckanext.rgpd.core.read.source import PICTURES, Source
from ckanext.rgpd.core.read.text import document, documents
from ckanext.rgpd.core.read.xmltext import texts

if TYPE_CHECKING:
    from pypdf import PdfReader


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Each page's text; raises Unreadable after the last page where some are only pictures."""
    reader, count = _open(source, limits)
    hidden, broken = [], []
    for number in range(1, count + 1):
        page = _page(reader, number)
        if len(page.text) > limits.max_text_chars:
            raise Unreadable("too_large", f"page {number}")
        if page.is_broken:
            broken.append(str(number))
        elif page.is_hidden:
            hidden.append(str(number))
        elif page.has_pictures:
            source.note(PICTURES, f"page {number}")
        source.done = source.size * number // count
        yield document([page.text], [f"page {number}"])
    yield from _beside_the_pages(reader, source, limits, is_value)
    for problem, pages in (("corrupt", broken), ("no_text_layer", hidden)):
        if pages:
            raise Unreadable(problem, f"page {', '.join(pages[:20])}")


def _open(source: Source, limits: Limits) -> tuple[PdfReader, int]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    source.file.seek(0)
    try:
        reader = PdfReader(source.file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        count = len(reader.pages)
    except (DependencyError, FileNotDecryptedError) as e:
        raise Unreadable("encrypted") from e
    except (PyPdfError, *BROKEN) as e:
        raise Unreadable("corrupt") from e
    if not count:
        raise Unreadable("empty")
    if count > limits.max_pages:
        raise Unreadable("too_large", f"{count} pages")
    return reader, count


def _page(reader: PdfReader, number: int) -> PageText:
    with _checked(f"page {number}"):
        return PageText(reader.pages[number - 1])


@contextmanager
def _checked(place: str) -> Iterator[None]:
    """What the library raises on a broken part means that it is broken."""
    from pypdf.errors import PyPdfError

    try:
        yield
    except (PyPdfError, *BROKEN) as e:
        raise Unreadable("corrupt", place) from e


def _beside_the_pages(
    reader: PdfReader, source: Source, limits: Limits, is_value: Callable[[str], bool]
) -> Iterator[Batch]:
    with _checked("properties"):
        found = dict(_properties(reader))
    yield from properties(found.items(), is_value)
    with _checked("notes and forms"):
        notes = [*_annotations(reader), *_fields(reader), *_outline(reader.outline)]
    yield from documents(notes)
    with _checked("form"):
        form = _xfa(reader)
        if form:
            yield from walk(io.BytesIO(form), Fields(limits, is_value, first=1000), "(form)")
    missed = Missed()
    with _checked("attached files"):
        attached = [(name, data) for name, files in reader.attachments.items() for data in files]
    for name, data in attached:
        with missed.part(name):
            yield from inner(io.BytesIO(data), name, source, limits, is_value)
    missed.stop()


def _properties(reader: PdfReader) -> Iterator[tuple[str, str]]:
    for name, value in (reader.metadata or {}).items():
        yield name.lstrip("/"), str(value)
    stream = reader.root_object.get("/Metadata")
    if stream is not None:
        xml = stream.get_object().get_data()
        for number, text in enumerate(texts(io.BytesIO(xml), ("li",), ("CreatorTool",))):
            yield f"xmp{number}", text


def _annotations(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Notes, who wrote them, and the addresses that links lead to."""
    for number, page in enumerate(reader.pages, 1):
        for reference in page.annotations or ():
            note = reference.get_object()
            action = note.get("/A")
            link = action.get_object().get("/URI") if action is not None else None
            for value in (note.get("/T"), note.get("/Contents"), note.get("/TU"), link):
                if value is not None and str(value).strip():
                    yield unquote(str(value)), f"page {number}, note"


def _fields(reader: PdfReader) -> Iterator[tuple[str, str]]:
    for name, form in (reader.get_fields() or {}).items():
        for value in (form.get("/V"), form.get("/DV")):
            if value is not None and str(value).strip():
                yield f"{name} : {value}", "form"


def _xfa(reader: PdfReader) -> bytes:
    """The form that is written in XML beside the pages (XFA 3.3), its packets put together."""
    forms = reader.root_object.get("/AcroForm")
    packets = forms.get_object().get("/XFA") if forms is not None else None
    if packets is None:
        return b""
    parts = packets.get_object()
    streams = parts[1::2] if isinstance(parts, list) else [parts]
    return b"".join(stream.get_object().get_data() for stream in streams)


def _outline(entries: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        elif entry.title:
            yield str(entry.title), "outline"
