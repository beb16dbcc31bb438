"""The text of a PDF, page by page.

pypdf raises errors of many kinds on broken files; all of them mean that the file is broken.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.text import document

if TYPE_CHECKING:
    from pypdf import PdfReader


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Each page's text; raises Unreadable after the last page where some are only pictures."""
    reader, count = _open(source, limits)
    without_text = []
    for number in range(1, count + 1):
        text = _text(reader, number)
        if len(text) > limits.max_text_chars:
            raise Unreadable("too_large", f"page {number}")
        if not text.strip():
            without_text.append(str(number))
        source.done = source.size * number // count
        yield document([text], [f"page {number}"])
    if without_text:
        raise Unreadable("no_text_layer", f"page {', '.join(without_text[:20])}")


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
    except (PyPdfError, zlib.error, struct.error, *CONTENT_ERRORS) as e:
        raise Unreadable("corrupt") from e
    if not count:
        raise Unreadable("empty")
    if count > limits.max_pages:
        raise Unreadable("too_large", f"{count} pages")
    return reader, count


def _text(reader: PdfReader, number: int) -> str:
    from pypdf.errors import PyPdfError

    try:
        return reader.pages[number - 1].extract_text()
    except (PyPdfError, zlib.error, struct.error, *CONTENT_ERRORS) as e:
        raise Unreadable("corrupt", f"page {number}") from e
