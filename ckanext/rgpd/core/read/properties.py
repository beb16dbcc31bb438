"""What a file says of itself: its author, who changed it last, its title."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable

from ckanext.rgpd.core.read.cells import Batch, Cells
from ckanext.rgpd.core.words import words

TABLE = "(properties)"
#: Properties that name who wrote.
_AUTHORS = frozenset(
    "author creator lastmodifiedby artist cameraownername ownername manager from lastauthor "
    "auteur byline copyright initialcreator printedby displayname".split()
)
#: Programs that sign in the place of their user.
_PROGRAMS = frozenset(
    "microsoft office user users utilisateur windows adobe acrobat openpyxl libreoffice openoffice "
    "excel word writer calc powerpoint admin administrateur administrator google docs pdf qgis "
    "python apache poi generator version creator canon nikon sony apple iphone samsung".split()
)
#: When it was written says nothing of who wrote.
_DATE = re.compile(r"(?:D:)?[12]\d{3}-?[01]\d-?[0-3]\d[T\d:Z+'.-]*")


def properties(
    items: Iterable[tuple[str, str]], is_value: Callable[[str], bool]
) -> Iterable[Batch]:
    """The properties as columns beside the document's own, whose index is 0.

    A name that is personal data itself (``is_value``) is read like a value, and not shown.
    """
    filled = [
        (name, value.replace("\0", ""))
        for name, value in items
        if value.strip() and not _DATE.fullmatch(value)
    ]
    columns = [
        _column(number, "*", [name, value]) if is_value(name) else _column(number, name, [value])
        for number, (name, value) in enumerate(filled, 1)
    ]
    if columns:
        yield Batch(0, columns)


def ole_properties(data: bytes) -> list[tuple[str, str]]:
    """The properties of an OLE file ([MS-OLEPS]); raises OSError where it is broken."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        known = file.get_metadata()
    names = (*known.SUMMARY_ATTRIBS, *known.DOCSUM_ATTRIBS)
    values = ((name, getattr(known, name)) for name in names)
    return [(name, _words(value)) for name, value in values if isinstance(value, bytes | str)]


def _words(value: bytes | str) -> str:
    return value.decode("cp1252", "replace") if isinstance(value, bytes) else value


def _column(number: int, name: str, values: list[str]) -> Cells:
    signs = "".join(words(name)) in _AUTHORS and not _PROGRAMS.intersection(words(values[-1]))
    return Cells(
        table=f"{TABLE}.{name}",
        index=number,
        header="auteur" if signs else name,
        name=f"{TABLE}.{name}",
        values=values,
        place=lambda _: "properties",
    )
