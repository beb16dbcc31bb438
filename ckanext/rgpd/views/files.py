"""CKAN 2.12's addresses of files that ask no permission."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import jwt
from ckan.common import current_user
from ckan.lib import api_token

from ckanext.rgpd.logic import auth_files

TRUSTED = "file.trusted_download"
PUBLIC = "file.public_download"


def refuse_unread() -> None:
    """A token says who may, and never that the file has been read; nor does an address."""
    if tk.request.endpoint == PUBLIC:
        storage = (tk.request.view_args or {}).get("storage_name")
        if storage == tk.config["ckan.files.default_storages.resource"]:
            tk.abort(404)
    if tk.request.endpoint == TRUSTED:
        file = _meant((tk.request.view_args or {}).get("token") or "")
        user = getattr(current_user, "name", None)
        if file is None or not auth_files.may_have(user, file):
            tk.abort(404)


def _meant(token: str) -> Any:
    """The file that a valid token names."""
    try:
        data = api_token.decode_token(token, audience="trusted_download")
    except jwt.InvalidTokenError:
        return None
    if "sub" in data:
        return ckan_model.Session.get(ckan_model.File, data["sub"])
    if "location" in data and "storage" in data:
        query = ckan_model.File.by_location(data["location"], data["storage"])
        return ckan_model.Session.scalar(query)
    return None
