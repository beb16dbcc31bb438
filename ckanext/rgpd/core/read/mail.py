"""E-mail (RFC 5322, MIME): all headers, each part, and the attached files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.missed import Missed
from ckanext.rgpd.core.read.nested import inner
from ckanext.rgpd.core.read.page import texts_in
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.text import documents

_LARGEST = 256 * 1024**2
_HEADERS = ("From", "Subject", "Received", "Date")


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Headers and texts, then what is attached; raises Unreadable where it is no message."""
    if source.size > _LARGEST:
        raise Unreadable("too_large", "size")
    source.file.seek(0)
    try:
        message = BytesParser(policy=policy.default).parse(source.file)
        if not any(name in message for name in _HEADERS):
            raise Unreadable("wrong_extension")
        parts = [cast(EmailMessage, part) for part in message.walk()]
        yield from documents(_texts(parts))
    except (MessageError, *CONTENT_ERRORS) as e:
        raise Unreadable("corrupt") from e
    missed = Missed()
    for number, part in enumerate(parts, 1):
        if not part.is_multipart() and part.get_content_maintype() != "text":
            name = part.get_filename() or f"part{number}"
            with missed.part(f"part {number}"):
                data = part.get_payload(decode=True)
                stream = io.BytesIO(data if isinstance(data, bytes) else b"")
                yield from inner(stream, name, source, limits, is_value)
    missed.stop()


def _texts(parts: list[EmailMessage]) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(parts, 1):
        for name, value in part.items():
            yield f"{name} : {value}", f"part {number}, header"
        if not part.is_multipart() and part.get_content_maintype() == "text":
            text = _decoded(part)
            pieces = texts_in(text) if part.get_content_subtype() == "html" else text.split("\n\n")
            for piece in pieces:
                if piece.strip():
                    yield piece, f"part {number}"


def _decoded(part: EmailMessage) -> str:
    """The text of a part, whatever letters it says it is written in."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")
