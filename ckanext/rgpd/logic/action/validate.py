"""ckanext-validation's action: a content is validated once it is released."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import gate

__all__ = ["resource_validation_run"]

Data = dict[str, Any]


@tk.chained_action
def resource_validation_run(next_action: Any, context: Context, data_dict: Data) -> Any:
    """Whoever asks, a person or an upload: the report quotes cells; a release asks again."""
    resource_id = data_dict.get("resource_id")
    if resource_id and not gate.is_open(resource_id):
        message = tk._("This resource is under review: it is validated once it is released.")
        raise tk.ValidationError({"resource_id": [message]})
    return next_action(context, data_dict)
