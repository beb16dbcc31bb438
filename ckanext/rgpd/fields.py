"""How the dataset fields of ``metadata/fields.yaml`` travel through CKAN's actions.

They live in a table of their own, so that an update that does not name them, a harvest or a
schema of another extension can neither lose nor forge them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk

from ckanext.rgpd import wording
from ckanext.rgpd.metadata.field import FIELDS, missing
from ckanext.rgpd.model import DatasetField

PREFIX = "rgpd_"

#: Fields of a declaration that reusers are shown with a released resource.
BASIS_FIELDS = (
    "legal_reference",
    "legal_reference_url",
    "d312_category",
    "public_need_statement",
)

#: All fields of a dataset that may be written from outside.
DATASET_FIELDS = tuple(FIELDS)

NEW_FIELDS = "rgpd_new_fields"


def take(data_dict: dict[str, Any], package_id: str | None = None) -> dict[str, str]:
    """Take the extension's keys out of an incoming dataset dict and its resources.

    Gives the dataset fields that are to be written, without prefix. Raises ``ValidationError``
    naming each field that holds something else than it may, or that this write makes necessary.
    """
    taken = {
        name: data_dict[PREFIX + name] for name in DATASET_FIELDS if PREFIX + name in data_dict
    }
    strip(data_dict)
    values: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for name, value in taken.items():
        try:
            values[name] = FIELDS[name].check(value)
        except tk.Invalid as error:  # noqa: PERF203 - each field stands alone
            errors[PREFIX + name] = [error.error]
    stored = DatasetField.all_of(package_id) if package_id else {}
    errors |= {PREFIX + name: [text] for name, text in _missing(values, stored).items()}
    if errors:
        raise tk.ValidationError(errors)
    return values


def _missing(values: dict[str, str], stored: dict[str, str]) -> dict[str, str]:
    """The fields that this write makes necessary, or empties though they are."""
    changed = {name for name, value in values.items() if value != stored.get(name, "")}
    return {
        name: tk._("Necessary because of “{field}”.").format(field=label(other))
        for name, other in missing({**stored, **values}).items()
        if {name, other} & changed
    }


def label(name: str) -> str:
    """What people read for a field."""
    return FIELDS[name].text("label", wording.lang())


def shown(package_id: str, whole: bool) -> dict[str, Any]:
    """The fields of a dataset as ``package_show`` gives them, prefixed: all, or the public ones."""
    return {
        PREFIX + name: FIELDS[name].shown(text)
        for name, text in DatasetField.all_of(package_id).items()
        if name in FIELDS and (whole or FIELDS[name].public)
    }


def leave_out_internal(dataset: dict[str, Any]) -> None:
    """Remove from a dataset dict the fields that are not for everybody."""
    for name, field in FIELDS.items():
        if not field.public:
            dataset.pop(PREFIX + name, None)


def strip(dataset: dict[str, Any]) -> None:
    """Remove every key of ours from a dataset dict and its resources."""
    resources = [r for r in dataset.get("resources") or [] if isinstance(r, dict)]
    for item in (dataset, *resources):
        for key in [key for key in item if str(key).startswith(PREFIX)]:
            del item[key]


@contextmanager
def for_new_dataset(values: dict[str, str]) -> Iterator[None]:
    """Hold the fields of a dataset that is being created until it has an identifier."""
    info = ckan_model.Session().info
    info[NEW_FIELDS] = values
    try:
        yield
    finally:
        info.pop(NEW_FIELDS, None)


def store_new(package_id: str) -> None:
    """Write the fields of the dataset that is being created, in its own transaction."""
    DatasetField.store(package_id, ckan_model.Session().info.get(NEW_FIELDS) or {})
