"""The extension's options, read here and nowhere else (see ``config_declaration.yaml``)."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk

QUARANTINE = "quarantine"
BLOCK = "block"
WARN = "warn"
MODES = (QUARANTINE, BLOCK, WARN)

MODE = "ckanext.rgpd.mode"
ESCROW_PATH = "ckanext.rgpd.escrow_path"
REVIEWERS = "ckanext.rgpd.reviewers"
DPO_CONTACT = "ckanext.rgpd.dpo_contact"
SCAN_WAIT = "ckanext.rgpd.scan.wait"
SCAN_TIMEOUT = "ckanext.rgpd.scan.timeout"
SCAN_MEMORY = "ckanext.rgpd.scan.memory"


def mode() -> str:
    """What to do with personal data that has no legal basis: one of :data:`MODES`."""
    return tk.config[MODE]


def escrow_path() -> Path:
    """The folder where bytes wait; raises ``CkanConfigurationException`` when there is none."""
    path = tk.config.get(ESCROW_PATH)
    if path:
        return Path(path)
    storage = tk.config.get("ckan.storage_path")
    if not storage:
        raise tk.CkanConfigurationException(
            f"Files cannot be held back: set {ESCROW_PATH} or ckan.storage_path."
        )
    return Path(storage) / "rgpd_escrow"


def reviewers() -> frozenset[str]:
    """Names of the users who decide, sysadmins apart."""
    return frozenset(tk.config[REVIEWERS])


def dpo_contact() -> str:
    """E-mail address or page of the portal's data protection officer, or an empty text."""
    return tk.config.get(DPO_CONTACT) or ""


def scan_wait() -> int:
    """Seconds that an upload waits for its scan."""
    return tk.config[SCAN_WAIT]


def scan_timeout() -> int:
    """Seconds that one scan may take."""
    return tk.config[SCAN_TIMEOUT]


def scan_memory() -> int:
    """Bytes of memory that one scan may use."""
    return tk.config[SCAN_MEMORY] * 1024 * 1024
