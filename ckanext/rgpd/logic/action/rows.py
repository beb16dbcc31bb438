"""The DataStore's actions that write rows: each has the table read again.

That it is closed meanwhile does not hang on these actions: see :mod:`ckanext.rgpd.row_changes`.
"""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import jobs, versions
from ckanext.rgpd.model.version import DATASTORE

__all__ = [
    "datastore_create",
    "datastore_delete",
    "datastore_upsert",
]

Data = dict[str, Any]


@tk.chained_action
def datastore_create(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Rows of a new table."""
    return _write(next_action, "datastore_create", context, data_dict)


@tk.chained_action
def datastore_upsert(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Rows added or changed."""
    return _write(next_action, "datastore_upsert", context, data_dict)


@tk.chained_action
def datastore_delete(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Rows removed, or the whole table: nothing new comes in."""
    result = next_action(context, data_dict)
    if not data_dict.get("filters") and data_dict.get("resource_id"):
        versions.withdraw(data_dict["resource_id"], kind=DATASTORE)
        ckan_model.Session.commit()
    return result


def _write(next_action: Any, name: str, context: Context, data_dict: Data) -> Any:
    """Close first, then write, then read what is there now.

    A resource that the call itself creates has no version yet, and is closed for that reason.
    """
    resource_id = data_dict.get("resource_id")
    if not resource_id or not ckan_model.Resource.get(resource_id):
        result = next_action(context, data_dict)
        jobs.enqueue_version(_close(context, result["resource_id"]))
        return result
    tk.check_access(name, context, data_dict)
    version_id = _close(context, resource_id)
    try:
        return next_action(context, data_dict)
    finally:
        jobs.enqueue_version(version_id)


def _close(context: Context, resource_id: str) -> str:
    """A version of its own for each write: the table opens when the last one has been read."""
    versions.acting_user(context.get("user"))
    version_id = versions.record_rows(resource_id).id
    ckan_model.Session.commit()
    return version_id
