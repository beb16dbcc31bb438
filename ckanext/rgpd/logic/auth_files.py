"""CKAN 2.12's files: those that hang on a dataset are read by no scan.

CKAN lets whoever may see a dataset, resource or organisation have the files that it owns. Ours
are for their own users, and for those who may edit what owns them.
"""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.rgpd import gate

__all__ = ["permission_read_file"]


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def permission_read_file(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """To read or download a file: what its owner's editors may, and nobody by seeing alone."""
    answer = next_auth(context, data_dict)
    file = ckan_model.Session.get(ckan_model.File, data_dict["id"])
    if answer["success"] and file and not may_have(context.get("user"), file):
        return {"success": False, "msg": tk._("This file is under review.")}
    return answer


def may_have(user: str | None, file: Any) -> bool:
    """Whether a user may have a file of CKAN's file layer that CKAN would give."""
    owner = file.owner
    if owner is None or owner.owner_type == "user" or gate.is_reviewer(user):
        return True
    context: Any = {"user": user or "", "auth_user_obj": ckan_model.User.get(user or "")}
    name = f"{owner.owner_type}_update"
    return bool(user and authz.is_authorized(name, context, {"id": owner.owner_id})["success"])
