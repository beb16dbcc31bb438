"""Validators of the extension's options and fields."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.rgpd import config


def rgpd_mode(value: Any) -> Any:
    """One of the three modes; anything else refuses to start."""
    if value not in config.MODES:
        raise tk.Invalid(tk._("Must be one of: {values}").format(values=", ".join(config.MODES)))
    return value
