"""Pictures inside documents: what they say of themselves is read, their dots are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO
from xml.etree.ElementTree import Element

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.nested import inner
from ckanext.rgpd.core.read.package import elements, local
from ckanext.rgpd.core.read.source import PICTURES, Source, extension

PICTURE_ENDS = frozenset("png jpg jpeg gif tif tiff webp".split())
#: A page with fewer letters beside its picture is a picture.
FEW_LETTERS = 200
#: EMU (914,400 to an inch) of a side; larger pictures, in both ways, can be whole pages.
_PAGE_LIKE = 17 * 360_000 * 17 * 360_000
_UNITS = {"in": 914_400, "cm": 360_000, "mm": 36_000, "pt": 12_700, "px": 9_525}
_LENGTH = re.compile(r"([\d.]{1,20})(in|cm|mm|pt|px)")
_STYLE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,20}(?:in|cm|mm|pt|px))")


def told_by(
    stream: IO[bytes],
    name: str,
    source: Source,
    limits: Limits,
    is_value: Callable[[str], bool],
) -> Iterator[Batch]:
    """The properties of a picture in a document; that it was not looked at is noted only."""
    source.note(PICTURES, name)
    if extension(name) in PICTURE_ENDS:
        with suppress(Unreadable):
            yield from inner(stream, name, source, limits, is_value)


def page_like(stream: IO[bytes], holders: tuple[str, ...]) -> int:
    """How many pictures of a part of a document are as large as a page.

    ``holders`` are the elements that hold a picture and its size. Where the part is one page, they
    name its text (``t``) too: beside enough of it a picture is an illustration.
    """
    count = letters = 0
    for item in elements(stream, holders):
        if local(item.tag) == "t":
            letters += len(item.text or "")
        else:
            count += _holds_picture(item) and _surface(item) >= _PAGE_LIKE
    return count if letters < FEW_LETTERS else 0


def _holds_picture(item: Element) -> bool:
    return any(local(part.tag) in ("blip", "imagedata", "image") for part in item.iter())


def _surface(item: Element) -> float:
    """The largest size that is written about it, in square EMU."""
    return max((_size(part) for part in item.iter()), default=0.0)


def _size(part: Element) -> float:
    sizes = {local(key): value for key, value in part.attrib.items()}
    if "cx" in sizes and "cy" in sizes:
        return _number(sizes["cx"]) * _number(sizes["cy"])
    sizes.update(_STYLE.findall(sizes.get("style", "")))
    return _emu(sizes.get("width", "")) * _emu(sizes.get("height", ""))


def _number(text: str) -> float:
    return float(text) if text.isdecimal() else 0.0


def _emu(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS[found[2]] if found and found[1].count(".") < 2 else 0.0
