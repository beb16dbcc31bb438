"""The auth functions of the extension, and the chained ones that this CKAN has."""

from __future__ import annotations

from typing import Any

from ckanext.rgpd.logic import auth, auth_files
from ckanext.rgpd.logic.action import files


def get_auth_functions() -> dict[str, Any]:
    """All of them."""
    modules = [auth, auth_files] if files.there() else [auth]
    return {name: getattr(module, name) for module in modules for name in module.__all__}
