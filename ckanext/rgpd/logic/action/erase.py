"""The right to erasure, as far as reports go."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import purge
from ckanext.rgpd.logic import schema

__all__ = ["rgpd_examples_erase"]


def rgpd_examples_erase(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Erase the masked examples of all reports on a resource's contents (reviewers).

    :param resource_id: the id of the resource
    :returns: ``erased``, the number of reports
    """
    data = schema.validated(data_dict, schema.resource(), context)
    tk.check_access("rgpd_review", context, data)
    user = ckan_model.User.get(context["user"])
    return {"erased": purge.erase_examples(data["resource_id"], user.id if user else None)}
