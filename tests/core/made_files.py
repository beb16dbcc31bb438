"""Made files of every format, each with words of our own planted in it."""

from __future__ import annotations

import gzip
import io
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>{}</dc:creator></cp:coreProperties>"
)
_LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x/hyperlink" Target="{}" TargetMode="External"/></Relationships>'
)
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """A TAR archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return file.getvalue()


def gzipped(content: bytes) -> bytes:
    """A compressed file."""
    return gzip.compress(content)


def docx(parts: Mapping[str, str], body: str = "") -> bytes:
    """A Word document; ``parts`` are put below ``word/`` as they are."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    }
    members.update((f"word/{name}", content) for name, content in parts.items())
    return zipped(members)


def paragraph(*runs: str, tag: str = "t") -> str:
    """A paragraph of Word, cut into runs."""
    inside = "".join(f"<w:r><w:{tag}>{escape(run)}</w:{tag}></w:r>" for run in runs)
    return f"<w:p>{inside}</w:p>"


def word_part(content: str, tag: str = "comments") -> str:
    """A part of Word."""
    return f"<w:{tag} {_W}>{content}</w:{tag}>"


def signed(package: bytes, author: str, link: str = "") -> bytes:
    """The package with an author, and with a link to another place."""
    file = io.BytesIO(package)
    with zipfile.ZipFile(file) as source:
        members: dict[str, str | bytes] = {n: source.read(n) for n in source.namelist()}
    members["docProps/core.xml"] = _CORE.format(author)
    if link:
        members["word/_rels/document.xml.rels"] = _LINK.format(link)
    return zipped(members)


def pptx(slides: Sequence[str], notes: str = "") -> bytes:
    """A PowerPoint presentation."""
    text = f"<p {_A}><a:p><a:r><a:t>{{}}</a:t></a:r></a:p></p>"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "ppt/presentation.xml": "<presentation/>",
        "ppt/notesSlides/notesSlide1.xml": text.format(notes),
    }
    for number, slide in enumerate(slides, 1):
        members[f"ppt/slides/slide{number}.xml"] = text.format(slide)
    return zipped(members)


def opendocument(kind: str, body: str, author: str = "", styles: str = "") -> bytes:
    """An ODT or ODS file."""
    meta = f"<office:meta><dc:creator>{author}</dc:creator></office:meta>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {_ODF}>{body}</office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}>{styles}</office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODF}>{meta}</office:document-meta>",
        }
    )


def ods(rows: str, title: str = "Feuille") -> bytes:
    """An ODS file of one sheet, its rows as XML."""
    return opendocument("spreadsheet", f'<table:table table:name="{title}">{rows}</table:table>')


def ods_row(*cells: str, more: str = "") -> str:
    """A row of an ODS file."""
    inside = "".join(
        f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in cells
    )
    return f"<table:table-row>{inside}{more}</table:table-row>"


def dbf(titles: Sequence[str], rows: Sequence[Sequence[str]], charset: str, mark: int = 0) -> bytes:
    """A dBase table of text fields, 20 bytes each; the last record is marked as deleted."""
    size = 1 + 20 * len(titles)
    start = 32 + 32 * len(titles) + 1
    head = struct.pack("<4BIHH17xBxx", 3, 124, 1, 1, len(rows), start, size, mark)
    for title in titles:
        head += struct.pack("<11sc4xBB14x", title.encode(), b"C", 20, 0)
    body = b"".join(
        (b"*" if number == len(rows) else b" ")
        + b"".join(cell.encode(charset).ljust(20) for cell in row)
        for number, row in enumerate(rows, 1)
    )
    return head + b"\r" + body + b"\x1a"


def shp(points: Sequence[tuple[float, float]]) -> bytes:
    """A shapefile of points."""
    records = b"".join(
        struct.pack(">II", number, 10) + struct.pack("<I2d", 1, *point)
        for number, point in enumerate(points, 1)
    )
    return struct.pack(">I20xI", 9994, 0).ljust(100, b"\0") + records


