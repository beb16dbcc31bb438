"""Documents that are ZIP archives of XML parts: OOXML and OpenDocument."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Limits
from ckanext.rgpd.core.read.missed import BROKEN
from ckanext.rgpd.core.read.source import Source

_ENCRYPTED = 0x1


@contextmanager
def opened(source: Source, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, once its size is known to be bounded; raises Unreadable."""
    try:
        archive = zipfile.ZipFile(source.file)
    except BROKEN as e:
        raise Unreadable("corrupt") from e
    with archive:
        members = archive.infolist()
        if len(members) > limits.max_members:
            raise Unreadable("too_large", "number of parts")
        # zipfile never unpacks more of a member than its declared size.
        if sum(member.file_size for member in members) > limits.max_unpacked_bytes:
            raise Unreadable("too_large", "unpacked size")
        yield archive


def is_locked(member: zipfile.ZipInfo) -> bool:
    """Whether a password is needed."""
    return bool(member.flag_bits & _ENCRYPTED)


def is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether it is the name of a folder, and nothing is hidden in it."""
    return member.filename.endswith("/") and not member.file_size


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def relations(archive: zipfile.ZipFile, path: str, kind: str) -> dict[str, str]:
    """Identity -> path of the parts of one ``kind`` that ``path`` refers to."""
    folder, name = posixpath.split(path)
    with archive.open(posixpath.join(folder, "_rels", f"{name}.rels")) as stream:
        return {
            item.get("Id", ""): posixpath.normpath(
                posixpath.join("/", folder, item.get("Target", ""))
            ).lstrip("/")
            for item in elements(stream, ("Relationship",))
            if item.get("Type", "").endswith(f"/{kind}")
        }


def elements(stream: IO[bytes], names: tuple[str, ...]) -> Iterator[Element]:
    """The elements of those names, each forgotten once it has been used."""
    from defusedxml.ElementTree import iterparse

    above: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if local(element.tag) in names:
            yield element
            element.clear()
            if above:
                above[-1].remove(element)
