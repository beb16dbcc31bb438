"""iCalendar (RFC 5545) and vCard (RFC 6350): each property is a column of its component."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TextIO

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.fields import Fields
from ckanext.rgpd.core.read.source import Source

_LINE = re.compile(r'((?:[^":;]|"[^"]*")+)((?:;(?:[^":]|"[^"]*")*)?):(.*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)")
_DEEPEST = 50
#: What people call the properties that name somebody.
_HEADERS = {"FN": "nom complet", "N": "nom complet", "ORGANIZER": "contact", "ATTENDEE": "contact"}


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All properties with their parameters; raises Unreadable where a line is none."""
    fields = Fields(limits, is_value, headers=_HEADERS)
    path: list[str] = []
    for number, line in _unfolded(source.text(longest_line=limits.max_cell_chars * 4)):
        match = _LINE.fullmatch(line)
        if not match:
            raise Unreadable("corrupt", f"line {number}")
        name, parameters, value = match[1].upper().rpartition(".")[2], match[2], match[3]
        if name == "BEGIN":
            if len(path) >= _DEEPEST:
                raise Unreadable("too_large", f"line {number}")
            path.append(value.strip().upper())
            fields.rows += 1
        elif name == "END":
            path = path[:-1]
        else:
            place = f"line {number}"
            fields.add((*path, name), _plain(value), place)
            if parameters:
                fields.add((*path, f"{name} parameters"), parameters[1:], place)
            yield from fields.full()
    yield from fields.batch()


def _unfolded(lines: TextIO) -> Iterator[tuple[int, str]]:
    """The lines put together again, each at the number of its first."""
    first, parts = 1, list[str]()
    for number, line in enumerate((line.rstrip("\r\n") for line in lines), 1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if any(parts):
            yield first, "".join(parts)
        first, parts = number, [line]
    if any(parts):
        yield first, "".join(parts)


def _plain(value: str) -> str:
    """A value without its escapes; the parts of a name or an address one after the other."""
    spaced = value.replace("\\n", "\n").replace("\\N", "\n")
    parts = (part for part in re.split(r"(?<!\\);", spaced) if part)
    return _ESCAPED.sub(r"\1", " ".join(parts))
