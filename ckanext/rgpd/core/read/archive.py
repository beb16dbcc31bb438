"""ZIP, TAR and compressed files: each member read like a file of its own, whatever lies in it."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import IO, Any, cast

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Cells, Limits
from ckanext.rgpd.core.read.missed import BROKEN, Missed
from ckanext.rgpd.core.read.nested import inner, shown
from ckanext.rgpd.core.read.package import is_folder, is_locked, opened
from ckanext.rgpd.core.read.source import Source, extension

#: The column of what the members are called.
_NAMES = "(members)"
_OPENERS: dict[str, Callable[[IO[bytes]], Any]] = {
    "gz": gzip.open,
    "tgz": gzip.open,
    "bz2": bz2.open,
    "xz": lzma.open,
}
_LONGEST_CHARSET = 100

#: Name of a member, and what opens it; None where a password is needed.
Member = tuple[str, Callable[[], IO[bytes]] | None]


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """All members that can be read; raises Unreadable, with the member, if one could not."""
    source.file.seek(0)
    if source.head.startswith(b"PK"):
        with opened(source, limits) as archive:
            yield from _members(list(_zipped(archive)), source, limits, is_value)
    elif source.head[257:262] == b"ustar":
        yield from _tar(source, limits, is_value)
    else:
        yield from _decompressed(source, limits, is_value)


def _zipped(archive: zipfile.ZipFile) -> Iterator[Member]:
    for member in archive.infolist():
        if not is_folder(member):
            locked = is_locked(member)
            yield member.filename, None if locked else partial(archive.open, member)


def _tar(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    try:
        with tarfile.open(fileobj=source.file, mode="r:") as archive:
            members: list[Member] = []
            size = 0
            for member in archive:
                size += member.size
                if size > limits.max_unpacked_bytes or len(members) >= limits.max_members:
                    raise Unreadable("too_large", "members")
                if member.isfile():
                    opener = cast(Callable[[], IO[bytes]], partial(archive.extractfile, member))
                    members.append((member.name, opener))
            yield from _members(members, source, limits, is_value)
    except BROKEN as e:
        raise Unreadable("corrupt") from e


def _members(
    members: Sequence[Member], source: Source, limits: Limits, is_value: Callable[[str], bool]
) -> Iterator[Batch]:
    missed = Missed()
    if members:
        yield _names([name for name, _ in members])
    source.charset = _charset(members)
    for number, (name, opener) in enumerate(members, 1):
        with missed.part(shown(name, is_value)):
            if opener is None:
                raise Unreadable("encrypted")
            with opener() as stream:
                yield from inner(stream, name, source, limits, is_value)
        source.done = source.size * number // len(members)
    missed.stop()


def _names(names: Sequence[str]) -> Batch:
    values = [name.replace("\0", "") for name in names]
    return Batch(0, [Cells(_NAMES, 0, "", _NAMES, values, lambda n: f"member {n + 1}")])


def _charset(members: Iterable[Member]) -> str:
    """The letters of a dBase table, as the file beside it says, or "".

    One that cannot be read says nothing here; it is missed when its turn comes as a member.
    """
    for name, opener in members:
        if extension(name) == "cpg" and opener:
            with suppress(*BROKEN), opener() as stream:
                return stream.read(_LONGEST_CHARSET).decode("ascii", "replace").strip()
    return ""


def _decompressed(
    source: Source, limits: Limits, is_value: Callable[[str], bool]
) -> Iterator[Batch]:
    end = source.extension if source.extension in _OPENERS else _by_magic(source.head)
    name = source.name.removesuffix(f".{end}").removesuffix(f".{end.upper()}") or "content"
    if end == "tgz":
        name += ".tar"
    try:
        with _OPENERS[end](source.file) as stream:
            yield from inner(stream, name, source, limits, is_value)
    except BROKEN as e:
        raise Unreadable("corrupt") from e


def _by_magic(head: bytes) -> str:
    return "bz2" if head.startswith(b"BZh") else "xz" if head.startswith(b"\xfd7z") else "gz"
