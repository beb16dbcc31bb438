"""ckanext-validation, where a portal has it: its reports quote cells, so they follow a release."""

from __future__ import annotations

import contextlib

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk


def loaded() -> bool:
    """Whether this portal validates tables."""
    return plugins.plugin_loaded("validation")


def after_release(resource_id: str) -> None:
    """Validate what was just released, where the portal validates new files by itself."""
    if loaded() and tk.asbool(tk.config.get("ckanext.validation.run_on_create_async", True)):
        with contextlib.suppress(tk.ValidationError):  # no table, or its rows still wait
            data = {"resource_id": resource_id}
            tk.get_action("resource_validation_run")({"ignore_auth": True}, data)
