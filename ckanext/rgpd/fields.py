"""The dataset fields that publishers fill in, and how they travel through CKAN's actions.

They live in a table of their own, so that an update that does not name them, a harvest or a
schema of another extension can neither lose nor forge them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk

from ckanext.rgpd.core import legal
from ckanext.rgpd.model import DatasetField

PREFIX = "rgpd_"

#: Fields of a declaration that reusers are shown with a released resource.
BASIS_FIELDS = (
    "legal_reference",
    "legal_reference_url",
    "d312_category",
    "public_need_statement",
)

#: Fields that take one of the values of a legal vocabulary.
CHOICES = {
    "publication_trigger": "publication_trigger",
    "dcp_publication_basis": "bases",
    "d312_category": "d312_categories",
    "anonymisation_status": "anonymisation_status",
}

#: All fields of a dataset that may be written from outside (legal.md §7.1), in form order.
DATASET_FIELDS = (
    "publication_trigger",
    "dcp_publication_basis",
    "legal_reference",
    "legal_reference_url",
    "d312_category",
    "anonymisation_status",
    "controller",
    "dpo_contact",
    "rights_contact",
)

MAX_LENGTH = 2000

NEW_FIELDS = "rgpd_new_fields"


def take(data_dict: dict[str, Any]) -> dict[str, str]:
    """Take the extension's keys out of an incoming dataset dict and its resources.

    Gives the dataset fields that may be written, without prefix. Raises ``ValidationError``
    naming each field that holds something else than it may.
    """
    taken = {
        name: data_dict[PREFIX + name] for name in DATASET_FIELDS if PREFIX + name in data_dict
    }
    strip(data_dict)
    texts = {name: "" if value is None else str(value).strip() for name, value in taken.items()}
    problems = {PREFIX + name: _problem(name, text) for name, text in texts.items()}
    errors = {key: [problem] for key, problem in problems.items() if problem}
    if errors:
        raise tk.ValidationError(errors)
    return texts


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


def _problem(name: str, text: str) -> str:
    """What is wrong with a field's text; nothing if it may be stored."""
    if len(text) > MAX_LENGTH:
        return tk._("At most {number} characters.").format(number=MAX_LENGTH)
    if text and name in CHOICES and text not in legal.entries(CHOICES[name]):
        return tk._("This is not one of the possible values.")
    if text and name.endswith("_url") and not text.startswith(("https://", "http://")):
        return tk._("Give a full address, beginning with https://")
    return ""
