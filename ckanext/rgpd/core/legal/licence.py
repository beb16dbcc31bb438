"""Licences that an administration may choose for free reuse (CRPA L. 323-2, D. 323-2-1)."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.types import Reason

_NOT_SPECIFIED = "notspecified"


def licence_reason(licence_id: str | None) -> Reason:
    """What the licence of the dataset adds to the decision."""
    if licence_id in (None, "", _NOT_SPECIFIED):
        return because("licence_missing_advice")
    return because("licence_ok" if licence_id in _listed() else "licence_not_allowed")


@cache
def _listed() -> frozenset[str]:
    """The ids of the portal's licence file, and those that older portals gave the same licences."""
    file = resources.files("ckanext.rgpd") / "licenses.json"
    licences = json.loads(file.read_text(encoding="utf-8"))
    return frozenset(
        name
        for licence in licences
        if licence["id"] != _NOT_SPECIFIED
        for name in (licence["id"], *licence["aliases"])
    )
