"""Licences that an administration may choose for free reuse (CRPA L. 323-2, D. 323-2-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.types import Reason

NOT_SPECIFIED = "notspecified"


def licence_reason(licence_id: str | None) -> Reason:
    """What the licence of the dataset adds to the decision."""
    if licence_id in (None, "", NOT_SPECIFIED):
        return because("licence_missing_advice")
    return because("licence_ok" if is_listed(licence_id) else "licence_not_allowed")


def licence(licence_id: str | None) -> Mapping[str, Any] | None:
    """The licence of that id in the portal's licence file, older names included."""
    return _by_name().get(licence_id or "")


def is_listed(licence_id: str | None) -> bool:
    """Whether the licence is one of those that D. 323-2-1 lists."""
    found = licence(licence_id)
    return found is not None and str(found["regime"]).startswith("list_")


@cache
def licences() -> tuple[Mapping[str, Any], ...]:
    """The portal's licence file: the listed licences, then those that are offered no more."""
    file = resources.files("ckanext.rgpd") / "licenses.json"
    return tuple(MappingProxyType(one) for one in json.loads(file.read_text(encoding="utf-8")))


@cache
def _by_name() -> Mapping[str, Mapping[str, Any]]:
    """The licences by their ids, and by those that older portals gave the same licences."""
    return MappingProxyType(
        {name: one for one in licences() for name in (one["id"], *one["aliases"])}
    )
