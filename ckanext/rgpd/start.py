"""What the plugin sets when a portal starts."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

import ckan.plugins.toolkit as tk
import click
from ckan.common import CKANConfig
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import health


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


def refuse_open_gate() -> None:
    """Raise ``CkanConfigurationException`` where a server would let out what must be held.

    Commands other than ``ckan run`` serve nobody: they go on, or the tables could not be made.
    """
    is_command = click.get_current_context(silent=True) is not None and "run" not in sys.argv[1:]
    wrong = [] if is_command else health.openings()
    if wrong:
        lang = str(tk.config["ckan.locale_default"])
        lines = [
            f"rgpd: NOT {health.text(finding, 'what', lang)} ({finding.where}). "
            f"{health.text(finding, 'mend', lang)}."
            for finding in wrong
        ]
        raise CkanConfigurationException("\n".join(lines))
