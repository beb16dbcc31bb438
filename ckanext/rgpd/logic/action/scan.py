"""Start a scan again."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import jobs
from ckanext.rgpd.logic import schema
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import HELD, PENDING, SCANNING

__all__ = ["rgpd_scan_request"]


def rgpd_scan_request(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read a resource's closed contents again; what is released stays as it is.

    :param resource_id: the id of the resource
    :returns: ``queued``, how many contents will be read
    """
    data = schema.validated(data_dict, schema.resource(), context)
    tk.check_access("rgpd_handle", context, data)
    again = [
        v for v in Version.current(data["resource_id"]) if v.state in (HELD, PENDING, SCANNING)
    ]
    for version in again:
        version.state, version.attempts, version.progress = PENDING, 0, 0
        version.note("scan_requested")
    ckan_model.Session.commit()
    for version in again:
        jobs.enqueue_version(version.id)
    jobs.wait(version.id for version in again)
    return {"queued": len(again)}
