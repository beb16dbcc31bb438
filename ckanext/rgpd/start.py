"""What the plugin sets when a portal starts."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from ckan.common import CKANConfig


def catalogues() -> str:
    """Where the translations are installed: a package of its own, from the top-level folder."""
    return str(resources.files("ckanext.rgpd.i18n"))


def licences() -> str:
    """The address of our licence file."""
    return Path(__file__).resolve().with_name("licenses.json").as_uri()


def set_defaults(config: CKANConfig) -> None:
    """Offer the licences of art. D.323-2-1 CRPA, unless the portal has a list of its own."""
    if not config.get("licenses_group_url"):
        config["licenses_group_url"] = licences()
