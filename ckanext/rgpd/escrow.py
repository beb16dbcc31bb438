"""Where bytes wait, addressed by their SHA-256, and the only code that moves them out.

Nothing here is served by CKAN. A release copies the bytes to CKAN's ordinary storage, from
where CKAN serves them as usual; closing takes that copy out again. So a route that nobody
thought of finds nothing.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import ckan.lib.uploader as ckan_uploader
import ckan.plugins.toolkit as tk

from ckanext.rgpd import config, escrow_storage

CHUNK = 1 << 20
ID_LENGTH = 36


class TooLargeError(Exception):
    """More bytes came than the portal takes."""


@dataclass(frozen=True)
class Stored:
    """Bytes that lie in the escrow."""

    sha256: str
    size: int


def path(sha256: str) -> Path:
    """Where the bytes of that hash lie, unless they wait in a storage of the file layer."""
    return config.escrow_path() / sha256[:2] / sha256[2:4] / sha256


def folder() -> Path:
    """The escrow's folder, made if need be, for nobody but CKAN."""
    root = config.escrow_path()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def put(stream: IO[bytes], limit: int) -> Stored:
    """Store a stream, at most ``limit`` bytes of it, and say what it is.

    The same bytes are stored once. Raises :class:`TooLargeError`.
    """
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder(), prefix="incoming-", delete=False) as target:
        try:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLargeError(f"more than {limit} bytes")
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
            stored = Stored(digest.hexdigest(), size)
            _keep(Path(target.name), stored.sha256)
        except BaseException:
            Path(target.name).unlink()
            raise
    return stored


def _keep(incoming: Path, sha256: str) -> None:
    storage = escrow_storage.named()
    if storage:
        escrow_storage.put(storage, incoming, sha256)
        incoming.unlink()
        return
    place = path(sha256)
    for parent in (place.parent.parent, place.parent):
        parent.mkdir(mode=0o700, exist_ok=True)
    incoming.replace(place)


@contextlib.contextmanager
def local(sha256: str) -> Iterator[Path]:
    """A path of the bytes that wait, while the context lasts; ``OSError`` where there are none."""
    storage = escrow_storage.named()
    if storage is None:
        yield path(sha256)
        return
    with tempfile.NamedTemporaryFile(dir=folder(), prefix="fetched-") as target:
        escrow_storage.fetch(storage, sha256, cast("IO[bytes]", target))
        yield Path(target.name)


def holds(sha256: str) -> bool:
    """Whether bytes of that hash wait."""
    storage = escrow_storage.named()
    return escrow_storage.holds(storage, sha256) if storage else path(sha256).exists()


def ordinary_storage() -> Any:
    """CKAN's storage for resources, where the portal uses the file layer of CKAN 2.12."""
    if tk.check_ckan_version(min_version="2.12.0"):
        from ckan.lib import files

        with contextlib.suppress(files.exc.UnknownStorageError):
            return files.get_storage(tk.config["ckan.files.default_storages.resource"])
    return None


def ordinary_uploader(resource: dict[str, Any]) -> Any:
    """CKAN's own uploader for a resource dict: the file layer's, or the legacy one."""
    if ordinary_storage():
        return ckan_uploader.FKResourceUpload(resource)
    return ckan_uploader.ResourceUpload(resource)


def release(resource_id: str, sha256: str) -> None:
    """Copy bytes to CKAN's ordinary storage, whole or not at all."""
    ordinary = ordinary_uploader({"id": resource_id})
    storage = getattr(ordinary, "storage", None)
    if storage:
        _release_to_storage(ordinary, resource_id, sha256)
        return
    place = Path(ordinary.get_path(resource_id))
    place.parent.mkdir(parents=True, exist_ok=True)
    copy = place.with_name(place.name + "~")
    with local(sha256) as waiting:
        shutil.copyfile(waiting, copy)
    copy.replace(place)


