"""Validators of the extension's options and fields."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.rgpd import config


def rgpd_mode(value: Any) -> Any:
    """One of the three modes; anything else refuses to start."""
    return _one_of(value, config.MODES)


def rgpd_links_pages(value: Any) -> Any:
    """One of the policies for links to what is no file."""
    return _one_of(value, config.PAGES)


def _one_of(value: Any, values: tuple[str, ...]) -> Any:
    if value not in values:
        raise tk.Invalid(tk._("Must be one of: {values}").format(values=", ".join(values)))
    return value


def rgpd_share(value: Any) -> float:
    """A number from 0 to 1; anything else refuses to start."""
    try:
        share = float(value)
    except (TypeError, ValueError) as error:
        raise tk.Invalid(tk._("Give a number from 0 to 1.")) from error
    if not 0 <= share <= 1:
        raise tk.Invalid(tk._("Give a number from 0 to 1."))
    return share
