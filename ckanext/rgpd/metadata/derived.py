"""Fields of a dataset that follow from its other fields and from its files: never written."""

from __future__ import annotations

import functools
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.helpers import helper_functions as h
from flask import has_request_context

from ckanext.rgpd.core.types import PUBLISHING
from ckanext.rgpd.metadata import licence

#: From the gravest to the mildest: what a dataset holds is what its gravest file holds.
PRESENCES = (
    "special_category",
    "offence",
    "personal",
    "pseudonymised",
    "unknown",
    "anonymised",
    "none",
)

_PREFIX = "rgpd_"


def of_dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    """The derived fields of a dataset dict as its reader is shown it, without prefix.

    Its resources are dressed already, so that nothing is said of those that the reader is not
    shown.
    """
    resources = dataset.get("resources") or []
    last = str(dataset.get("metadata_modified") or "")[:10]
    return {
        "dcp_presence": _presence(resources),
        "license_regime": licence.regime(
            dataset.get("license_id"), dataset.get(_PREFIX + "license_regime")
        ),
        "compliance_status": _status(resources),
        "source_mention": _source(dataset, last),
        "last_update": last,
    }


def _presence(resources: list[dict[str, Any]]) -> str:
    held = {resource.get(_PREFIX + "dcp_presence", "unknown") for resource in resources}
    return next((presence for presence in PRESENCES if presence in held), "none")


def _status(resources: list[dict[str, Any]]) -> str:
    """Compliance, as far as the reader may know it (legal.md §7.1)."""
    if not resources:
        return "unknown"
    states = {resource.get(_PREFIX + "state") for resource in resources}
    warned = [resource for resource in resources if resource.get(_PREFIX + "warned")]
    if warned:
        return "non_compliant" if len(warned) == len(resources) else "partially_compliant"
    return "compliant" if states <= set(PUBLISHING) else "under_review"


def _source(dataset: dict[str, Any], last: str) -> str:
    """What a reuser must name: the source and its last update (CRPA L. 322-1)."""
    organisation = dataset.get("organization") or {}
    publisher = organisation.get("title") or organisation.get("name") or ""
    parts = [publisher, dataset.get("title") or dataset.get("name") or ""]
    source = ", ".join(part for part in parts if part)
    language = h.lang() if has_request_context() else ""
    return _mention(language).format(source=source, date=last)


@functools.cache
def _mention(_language: str) -> str:
    """The sentence in the reader's language: to look it up takes longer than the rest together."""
    return tk._("{source}, updated on {date}")