def ordinary_bytes(resource_id: str) -> IO[bytes]:
    """What CKAN's ordinary storage holds for a resource; raises ``OSError`` if it is nothing."""
    ordinary = ordinary_uploader({"id": resource_id})
    storage = getattr(ordinary, "storage", None)
    if storage:
        return _from_storage(storage, ordinary.get_path(resource_id))
    return Path(ordinary.get_path(resource_id)).open("rb")


def served_from(ordinary: Any, resource_id: str, sha256: str | None) -> str | None:
    """Where CKAN's own uploader finds the very bytes that were released; none if it does not.

    They are hashed once for each process and each state of the storage.
    """
    location: str = ordinary.get_path(resource_id)
    try:
        there = _sha256_in_state(resource_id, *_storage_state(ordinary, location))
    except OSError:
        return None
    return location if there == sha256 else None


def _storage_state(ordinary: Any, location: str) -> tuple[Path | None, tuple[Any, ...]]:
    """The file, if it lies on this machine, and what cannot stay the same when the bytes change.

    The first of that is their number.
    """
    storage = getattr(ordinary, "storage", None)
    place = Path(storage.full_path(location)) if storage else Path(location)
    if storage and not place.is_file():
        data = escrow_storage.ask(storage.analyze, location)
        return None, (data.size, data.location, data.hash)
    found = place.stat()
    return place, (found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


@functools.lru_cache(maxsize=10_000)
def _sha256_in_state(resource_id: str, place: Path | None, _state: tuple[Any, ...]) -> str:
    digest = hashlib.sha256()
    with place.open("rb") if place else ordinary_bytes(resource_id) as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def ordinary_size(resource_id: str) -> int | None:
    """How many bytes CKAN's ordinary storage holds for a resource; none where there is no file."""
    ordinary = ordinary_uploader({"id": resource_id})
    try:
        _place, state = _storage_state(ordinary, ordinary.get_path(resource_id))
    except OSError:
        return None
    return int(state[0])


def ordinary_ids() -> Iterator[str]:
    """The resources for which CKAN's ordinary storage holds bytes."""
    ordinary = ordinary_uploader({"id": ""})
    storage = getattr(ordinary, "storage", None)
    if storage:
        places: Iterable[Any] = storage.scan()
    elif ordinary.storage_path:
        root = Path(ordinary.storage_path)
        places = (place.relative_to(root) for place in root.rglob("*") if place.is_file())
    else:
        places = ()
    for place in places:
        id = str(place).replace("/", "")[-ID_LENGTH:]
        if not id.endswith("~"):
            yield id


def _from_storage(storage: Any, location: str) -> IO[bytes]:
    """A file of CKAN's storage, as a stream."""
    from ckan.lib import files

    stream = escrow_storage.ask(storage.stream, files.FileData(files.Location(location)))
    if hasattr(stream, "read"):
        return stream
    spooled = tempfile.SpooledTemporaryFile(max_size=CHUNK, dir=str(folder()))  # noqa: SIM115 - given
    for chunk in stream:
        spooled.write(chunk)
    spooled.seek(0)
    return cast("IO[bytes]", spooled)


def withdraw(resource_id: str) -> None:
    """Take a resource's bytes out of CKAN's ordinary storage, if they are there."""
    ordinary = ordinary_uploader({"id": resource_id})
    storage = getattr(ordinary, "storage", None)
    if storage:
        from ckan.lib import files

        with contextlib.suppress(files.exc.MissingFileError):
            storage.remove(files.FileData(ordinary.get_path(resource_id)))
    elif ordinary.storage_path:
        Path(ordinary.get_path(resource_id)).unlink(missing_ok=True)


def _release_to_storage(ordinary: Any, resource_id: str, sha256: str) -> None:
    from ckan.lib import files

    withdraw(resource_id)
    with local(sha256) as waiting, waiting.open("rb") as content:
        ordinary.storage.upload(ordinary.get_path(resource_id), files.make_upload(content))
