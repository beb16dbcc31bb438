"""CKAN 2.12's files: nothing comes beside the escrow into the storage of resources."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

__all__ = ["file_create", "file_register"]


def there() -> bool:
    """Whether this CKAN has files."""
    return tk.check_ckan_version(min_version="2.12.0")


@tk.chained_action
def _written(next_action: Any, context: Context, data_dict: dict[str, Any]) -> Any:
    """A file of its own; resources come with ``resource_create``."""
    storage = data_dict.get("storage") or tk.config["ckan.files.default_storages.default"]
    if storage == tk.config["ckan.files.default_storages.resource"]:
        message = tk._("This storage is for resources: use resource_create.")
        raise tk.ValidationError({"storage": [message]})
    return next_action(context, data_dict)


file_create = _written
file_register = _written
