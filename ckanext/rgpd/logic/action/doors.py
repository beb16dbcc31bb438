"""CKAN's own actions through which files, links and metadata come in or go out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.lib.search as search
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.rgpd import compliance, fields, gate, jobs, kept, refusal, texts, versions
from ckanext.rgpd.model import DatasetField, Version

__all__ = [
    "current_package_list_with_resources",
    "package_create",
    "package_owner_org_update",
    "package_search",
    "package_update",
    "resource_create",
    "resource_search",
    "resource_update",
    "resource_view_list",
]

Data = dict[str, Any]


@tk.chained_action
def package_create(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Keep our fields apart; files come with ``resource_create``, once the dataset exists."""
    if _uploads(data_dict):
        message = tk._("Create the dataset first, then add each file with resource_create.")
        raise tk.ValidationError({"resources": [message]})
    values = fields.take(data_dict)
    found = texts.check(data_dict, None)
    versions.acting_user(context.get("user"))
    with _index_failure_explained(), fields.for_new_dataset(values):
        result = next_action(context, data_dict)
    return texts.tell(_finish(context, result), found)


@tk.chained_action
def package_update(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Every write to a dataset or resource of any kind passes here."""
    package = ckan_model.Package.get(data_dict.get("id") or data_dict.get("name"))
    values = fields.take(data_dict, package.id if package else None)
    if before := context.get("original_package"):
        fields.strip(before)  # or CKAN would find a change in every resource, and save all anew
    found = texts.check(data_dict, package)
    versions.acting_user(context.get("user"))
    if package and "owner_org" in data_dict:
        _refuse_move(context, package, data_dict["owner_org"])
    if package and (values or _uploads(data_dict)):
        # With the dataset in the context CKAN asks no right over the groups that it is in already.
        in_its_groups = Context({**context, "package": package})
        tk.check_access("package_update", in_its_groups, {**data_dict, "id": package.id})
        DatasetField.store(package.id, values)
        for resource_id, upload in _uploads(data_dict):
            refusal.check(package, upload, resource_id)
    with _index_failure_explained():
        result = next_action(context, data_dict)
    if values and not context.get("defer_commit"):
        ckan_model.Session.commit()
    return texts.tell(_finish(context, result), found)


@tk.chained_action
def package_owner_org_update(next_action: Any, context: Context, data_dict: Data) -> Any:
    """The rights over what is closed move with the dataset."""
    package = ckan_model.Package.get(data_dict.get("id"))
    if package:
        _refuse_move(context, package, data_dict.get("organization_id"))
    return next_action(context, data_dict)


def _refuse_move(context: Context, package: ckan_model.Package, target: str | None) -> None:
    """Files under review change hands by a reviewer only."""
    organisation = ckan_model.Group.get(target) if target else None
    if (organisation.id if organisation else None) == package.owner_org:
        return
    if context.get("ignore_auth") or gate.is_reviewer(context.get("user")):
        return
    held = {version.resource_id for version in Version.of_package(package.id)}
    if held - gate.open_resources(held):
        message = tk._(
            "This dataset holds files under review: only a data protection officer "
            "may move it to another organization."
        )
        raise tk.ValidationError({"owner_org": [message]})


@tk.chained_action
def resource_create(next_action: Any, context: Context, data_dict: Data) -> Any:
    """A form that is refused keeps its file: it need not be sent again."""
    package = ckan_model.Package.get(data_dict.get("package_id"))
    return _write_resource(next_action, context, data_dict, package)


@tk.chained_action
def resource_update(next_action: Any, context: Context, data_dict: Data) -> Any:
    """As ``resource_create``."""
    resource = ckan_model.Resource.get(data_dict.get("id"))
    package = ckan_model.Package.get(resource.package_id) if resource else None
    return _write_resource(next_action, context, data_dict, package)


def _write_resource(
    next_action: Any, context: Context, data_dict: Data, package: ckan_model.Package | None
) -> Any:
    """CKAN 2.11 takes the file and commits here, and not in ``package_update``."""
    with kept.across_refusal(context, data_dict), _index_failure_explained():
        found = texts.check_resource(data_dict, package)
        uploads = _uploads({"resources": [data_dict]})
        if package and uploads:
            tk.check_access("package_update", context, {"id": package.id})
            resource_id, upload = uploads[0]
            refusal.check(package, upload, resource_id)
        result = next_action(context, data_dict)
    started = versions.started_scans()
    if started:
        jobs.wait(started)
        compliance.dress_resource(result)
    texts.name_in(result, found)
    return result


@tk.chained_action
@tk.side_effect_free
def resource_view_list(next_action: Any, context: Context, data_dict: Data) -> Any:
    """A closed resource has no views for those who may not see it; its page stays readable."""
    resource = ckan_model.Resource.get(data_dict.get("id"))
    if resource and not context.get("ignore_auth"):
        user = context.get("user")
        if not gate.may_read(user, resource.id, resource.package_id):
            return []
    return next_action(context, data_dict)


# CKAN wants every action to ask an auth function; where this one answers "none", it asked the gate.
resource_view_list.auth_audit_exempt = True


@tk.chained_action
@tk.side_effect_free
def package_search(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Say in whose name the search is made, for what hides closed resources in its results."""
    with compliance.reader(context):
        return next_action(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def current_package_list_with_resources(next_action: Any, context: Context, data_dict: Data) -> Any:
    """A search too, which CKAN makes without passing through ``package_search``'s chain."""
    with compliance.reader(context):
        return next_action(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def resource_search(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Closed resources are not among the results of those who may not see them."""
    answer = next_action(context, data_dict)
    if not isinstance(answer, dict) or context.get("ignore_auth"):
        return answer
    open_ids = gate.open_resources(item["id"] for item in answer["results"])
    user = context.get("user")
    answer["results"] = [
        item
        for item in answer["results"]
        if item["id"] in open_ids or gate.may_handle(user, item["package_id"])
    ]
    answer["count"] = len(answer["results"])
    return answer


def _uploads(data_dict: Data) -> list[tuple[str, FileStorage]]:
    """The files that a write brings, each with the id of its resource, empty for a new one."""
    resources = [r for r in data_dict.get("resources") or [] if isinstance(r, dict)]
    uploads = [(str(r.get("id") or ""), r.get("upload")) for r in resources]
    return [(id, up) for id, up in uploads if isinstance(up, FileStorage) and up.filename]


def _finish(context: Context, result: Any) -> Any:
    """Wait a little for the scans that this write started, then say where things stand."""
    if context.get("defer_commit"):
        return result
    started = versions.started_scans()
    if started:
        jobs.wait(started)
    if isinstance(result, dict):
        compliance.dress_dataset(context, result)
    return result


@contextmanager
def _index_failure_explained() -> Iterator[None]:
    """Without its search engine CKAN cannot save: say so in one sentence."""
    try:
        yield
    except (search.SearchError, search.SearchIndexError) as error:
        ckan_model.Session.rollback()
        message = tk._(
            "The portal's search engine does not answer, so nothing was saved. "
            "What you typed and your file are kept: please try again in a moment."
        )
        tk._("Portal")  # CKAN titles the message with its key, in the reader's language
        raise tk.ValidationError({"portal": [message]}) from error
