"""What each action takes."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

Schema = dict[str, Any]


def _v(*names: str) -> list[Any]:
    return [tk.get_validator(name) for name in names]


def validated(data_dict: dict[str, Any], rules: Schema, context: Any) -> dict[str, Any]:
    """An action's parameters, checked; raises ``ValidationError`` naming what is wrong."""
    data, errors = tk.navl_validate(dict(data_dict), rules, context)
    if errors:
        raise tk.ValidationError(errors)
    return dict(data)


def resource() -> Schema:
    """One resource."""
    return {"resource_id": _v("not_empty", "unicode_safe", "resource_id_exists")}


def declaration() -> Schema:
    """Answers about one resource; ``version_id`` guards against a file replaced meanwhile."""
    return {
        **resource(),
        "version_id": _v("ignore_missing", "unicode_safe"),
        "answers": _v("not_missing", "dict_only"),
    }


def anonymisation() -> Schema:
    """The account of how one resource was anonymised."""
    return {
        **resource(),
        "version_id": _v("ignore_missing", "unicode_safe"),
        "values": _v("not_missing", "dict_only"),
    }


def decision() -> Schema:
    """A reviewer's decision, with its reason."""
    return {
        **resource(),
        "version_id": _v("ignore_missing", "unicode_safe"),
        "decision": [*_v("not_empty"), tk.get_validator("one_of")(["release", "refuse"])],
        "reason": _v("not_empty", "unicode_safe"),
        "not_personal": {
            "column": _v("not_empty", "unicode_safe"),
            "entity_type": _v("not_empty", "unicode_safe"),
        },
        "pattern": [tk.get_validator("default")(False), *_v("boolean_validator")],
    }


def judgement() -> Schema:
    """One judgement."""
    return {"id": _v("not_empty", "unicode_safe")}


def like_decisions() -> Schema:
    """One decision on like contents, with its reason."""
    rules = decision()
    return {
        "version_ids": [*_v("not_empty"), tk.get_validator("list_of_strings")],
        "decision": rules["decision"],
        "reason": rules["reason"],
    }


def page() -> Schema:
    """A part of a list."""
    return {
        "limit": [tk.get_validator("default")(100), *_v("natural_number_validator")],
        "offset": [tk.get_validator("default")(0), *_v("natural_number_validator")],
    }


def register() -> Schema:
    """A part of the register."""
    return {
        "package_id": _v("ignore_missing", "unicode_safe"),
        "resource_id": _v("ignore_missing", "unicode_safe"),
        **page(),
    }


def dataset() -> Schema:
    """One dataset."""
    return {"id": _v("not_empty", "unicode_safe", "package_id_or_name_exists")}


def inventory() -> Schema:
    """One organisation."""
    return {"organization_id": _v("not_empty", "unicode_safe")}
