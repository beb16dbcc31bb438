"""Which format a file is: its name and its first bytes must agree."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable
from ckanext.rgpd.core.read import delimited
from ckanext.rgpd.core.read.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """Where its reader is, the extensions it has, and what its content may look like.

    ``contents`` is empty where only the reader can tell.
    """

    module: str
    extensions: str
    contents: str


FORMATS = (
    Format("delimited", "csv tsv tab psv", "words"),
    Format("delimited", "prj qpj cpg", "words"),
    Format("text", "txt md markdown rst log", "words json html xml cards"),
    Format("tree", "json geojson jsonl ndjson", "json"),
    Format("markup", "xml kml gpx rdf rss atom gml xsd", "xml html words"),
    Format("page", "html htm xhtml", "html xml words"),
    Format("mail", "eml", "words xml html"),
    Format("message", "msg", "ole"),
    Format("cards", "ics vcf ical vcard", "cards"),
    Format("pdf", "pdf", "pdf"),
    Format("workbook", "xlsx xlsm xltx xltm", "zip"),
    Format("office", "docx docm dotx pptx pptm ppsx potx", "zip"),
    Format("opendocument", "odt ott ods ots odp otp odg", "zip"),
    Format("oldworkbook", "xls", "ole"),
    Format("archive", "zip kmz", "zip"),
    Format("archive", "tar", "tar"),
    Format("archive", "gz tgz", "gzip"),
    Format("archive", "bz2", "bzip2"),
    Format("archive", "xz", "xz"),
    Format("database", "gpkg sqlite sqlite3 db", "sqlite"),
    Format("parquet", "parquet", "parquet"),
    Format("dbase", "dbf", ""),
    Format("shape", "shp shx sbn sbx qix", "shape"),
    Format("picture", "jpg jpeg png tif tiff gif webp", "picture"),
)

#: Extension -> format.
EXTENSIONS = {end: form for form in FORMATS for end in form.extensions.split()}

#: What a file without extension is read as.
_NAMELESS = {
    "words": "csv",
    "json": "json",
    "xml": "xml",
    "html": "html",
    "cards": "ics",
    "pdf": "pdf",
    "tar": "tar",
    "gzip": "gz",
    "bzip2": "bz2",
    "xz": "xz",
    "sqlite": "sqlite",
    "parquet": "parquet",
    "picture": "jpg",
}
_TEXTS = frozenset(("words", "json", "cards"))
_PACKAGES = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"\0\0\x27\x0a", "shape"),
    (b"SQT", "shape"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
)
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]\d-])')
_HTML = re.compile(r"\s*<(?:!doctype html|html)", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\s")
_CARDS = re.compile(r"\s*BEGIN:(?:VCALENDAR|VCARD)\s", re.IGNORECASE)
#: The stream in which Office keeps a document that has a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def format_of(source: Source) -> Format:
    """The format that name and content agree on; raises Unreadable where they do not."""
    seen = _content(source)
    named = EXTENSIONS.get(source.extension)
    if named is None:
        named = None if source.extension else _nameless(source, seen)
        if named is None:
            raise Unreadable("unknown_format")
        return named
    if source.extension == "txt" and seen == "words" and delimited.is_table(source):
        return EXTENSIONS["csv"]
    if not named.contents or seen in named.contents.split():
        return named
    if seen == "locked" and named.contents == "zip":
        raise Unreadable("encrypted")
    if seen == "bytes":
        raise Unreadable("binary" if _TEXTS.intersection(named.contents.split()) else "corrupt")
    raise Unreadable("wrong_extension")


def _nameless(source: Source, seen: str) -> Format | None:
    if seen == "zip":
        return EXTENSIONS[_package(source)]
    return EXTENSIONS.get(_NAMELESS.get(seen, ""))


def _package(source: Source) -> str:
    """What a ZIP archive is, by its members."""
    try:
        with zipfile.ZipFile(source.file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, *CONTENT_ERRORS) as e:
        raise Unreadable("corrupt") from e
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return "odt"
    return next((end for part, end in _PACKAGES.items() if part in names), "zip")


def _content(source: Source) -> str:
    """What the first bytes say: a format, ``words``, or only ``bytes``."""
    head, start = source.head, source.start.removeprefix("\ufeff")
    if head.startswith(b"%PDF-") or (source.extension == "pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "locked" if _LOCKED in head else "ole"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "picture"
    if source.encoding is None:
        return "bytes"
    for pattern, name in ((_HTML, "html"), (_XML, "xml"), (_CARDS, "cards"), (_JSON, "json")):
        if pattern.match(start):
            return name
    return "words"
