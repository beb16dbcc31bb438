"""The extension's resource uploader: bytes go to the escrow, and out only through the gate."""

from __future__ import annotations

import os
from typing import IO, Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user
from werkzeug.datastructures import FileStorage

from ckanext.rgpd import cache, downloads, escrow, escrow_storage, gate, versions
from ckanext.rgpd.model import standing
from ckanext.rgpd.model.version import UPLOAD

MEGABYTE = 1 << 20


def for_resource(resource: dict[str, Any]) -> EscrowUpload | None:
    """The uploader for a resource dict; none where the portal takes no files at all."""
    if not tk.config.get("ckan.storage_path") and not escrow.ordinary_storage():
        return None
    return EscrowUpload(resource)


class EscrowUpload:
    """Takes the place of CKAN's resource uploader for every write and every read.

    CKAN's own uploader reads the form's fields and guesses the type; storing is ours.
    """

    def __init__(self, resource: dict[str, Any]) -> None:
        upload: Any = resource.get("upload")
        self.resource_id: str = resource.get("id") or ""
        self.ordinary = escrow.ordinary_uploader(resource)
        self.clear = self.ordinary.clear
        self.filename = self.ordinary.filename
        self.mimetype = self.ordinary.mimetype
        self.stored: escrow.Stored | None = None
        self.from_escrow = False
        if self.filename:
            self.stored = keep(upload)
            self.filesize = self.stored.size

    def upload(self, id: str, max_size: int = 10) -> None:
        """Record the new content; called inside the transaction that writes the resource.

        Row and version are committed together or not at all, and the bytes of another
        version are never touched.
        """
        if self.stored:
            _check_size(self.stored, max_size)
            versions.record_upload(id, self.stored, self.filename)
        elif self.clear:
            versions.withdraw(id, kind=UPLOAD)

    @property
    def storage(self) -> Any:
        """CKAN's storage, where its download view looks; none while the bytes are held."""
        if self.from_escrow:
            return escrow_storage.named()
        storage = getattr(self.ordinary, "storage", None)
        return storage if storage and gate.has_all_released(self.resource_id) else None

    def get_path(self, id: str) -> str:
        """Where the bytes are that the present user may read; 404 where there are none."""
        held = next((v for v in standing.of([id])[id] if v.kind == UPLOAD), None)
        if held and gate.has_all_released(id):
            released = escrow.served_from(self.ordinary, id, held.sha256)
            if released:
                downloads.served(held.id)
                return released
        user = getattr(current_user, "name", None)
        if held and held.sha256 and gate.may_handle(user, held.package_id):
            versions.register_read(held.id)
            cache.forbid()
            self.from_escrow = True
            if escrow_storage.named():
                return escrow_storage.location(held.sha256)
            return str(escrow.path(held.sha256))
        return tk.abort(404, tk._("No download is available"))


def keep(upload: FileStorage) -> escrow.Stored:
    """Put an uploaded file into the escrow, once, however often it is asked."""
    stored = getattr(upload, "rgpd_stored", None)
    if stored is None:
        stream: IO[bytes] = upload.stream
        stream.seek(0)
        limit = tk.config["ckan.max_resource_size"] * MEGABYTE
        try:
            stored = escrow.put(stream, limit)
        except escrow.TooLargeError as error:
            raise too_large() from error
        finally:
            stream.seek(0, os.SEEK_SET)
        upload.rgpd_stored = stored  # type: ignore[attr-defined]
    return stored


def too_large() -> tk.ValidationError:
    """The error for a file above the portal's limit."""
    limit = tk.config["ckan.max_resource_size"]
    message = tk._("This file is larger than the {limit} MB that the portal takes.")
    return tk.ValidationError({"upload": [message.format(limit=limit)]})


def _check_size(stored: escrow.Stored, max_size: int) -> None:
    if stored.size > max_size * MEGABYTE:
        raise too_large()