def sqlite(*statements: str) -> bytes:
    """A SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.db")
        with sqlite3.connect(path) as base:
            for statement in statements:
                base.execute(statement)
        base.close()
        return path.read_bytes()


def tiff(texts: Mapping[int, str], position: tuple[float, float] | None = None) -> bytes:
    """The tags of a TIFF or of Exif, little-endian."""
    tags = [(tag, 2, text.encode().ljust(5, b"\0")) for tag, text in sorted(texts.items())]
    count = len(tags) + (position is not None)
    at = 8 + 2 + 12 * count + 4
    entries = after = b""
    for tag, kind, value in tags:
        entries += struct.pack("<HHII", tag, kind, len(value), at + len(after))
        after += value
    if position is not None:
        entries += struct.pack("<HHII", 0x8825, 4, 1, at + len(after))
        after += _gps(at + len(after), position)
    return b"II*\0" + struct.pack("<IH", 8, count) + entries + bytes(4) + after


def _gps(at: int, position: tuple[float, float]) -> bytes:
    after = at + 2 + 12 * 4 + 4
    latitude, longitude = (struct.pack("<6I", int(v), 1, 30, 1, 0, 1) for v in position)
    return (
        struct.pack("<H", 4)
        + struct.pack("<HHI4s", 1, 2, 2, b"N\0")
        + struct.pack("<HHII", 2, 5, 3, after)
        + struct.pack("<HHI4s", 3, 2, 2, b"W\0")
        + struct.pack("<HHII", 4, 5, 3, after + 24)
        + bytes(4)
        + latitude
        + longitude
    )


def jpeg(exif: bytes) -> bytes:
    """A picture without dots."""
    part = b"Exif\0\0" + exif
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(part) + 2) + part + b"\xff\xd9"


def png(key: str, text: str) -> bytes:
    """A picture without dots, with a text."""
    part = key.encode() + b"\0" + text.encode()
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(part)) + b"tEXt" + part + bytes(4)


def macro(source: str) -> bytes:
    """A module of VBA, its source in one compressed piece of letters only ([MS-OVBA] 2.4.1)."""
    text = source.encode("cp1252")
    groups = (text[at : at + 8] for at in range(0, len(text), 8))
    piece = b"".join(b"\0" + group for group in groups)
    return bytes(20) + b"\x01" + struct.pack("<H", 0xB000 | len(piece) - 1) + piece


def ole(streams: Mapping[tuple[str, ...], bytes]) -> bytes:
    """An OLE file ([MS-CFB]): storages and streams, each stream in whole sectors of its own."""
    folders = dict.fromkeys(path[:1] for path in streams if len(path) > 1)
    entries: list[tuple[str, int, int, int]] = [("Root Entry", 5, -2, 0)]
    children: dict[int, list[int]] = {0: []}
    body, fat = b"", list[int]()
    for folder in folders:
        children[0].append(len(entries))
        children[len(entries)] = []
        entries.append((folder[0], 1, 0, 0))
    for path, content in streams.items():
        whole = content.ljust(4096, b"\0")
        whole += bytes(-len(whole) % 512)
        parent = 1 + list(folders).index(path[:1]) if len(path) > 1 else 0
        children[parent].append(len(entries))
        entries.append((path[-1], 2, len(fat), max(4096, len(content))))
        fat += [*range(len(fat) + 1, len(fat) + len(whole) // 512), -2]
        body += whole
    directory = b"".join(
        _ole_entry(entry, number, children) for number, entry in enumerate(entries)
    )
    directory += bytes(-len(directory) % 512)
    start = len(fat)
    fat += [*range(start + 1, start + len(directory) // 512), -2]
    table = len(fat)
    fat += [-3] + [-1] * (127 - table)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6xIIiIIiIiI", 62, 3, 0xFFFE, 9, 6, 0, 1, start, 0, 4096, -2, 0, -2, 0)
    head += struct.pack("<109i", table, *[-1] * 108)
    return head + body + directory + struct.pack("<128i", *fat)


def _ole_entry(
    entry: tuple[str, int, int, int], number: int, children: Mapping[int, Sequence[int]]
) -> bytes:
    name, kind, sector, size = entry
    words = name.encode("utf-16-le")
    beside = next((group for group in children.values() if number in group), ())
    after = [n for n in beside if n > number]
    below = children.get(number) or (-1,)
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(words) + 2, kind, 1, -1, after[0] if after else -1, below[0])
        + bytes(36)
        + struct.pack("<iQ", sector, size)
    )
