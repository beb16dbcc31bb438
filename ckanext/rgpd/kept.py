"""Keeps an uploaded file across a refused form, so that nobody has to send it twice.

The form carries a signed note of which bytes of the escrow are meant; it is good for its own
user and for one day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from ckanext.rgpd import escrow

FIELD = "rgpd_kept_upload"
NAME_FIELD = "rgpd_kept_name"
ONE_DAY = 24 * 3600


@contextmanager
def across_refusal(context: Context, data_dict: dict[str, Any]) -> Iterator[None]:
    """Bring back the file that the form's note names; on a refusal, leave a note for the next."""
    user = context.get("user") or ""
    note = data_dict.pop(FIELD, None)
    data_dict.pop(NAME_FIELD, None)
    if note and not _chosen(data_dict):
        data_dict.update(_bring_back(str(note), user))
    upload = _chosen(data_dict)
    is_new = not data_dict.get("id")
    try:
        yield
    except tk.ValidationError:
        if is_new:  # CKAN has written the identifier of a resource that is not there after all
            data_dict.pop("id", None)
        stored = getattr(upload, "rgpd_stored", None)
        if upload and stored:
            data_dict.pop("upload", None)
            data_dict[FIELD] = _serializer().dumps([user, stored.sha256, upload.filename])
            data_dict[NAME_FIELD] = upload.filename
        raise


def _chosen(data_dict: dict[str, Any]) -> FileStorage | None:
    upload = data_dict.get("upload")
    return upload if isinstance(upload, FileStorage) and upload.filename else None


def _bring_back(note: str, user: str) -> dict[str, Any]:
    """The form's fields for the file that a note names; none if it is not this user's."""
    try:
        owner, sha256, filename = _serializer().loads(note, max_age=ONE_DAY)
        if owner != user:
            return {}
        with escrow.local(sha256) as path:
            upload = FileStorage(path.open("rb"), filename=filename)
    except (BadSignature, OSError):
        return {}
    return {"upload": upload, "url_type": "upload"}


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(tk.config["SECRET_KEY"], salt="rgpd-kept-upload")
