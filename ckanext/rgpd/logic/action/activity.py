"""Activity streams: each entry holds a copy of the dataset as it was, resources included.

Those copies never change, so what they say of the resources is for the dataset's editors and
the reviewers only, whatever stands open today.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import compliance

__all__ = [
    "activity_data_show",
    "activity_diff",
    "activity_show",
    "dashboard_activity_list",
    "group_activity_list",
    "organization_activity_list",
    "package_activity_list",
    "recently_changed_packages_activity_list",
    "user_activity_list",
]

Data = dict[str, Any]


def loaded() -> bool:
    """Whether this portal keeps activity streams."""
    return plugins.plugin_loaded("activity")


@tk.chained_action
@tk.side_effect_free
def _entries(next_action: Any, context: Context, data_dict: Data) -> Any:
    """The entries, without what they say of resources to those not in charge."""
    entries = next_action(context, data_dict)
    for entry in entries:
        entry["data"] = _readable(context, entry.get("data"))
    return entries


dashboard_activity_list = _entries
group_activity_list = _entries
organization_activity_list = _entries
package_activity_list = _entries
recently_changed_packages_activity_list = _entries
user_activity_list = _entries


@tk.chained_action
@tk.side_effect_free
def activity_show(next_action: Any, context: Context, data_dict: Data) -> Any:
    """One entry."""
    entry = next_action(context, data_dict)
    entry["data"] = _readable(context, entry.get("data"))
    return entry


@tk.chained_action
@tk.side_effect_free
def activity_data_show(next_action: Any, context: Context, data_dict: Data) -> Any:
    """The copy in an entry: of the whole activity, or of its dataset."""
    data = next_action(context, data_dict)
    if "resources" in data:
        return _readable(context, {"package": data})["package"]
    return _readable(context, data)


@tk.chained_action
@tk.side_effect_free
def activity_diff(next_action: Any, context: Context, data_dict: Data) -> Any:
    """What changed between two entries: for those in charge, since it quotes both."""
    answer = next_action(context, data_dict)
    package = answer["activities"][0]["data"].get("package")
    if package and not compliance.sees_all(context, package["id"]):
        raise tk.NotAuthorized(
            tk._("This is for the dataset's editors and the data protection officer.")
        )
    return answer


def _readable(context: Context, data: Any) -> Any:
    """A copy of an entry's data; the stored one is never changed."""
    data = data or {}
    package = data.get("package")
    package_id = package["id"] if package else data.get("package_id")
    if not package_id or compliance.sees_all(context, package_id):
        return data
    if not package:  # of a view: what it is called may be what the resource is
        ids = {key: data.get(key) for key in ("id", "resource_id", "package_id")}
        return {**ids, "title": "", "description": ""}
    return {**data, "package": {**package, "resources": []}}
