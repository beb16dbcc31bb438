"""Who may read rows of the DataStore: a table that nobody told the portal of is closed, too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.rgpd import gate

__all__ = ["datastore_info", "datastore_search", "datastore_search_sql"]


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_info(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The columns of a table."""
    return _where_rows_are_open(next_auth(context, data_dict), context, [data_dict["id"]])


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_search(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The rows of a table."""
    return _where_rows_are_open(next_auth(context, data_dict), context, [data_dict["id"]])


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_search_sql(next_auth: Any, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The rows of all the tables that a query names."""
    names = context["table_names"] = list(context["table_names"])  # CKAN's can be read once only
    return _where_rows_are_open(next_auth(context, data_dict), context, names)


def _where_rows_are_open(answer: AuthResult, context: Context, ids: Iterable[str]) -> AuthResult:
    for id in ids if answer["success"] else ():
        resource = ckan_model.Resource.get(id)
        user = context.get("user")
        if resource is None or not gate.may_read_rows(user, id, resource.package_id):
            return {"success": False, "msg": tk._("This resource is under review.")}
    return answer
