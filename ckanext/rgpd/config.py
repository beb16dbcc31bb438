"""The extension's options, read here and nowhere else (see ``config_declaration.yaml``)."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import fetch
from ckanext.rgpd.core.anonymise import Thresholds

QUARANTINE = "quarantine"
BLOCK = "block"
WARN = "warn"
MODES = (QUARANTINE, BLOCK, WARN)

MODE = "ckanext.rgpd.mode"
ESCROW_PATH = "ckanext.rgpd.escrow_path"
ESCROW_STORAGE = "ckanext.rgpd.escrow_storage"
REVIEWERS = "ckanext.rgpd.reviewers"
DPO_CONTACT = "ckanext.rgpd.dpo_contact"
DELEGATES = "ckanext.rgpd.delegates"
REVIEW_DAYS = "ckanext.rgpd.review.days"
KEEP_DAYS = "ckanext.rgpd.keep_days"
SCAN_WAIT = "ckanext.rgpd.scan.wait"
SCAN_TIMEOUT = "ckanext.rgpd.scan.timeout"
ANONYMISATION_K = "ckanext.rgpd.anonymisation.k"
ANONYMISATION_L = "ckanext.rgpd.anonymisation.l"
ANONYMISATION_T = "ckanext.rgpd.anonymisation.t"
SCAN_MEMORY = "ckanext.rgpd.scan.memory"
LINKS_PAGES = "ckanext.rgpd.links.pages"
LINKS_RECHECK = "ckanext.rgpd.links.recheck"
LINKS_MAX_SIZE = "ckanext.rgpd.links.max_size"
LINKS_TIMEOUT = "ckanext.rgpd.links.timeout"
LINKS_PROXY = "ckanext.rgpd.links.proxy"
LINKS_INTERNAL = "ckanext.rgpd.links.internal_hosts"

#: What to do with a link to a page or a service: a reviewer decides, or its answer is scanned.
REVIEW = "review"
SCAN = "scan"
PAGES = (REVIEW, SCAN)


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
        raise CkanConfigurationException(
            f"Files cannot be held back: set {ESCROW_PATH} or ckan.storage_path."
        )
    return Path(storage) / "rgpd_escrow"


def escrow_storage() -> str:
    """Name of the storage of CKAN 2.12's file layer where bytes wait; empty for a folder."""
    return tk.config.get(ESCROW_STORAGE) or ""


def reviewers() -> frozenset[str]:
    """Names of the users who decide, sysadmins apart."""
    return frozenset(tk.config[REVIEWERS])


def delegates() -> frozenset[tuple[str, str]]:
    """Who decides for one organisation only: names of organisations and users."""
    pairs = (entry.partition(":") for entry in tk.config[DELEGATES])
    return frozenset((organisation, user) for organisation, _, user in pairs if user)


def review_days() -> int:
    """Days in which a reviewer decides."""
    return tk.config[REVIEW_DAYS]


def dpo_contact() -> str:
    """E-mail address or page of the portal's data protection officer, or an empty text."""
    return tk.config.get(DPO_CONTACT) or ""


def anonymisation_thresholds() -> Thresholds:
    """What the portal asks of an anonymised table; no text of law fixes these figures."""
    return Thresholds(
        k=tk.config[ANONYMISATION_K], l=tk.config[ANONYMISATION_L], t=_share(ANONYMISATION_T)
    )


def refuse_wrong() -> None:
    """Stop CKAN from starting with an option that its declaration cannot check.

    A declaration may name CKAN's own validators only: plugins named before ours (scheming,
    harvest) have CKAN gather the validators before ours are there.
    """
    anonymisation_thresholds()


def _share(key: str) -> float:
    """A number from 0 to 1."""
    try:
        share = float(tk.config[key])
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise CkanConfigurationException(f"{key}: give a number from 0 to 1.")
    return share


def keep_days() -> int:
    """Days for which the bytes of replaced, removed and refused contents are kept."""
    return tk.config[KEEP_DAYS]


def scan_wait() -> int:
    """Seconds that an upload waits for its scan."""
    return tk.config[SCAN_WAIT]


def scan_timeout() -> int:
    """Seconds that one scan may take."""
    return tk.config[SCAN_TIMEOUT]


def scan_memory() -> int:
    """Bytes of memory that one scan may use."""
    return tk.config[SCAN_MEMORY] * 1024 * 1024


def links_pages() -> str:
    """What to do with links to what is no file: one of :data:`PAGES`."""
    return tk.config[LINKS_PAGES]


def links_recheck() -> int:
    """Hours after which a link is looked at again."""
    return tk.config[LINKS_RECHECK]


def links_internal() -> frozenset[str]:
    """The ``host:port`` that links may lead to though they are not public; for tests."""
    return frozenset(tk.config[LINKS_INTERNAL])


def links_bounds() -> fetch.Bounds:
    """What fetching the content of a link may use."""
    return fetch.Bounds(
        size=tk.config[LINKS_MAX_SIZE] * 1024 * 1024,
        seconds=tk.config[LINKS_TIMEOUT],
        proxy=tk.config.get(LINKS_PROXY) or "",
        internal=links_internal(),
    )
