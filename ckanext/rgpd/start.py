"""What the plugin sets when a portal starts."""

from __future__ import annotations

from pathlib import Path

from ckan.common import CKANConfig


def set_defaults(config: CKANConfig) -> None:
    """Offer the licences of art. D.323-2-1 CRPA, unless the portal has a list of its own."""
    if not config.get("licenses_group_url"):
        licences = Path(__file__).resolve().with_name("licenses.json")
        config["licenses_group_url"] = licences.as_uri()
