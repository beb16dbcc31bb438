"""CKAN's page of a resource as it once was: drawn from an activity, past every action we chain."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.common import current_user

from ckanext.rgpd import gate

PAGE = "activity.resource_history"


def refuse_strangers() -> None:
    """The copies never change, so they are for those in charge, whatever stands open today."""
    if tk.request.endpoint != PAGE:
        return
    package = ckan_model.Package.get((tk.request.view_args or {}).get("id"))
    user = getattr(current_user, "name", None)
    if package is None or not gate.may_handle(user, package.id):
        tk.abort(404, tk._("Resource not found"))
