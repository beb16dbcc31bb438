"""The one answer to "may this user have this version?".

No row, an unknown state, a missing table: closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ckan.authz as authz
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk

from ckanext.rgpd import cache, config, datastore, once, row_changes
from ckanext.rgpd.model import Version, standing
from ckanext.rgpd.model.standing import Standing
from ckanext.rgpd.model.version import DATASTORE, RELEASED


def open_resources(resource_ids: Iterable[str]) -> set[str]:
    """Those of the resources whose every current content is released, as :func:`open_of`."""
    return _without_changed_rows(Version.released(resource_ids))


def open_of(versions: Mapping[str, list[Standing]]) -> set[str]:
    """Of resources, given with what they hold: those of which everything is released.

    No content is closed; so is a DataStore table in which a row changed since it was read. A table
    that was made past every action, of which the portal knows nothing, closes its rows alone, until
    the worker has found it (:func:`is_open`).
    """
    released = {
        id: any(version.kind == DATASTORE for version in group)
        for id, group in versions.items()
        if group and all(version.state == RELEASED for version in group)
    }
    return _without_changed_rows(released)


def _without_changed_rows(released: Mapping[str, bool]) -> set[str]:
    """Those of the resources, given with whether they hold rows, in which no row changed."""
    return released.keys() - _changed(id for id, rows in released.items() if rows)


def has_all_released(resource_id: str) -> bool:
    """:func:`open_of` one resource."""
    return bool(open_of(standing.of([resource_id])))


def is_open(resource_id: str) -> bool:
    """Whether everything that a resource holds now is released, rows that nobody told of too."""
    return has_all_released(resource_id) and not _changed([resource_id])


def _changed(resource_ids: Iterable[str]) -> set[str]:
    """Those of the resources whose table was not read since a row changed."""
    ids = set(resource_ids)
    if not ids or not datastore.loaded():
        return set()
    known = once.kept("unread")
    asked = ids - known.keys()
    if asked:
        unread = row_changes.unread(asked)
        known.update((id, id in unread) for id in asked)
    return {id for id in ids if known[id]}


def is_reviewer(user: str | None) -> bool:
    """Whether a user decides on other people's files: named in the options, or a sysadmin."""
    if not user:
        return False
    if authz.is_sysadmin(user):
        return True
    account = ckan_model.User.get(user) if user in config.reviewers() else None
    return bool(account and account.state == "active")


def delegations(user: str | None) -> set[str]:
    """The ids of the organisations whose files a user decides on, beside the portal's reviewers."""
    names = [organisation for organisation, name in config.delegates() if user and name == user]
    account = ckan_model.User.get(user) if names else None
    if not account or account.state != "active":
        return set()
    groups = (ckan_model.Group.get(name) for name in names)
    return {group.id for group in groups if group and group.state == "active"}


def may_review(user: str | None, package_id: str) -> bool:
    """Whether a user decides on a dataset's files: a reviewer, or its organisation's delegate."""
    if is_reviewer(user):
        return True
    mine = delegations(user)
    package = ckan_model.Package.get(package_id) if mine else None
    return bool(package and package.owner_org in mine)


def may_handle(user: str | None, package_id: str) -> bool:
    """Whether a user may see what is closed in a dataset: its editors and the reviewers.

    The right is read from the dataset as it is now, so it moves with the dataset. The answer to
    the present request is then theirs alone, and no cache may keep it.
    """
    if not user or not (may_review(user, package_id) or _may_edit(user, package_id)):
        return False
    cache.forbid()
    return True


def _may_edit(user: str, package_id: str) -> bool:
    context: Any = {
        "user": user,
        "auth_user_obj": ckan_model.User.get(user),
        "model": ckan_model,  # CKAN 2.11 wants both
        "session": ckan_model.Session,
    }
    try:
        answer = authz.is_authorized("package_update", context, {"id": package_id})
    except tk.ObjectNotFound:  # purged, and activities still speak of it
        return False
    return bool(answer["success"])


def may_read(user: str | None, resource_id: str, package_id: str) -> bool:
    """Whether a user may have the bytes of a resource, its address and what was derived of them."""
    return has_all_released(resource_id) or may_handle(user, package_id)


def may_read_rows(user: str | None, resource_id: str, package_id: str) -> bool:
    """Whether a user may have the rows of a resource's table, whoever made it."""
    return is_open(resource_id) or may_handle(user, package_id)
