"""Outlook's messages (MSG): headers, persons, the text, and the attached files.

Source: [MS-OXMSG] (where things are) and [MS-OXPROPS] (what the numbers of properties mean). Every
text is read, whatever it is called; those that people know have their name before them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.missed import BROKEN, Missed
from ckanext.rgpd.core.read.nested import inner
from ckanext.rgpd.core.read.page import texts_in
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.text import documents

_LARGEST = 256 * 1024**2
#: A property of a message: its number and the kind of its value.
_PROPERTY = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})")
_CODECS = {"001F": "utf-16-le", "001E": "cp1252"}
_NAMES = {"0037": "Subject", "0C1A": "From", "0C1F": "From", "0E04": "To", "0E03": "Cc"}
_TEXT, _HTML, _RTF, _DATA = "1000", "1013", "1009", "3701"
_FILENAMES = ("3707", "3704")

Path = list[str]


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All texts, then what is attached; raises Unreadable where it is no message."""
    import olefile

    if source.size > _LARGEST:
        raise Unreadable("too_large", "size")
    source.file.seek(0)
    try:
        with olefile.OleFileIO(io.BytesIO(source.file.read())) as file:
            paths = file.listdir()
            if not any(_PROPERTY.fullmatch(path[-1]) for path in paths):
                raise Unreadable("wrong_extension")
            yield from documents(_texts(file, paths))
            yield from _attached(file, paths, source, limits, is_value)
    except BROKEN as e:
        raise Unreadable("corrupt") from e


def _texts(file: Any, paths: list[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        found = _PROPERTY.fullmatch(path[-1])
        if not found:
            continue
        number, kind = found.groups()
        if kind in _CODECS:
            text = _decoded(file, path, kind)
            if number == _TEXT:
                yield from ((piece, "text") for piece in text.split("\n\n") if piece.strip())
            elif text.strip():
                yield f"{_NAMES[number]} : {text}" if number in _NAMES else text, "header"
        elif number == _HTML:
            html = file.openstream(path).read().decode("utf-8", "replace")
            yield from ((piece, "text") for piece in texts_in(html))


def _attached(
    file: Any,
    paths: list[Path],
    source: Source,
    limits: Limits,
    is_value: Callable[[str], bool],
) -> Iterator[Batch]:
    """The attached files; raises Unreadable at the end if a part was not read."""
    missed = Missed()
    numbers = {found[1] for path in paths if (found := _PROPERTY.fullmatch(path[-1]))}
    if _RTF in numbers and not numbers & {_TEXT, _HTML}:
        missed.note("unknown_format", "text (RTF)")
    for path in paths:
        if path[-1] == f"__substg1.0_{_DATA}0102":
            name = _filename(file, path[:-1], paths)
            with missed.part(name):
                yield from inner(file.openstream(path), name, source, limits, is_value)
    missed.stop()


def _filename(file: Any, folder: Path, paths: list[Path]) -> str:
    for number in _FILENAMES:
        for kind in _CODECS:
            path = [*folder, f"__substg1.0_{number}{kind}"]
            if path in paths:
                return _decoded(file, path, kind) or "attached"
    return "attached"


def _decoded(file: Any, path: Path, kind: str) -> str:
    text: str = file.openstream(path).read().decode(_CODECS[kind], "replace")
    return text.strip("\0 \r\n")
