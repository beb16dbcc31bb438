"""The auth functions of the extension, and the chained ones that this CKAN has."""

from __future__ import annotations

from typing import Any

from ckanext.rgpd import datastore
from ckanext.rgpd.logic import auth, auth_files, auth_rows
from ckanext.rgpd.logic.action import files


def get_auth_functions() -> dict[str, Any]:
    """All of them."""
    modules = [auth]
    modules += [auth_files] if files.there() else []
    modules += [auth_rows] if datastore.loaded() else []
    return {name: getattr(module, name) for module in modules for name in module.__all__}
