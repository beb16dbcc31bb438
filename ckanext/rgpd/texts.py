"""The texts of datasets and resources: personal data in them is seen as they are written."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.lib.helpers import helper_functions as h
from flask import has_request_context

from ckanext.rgpd import refusal, wording
from ckanext.rgpd.core import texts, types

DATASET_TEXTS = ("title", "notes", "name")
RESOURCE_TEXTS = ("name", "description")
#: Where an action's result names what was found in the texts that it wrote.
RESULT = "rgpd_text_findings"

Data = dict[str, Any]


def of_dataset(data_dict: Data, package: ckan_model.Package | None) -> dict[str, str]:
    """The texts of a dataset dict that differ from what the dataset says now, by field."""
    before = (package.extras if package else None) or {}
    written = {name: data_dict.get(name) for name in DATASET_TEXTS}
    kept = {name: getattr(package, name, None) for name in DATASET_TEXTS}
    for extra in data_dict.get("extras") or []:
        if isinstance(extra, dict) and extra.get("key"):
            written[f"extras.{extra['key']}"] = extra.get("value")
            kept[f"extras.{extra['key']}"] = before.get(extra["key"])
    return _changed(written, kept)


def of_resource(data_dict: Data) -> dict[str, str]:
    """The texts of a resource dict, its file's name included, that differ from what it says now."""
    id = data_dict.get("id")
    resource = ckan_model.Resource.get(id) if isinstance(id, str) and id else None
    written = {name: data_dict.get(name) for name in RESOURCE_TEXTS}
    kept = {name: getattr(resource, name, None) for name in RESOURCE_TEXTS}
    written["upload"] = getattr(data_dict.get("upload"), "filename", None)
    return _changed(written, kept)


def check(data_dict: Data, package: ckan_model.Package | None) -> list[Data]:
    """What is personal in the texts that a dataset dict changes, resources included.

    In ``block`` mode that is refused, with a ``ValidationError`` on each field; otherwise the
    publisher's next page says it. Examples are masked.
    """
    found = texts.find_in(of_dataset(data_dict, package))
    resources = [r for r in data_dict.get("resources") or [] if isinstance(r, dict)]
    beside = [texts.find_in(of_resource(resource)) for resource in resources]
    everything = [*found, *(finding for group in beside for finding in group)]
    if everything and refusal.in_force(package):
        errors: Data = _errors(found)
        if any(beside):
            errors["resources"] = [_errors(group) for group in beside]
        raise tk.ValidationError(errors)
    return [_as_dict(finding) for finding in everything]


def tell(result: Any, found: list[Data]) -> Any:
    """Say what was found in an action's result, and on the publisher's next page."""
    name_in(result, found)
    if found and has_request_context() and not str(tk.request.endpoint).startswith("api."):
        h.flash_notice(_sentence([item["label"] for item in found]))
    return result


def check_resource(data_dict: Data, package: ckan_model.Package | None) -> list[Data]:
    """As ``check``, of a resource dict whose file has not been taken out yet."""
    found = texts.find_in(of_resource(data_dict))
    if found and refusal.in_force(package):
        raise tk.ValidationError(_errors(found))
    return [_as_dict(finding) for finding in found]


def name_in(result: Any, found: list[Data]) -> None:
    """Name in an action's result what was found."""
    if found and isinstance(result, dict):
        result[RESULT] = found


def _changed(written: Data, kept: Data) -> dict[str, str]:
    return {
        field: text
        for field, text in written.items()
        if isinstance(text, str) and text and text != kept.get(field)
    }


def _errors(found: tuple[types.Finding, ...]) -> Data:
    """One sentence for each field in which something was found."""
    fields: dict[str, list[str]] = {}
    for finding in found:
        field = "extras" if finding.column.startswith("extras.") else finding.column
        fields.setdefault(field, []).append(wording.entity_type(finding.entity_type))
    return {field: [_sentence(labels)] for field, labels in fields.items()}


def _sentence(labels: list[str]) -> str:
    message = tk._(
        "This text seems to hold personal data ({kinds}). Everybody can read it: "
        "take it out, unless the law wants it there."
    )
    return message.format(kinds=", ".join(dict.fromkeys(labels)))


def _as_dict(finding: types.Finding) -> Data:
    return {
        "field": finding.column,
        "entity_type": finding.entity_type,
        "label": wording.entity_type(finding.entity_type),
        "examples_masked": list(finding.examples_masked),
    }
