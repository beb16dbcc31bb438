"""The one answer to "may this user have this version?".

No row, an unknown state, a missing table: closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ckan.authz as authz
import ckan.model as ckan_model

from ckanext.rgpd import config
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import RELEASED


def open_resources(resource_ids: Iterable[str]) -> set[str]:
    """Those of the resources whose every current content is released."""
    return {
        id for id, versions in Version.current_of(resource_ids).items() if all_released(versions)
    }


def is_open(resource_id: str) -> bool:
    """Whether everything that a resource holds now is released."""
    return all_released(Version.current(resource_id))


def all_released(versions: list[Version]) -> bool:
    """Whether there is a content and every one is released; no content is closed."""
    return bool(versions) and all(version.state == RELEASED for version in versions)


def is_reviewer(user: str | None) -> bool:
    """Whether a user decides on other people's files: named in the options, or a sysadmin."""
    if not user:
        return False
    if authz.is_sysadmin(user):
        return True
    account = ckan_model.User.get(user) if user in config.reviewers() else None
    return bool(account and account.state == "active")


def may_handle(user: str | None, package_id: str) -> bool:
    """Whether a user may see what is closed in a dataset: its editors and the reviewers.

    The right is read from the dataset as it is now, so it moves with the dataset.
    """
    if not user:
        return False
    if is_reviewer(user):
        return True
    context: Any = {
        "user": user,
        "auth_user_obj": ckan_model.User.get(user),
        "model": ckan_model,  # CKAN 2.11 wants both
        "session": ckan_model.Session,
    }
    return bool(authz.is_authorized("package_update", context, {"id": package_id})["success"])


def may_read(user: str | None, resource_id: str, package_id: str) -> bool:
    """Whether a user may have the bytes, the rows or what was derived from them."""
    return is_open(resource_id) or may_handle(user, package_id)
