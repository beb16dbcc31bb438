"""Who may do what. Rights over a closed content are asked of the gate, and nowhere else."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.rgpd import cache, gate
from ckanext.rgpd.model import Version

__all__ = [
    "package_show",
    "resource_show",
    "rgpd_decide",
    "rgpd_declare",
    "rgpd_handle",
    "rgpd_review",
    "rgpd_review_list",
    "task_status_show",
]


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def resource_show(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """A closed resource is for the dataset's editors and the reviewers."""
    resource = _resource(context, data_dict)
    user = context.get("user")
    if gate.may_review(user, resource.package_id):
        gate.may_read(user, resource.id, resource.package_id)  # marks the answer as theirs
        return {"success": True}
    answer = next_auth(context, data_dict)
    if answer["success"] and not gate.may_read(user, resource.id, resource.package_id):
        return {"success": False, "msg": tk._("This resource is under review.")}
    return answer


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def package_show(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """A reviewer sees every dataset that holds a content to decide on, private ones too."""
    answer = next_auth(context, data_dict)
    if answer["success"]:
        return answer
    package = context.get("package") or ckan_model.Package.get(data_dict.get("id"))
    if (
        package
        and gate.may_review(context.get("user"), package.id)
        and Version.of_package(package.id)
    ):
        return {"success": True}
    return answer


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def task_status_show(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """What a task says of a resource may quote it (the row that failed), and outlives it."""
    answer = next_auth(context, data_dict)
    task: Any = context.get("task_status")
    resource = ckan_model.Resource.get(task.entity_id) if task else None
    user = context.get("user")
    if resource:
        allowed = gate.may_read(user, resource.id, resource.package_id)
    else:
        allowed = not task or task.entity_type != "resource" or gate.is_reviewer(user)
    if allowed:
        return answer
    return {"success": False, "msg": tk._("This resource is under review.")}


def rgpd_handle(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """To see the report and state of a resource, and to answer for it."""
    resource = _resource(context, data_dict)
    if gate.may_handle(context.get("user"), resource.package_id):
        return {"success": True}
    return {
        "success": False,
        "msg": tk._("This is for the dataset's editors and the data protection officer."),
    }


def rgpd_declare(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """To answer the questions: whoever may edit the dataset."""
    resource = _resource(context, data_dict)
    try:
        tk.check_access("package_update", context, {"id": resource.package_id})
    except tk.NotAuthorized as error:
        return {"success": False, "msg": str(error)}
    return {"success": True}


def rgpd_decide(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """To decide on one resource: the reviewers, and the delegates of its organisation."""
    if gate.may_review(context.get("user"), _resource(context, data_dict).package_id):
        return {"success": True}
    return {"success": False, "msg": tk._("Only data protection officers may decide.")}


def rgpd_review_list(context: Context, _data_dict: dict[str, Any] | None = None) -> AuthResult:
    """To see a queue: the reviewers, and the delegates theirs."""
    user = context.get("user")
    if gate.is_reviewer(user) or gate.delegations(user):
        return {"success": True}
    return {"success": False, "msg": tk._("Only data protection officers may decide.")}


def rgpd_review(context: Context, _data_dict: dict[str, Any] | None = None) -> AuthResult:
    """What concerns the whole portal: the reviewers."""
    if gate.is_reviewer(context.get("user")):
        cache.forbid()
        return {"success": True}
    return {"success": False, "msg": tk._("Only data protection officers may decide.")}


def _resource(context: Context, data_dict: dict[str, Any]) -> ckan_model.Resource:
    resource = context.get("resource")
    id = data_dict.get("resource_id") or data_dict.get("id")
    if resource is None or resource.id != id:
        resource = ckan_model.Resource.get(id) if id else None
    if resource is None:
        raise tk.ObjectNotFound(tk._("Resource was not found."))
    return resource
