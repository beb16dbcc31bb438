"""ckanext-harvest keeps what it was given of each dataset, the addresses of its links included."""

from __future__ import annotations

from typing import Any

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model as ckan_model
from ckan.types import Context

from ckanext.rgpd import gate
from ckanext.rgpd.core import types
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import RELEASED

__all__ = ["harvest_object_show"]

Data = dict[str, Any]


def loaded() -> bool:
    """Whether this portal harvests."""
    return plugins.plugin_loaded("harvest")


@tk.chained_action
@tk.side_effect_free
def harvest_object_show(next_action: Any, context: Context, data_dict: Data) -> Any:
    """What was harvested, for everybody once all that it may name was released."""
    shown = next_action(context, data_dict)
    if context.get("ignore_auth") or _may_see(context.get("user"), shown):
        return shown
    raise tk.NotAuthorized(tk._("This resource is under review."))


def _may_see(user: str | None, shown: Data) -> bool:
    """Without a dataset nothing of it was ever read; older harvests name what stands no more."""
    package_id = shown.get("package")
    if not package_id:
        return gate.is_reviewer(user)
    return (shown["current"] and _all_was_open(package_id)) or gate.may_handle(user, package_id)


def _all_was_open(package_id: str) -> bool:
    """Whether every content that the dataset ever had is released, or was until it was replaced."""
    package = ckan_model.Package.get(package_id)
    if package is None:  # purged, and the harvest still speaks of it
        return False
    resources = {resource.id for resource in package.resources}
    never_open = sa.select(Version.id).where(
        Version.package_id == package_id,
        Version.state != RELEASED,
        sa.func.coalesce(Version.outcome, "").not_in(types.PUBLISHING),
    )
    return gate.open_resources(resources) == resources and not ckan_model.Session.scalar(never_open)
