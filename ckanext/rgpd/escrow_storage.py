"""Bytes that wait in a storage of CKAN 2.12's file layer (a bucket), where one is named.

Without one they wait in a folder: see :mod:`ckanext.rgpd.escrow`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import config


def named() -> Any:
    """The storage that the option names; none where bytes wait in a folder.

    Raises ``CkanConfigurationException`` when there is no such storage: bytes have no place then.
    """
    name = config.escrow_storage()
    if not name:
        return None
    from ckan.lib import files

    try:
        storage = files.get_storage(name)
    except files.exc.UnknownStorageError as error:
        raise _no_place(f"there is no storage {name}") from error
    if getattr(storage.settings, "public", False):
        raise _no_place(f"the storage {name} is public")
    if name == tk.config["ckan.files.default_storages.resource"]:
        raise _no_place(f"{name} is where CKAN serves resources from")
    return storage


def _no_place(why: str) -> CkanConfigurationException:
    return CkanConfigurationException(
        f"Files cannot be held back: {why}. Set {config.ESCROW_STORAGE} to another storage."
    )


def location(sha256: str) -> str:
    """Where the bytes of that hash lie in the storage."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(storage: Any, path: Path, sha256: str) -> None:
    """Store a file, unless its bytes are there."""
    from ckan.lib import files

    if holds(storage, sha256):
        return
    with path.open("rb") as content:
        storage.upload(files.Location(location(sha256)), files.make_upload(content))


def fetch(storage: Any, sha256: str, target: IO[bytes]) -> None:
    """Write the bytes to ``target``; raises ``FileNotFoundError`` where there are none."""
    from ckan.lib import files

    data = files.FileData(files.Location(location(sha256)))
    for chunk in ask(storage.stream, data):
        target.write(chunk)
    target.flush()


def holds(storage: Any, sha256: str) -> bool:
    """Whether the bytes are there."""
    from ckan.lib import files

    return bool(storage.exists(files.FileData(files.Location(location(sha256)))))


def remove(storage: Any, sha256: str) -> None:
    """Take the bytes out, if they are there."""
    from ckan.lib import files

    if holds(storage, sha256):
        storage.remove(files.FileData(files.Location(location(sha256))))


def ask(method: Callable[[Any], Any], what: Any) -> Any:
    """The answer of a storage; raises ``OSError`` where it holds nothing of the kind."""
    from ckan.lib import files

    try:
        return method(what)
    except (files.exc.LocationError, files.exc.MissingFileError) as error:
        raise FileNotFoundError("no such file in the storage") from error
