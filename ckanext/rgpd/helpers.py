"""Template helpers."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user

from ckanext.rgpd import compliance, fields, gate, start, wording
from ckanext.rgpd.core import legal, types
from ckanext.rgpd.metadata import licence, vocabulary
from ckanext.rgpd.metadata.field import FIELDS
from ckanext.rgpd.model import DatasetField

__all__ = [
    "license_options",
    "rgpd_anonymisation",
    "rgpd_answer",
    "rgpd_basis_articles",
    "rgpd_choices",
    "rgpd_chosen",
    "rgpd_dataset_fields",
    "rgpd_field_choices",
    "rgpd_field_label",
    "rgpd_findings",
    "rgpd_group_open",
    "rgpd_is_reviewer",
    "rgpd_label",
    "rgpd_licence_advice",
    "rgpd_main_reason",
    "rgpd_may_review",
    "rgpd_panel",
    "rgpd_publishes",
    "rgpd_question_label",
    "rgpd_reviews_waiting",
    "rgpd_shared_values",
    "rgpd_status",
]


def rgpd_status(resource_id: str) -> dict[str, Any] | None:
    """Where a resource stands, for a reader who may handle it; none for everybody else."""
    try:
        return tk.get_action("rgpd_status_show")(_context(), {"resource_id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return None


def rgpd_findings(resource_id: str) -> list[dict[str, Any]]:
    """What was found in a resource, worded, for a reader who may handle it."""
    try:
        answer = tk.get_action("rgpd_report_show")(_context(), {"resource_id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return []
    reports = [types.Report.from_dict(content) for content in answer["reports"]]
    judged = {(item["column"], item["entity_type"]): item for item in answer["judgements"]}
    return [
        {
            "column": finding.column,
            "kind": wording.entity_type(finding.entity_type),
            "sensitive": finding.sensitive,
            "matched": finding.matched_rows,
            "rows": finding.rows,
            "first_at": finding.first_at,
            "examples": finding.examples_masked,
            "judgement": judged.get((finding.column, finding.entity_type)),
        }
        for report in reports
        for finding in report.personal
    ]


def rgpd_anonymisation(resource_id: str) -> list[dict[str, Any]]:
    """What was said and measured of a resource's anonymisation, for those who may handle it."""
    try:
        answer = tk.get_action("rgpd_anonymisation_show")(_context(), {"resource_id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return []
    return answer["contents"]


def rgpd_panel(dataset: dict[str, Any]) -> dict[str, Any]:
    """The compliance panel of a dataset dict."""
    return compliance.panel(dataset)


def rgpd_publishes(outcome: str | None) -> bool:
    """Whether an outcome lets everybody have the file."""
    return outcome in types.PUBLISHING


def rgpd_label(kind: str, key: str) -> str:
    """The label of a key of a legal vocabulary."""
    return wording.label(kind, key)


def rgpd_main_reason(reasons: list[dict[str, Any]]) -> str:
    """What keeps a file closed, in one sentence."""
    return wording.main_reason(reasons)


def rgpd_choices(kind: str) -> list[dict[str, str]]:
    """A vocabulary as a form's options."""
    return wording.choices(kind)


def rgpd_basis_articles(basis: str) -> list[legal.Article]:
    """The articles behind a basis of publication."""
    return wording.basis_articles(basis)


def rgpd_question_label(key: str) -> str:
    """The wording of a question."""
    return wording.question_label(key)


def rgpd_answer(key: str, value: Any) -> str:
    """An answer in words."""
    return wording.answer(key, value)


def rgpd_dataset_fields() -> list[dict[str, Any]]:
    """The parts of the dataset form, each with its fields and their options."""
    lang = wording.lang()
    groups: dict[str, dict[str, Any]] = {
        key: {"name": key, "label": wording.label("groups", key), "fields": []}
        for key in vocabulary.entries("groups")
    }
    for field in FIELDS.values():
        groups[field.group]["fields"].append(
            {
                "name": fields.PREFIX + field.name,
                "kind": field.kind,
                "label": field.text("label", lang),
                "help": field.text("help", lang),
                "options": wording.choices(field.vocabulary) if field.vocabulary else None,
            }
        )
    return list(groups.values())


def rgpd_shared_values() -> dict[str, list[str]]:
    """What the datasets of the reader's own organisations say in the fields that they share."""
    shared = [field.name for field in FIELDS.values() if field.shared]
    mine = tk.get_action("organization_list_for_user")(_context(), {"permission": "update_dataset"})
    found = DatasetField.used(shared, [organisation["id"] for organisation in mine])
    return {fields.PREFIX + name: values for name, values in found.items()}


def rgpd_group_open(group: dict[str, Any], data: dict[str, Any], errors: dict[str, Any]) -> bool:
    """Whether a part of the form holds a value or an error, so that it stands open."""
    held = (data, errors)
    return any(h.get(field["name"]) for field in group["fields"] for h in held)


def rgpd_field_choices(field: dict[str, Any]) -> list[dict[str, str]]:
    """The values of one of our fields, as ckanext-scheming asks for them."""
    own = FIELDS[field["field_name"].removeprefix(fields.PREFIX)]
    options = wording.choices(own.vocabulary) if own.vocabulary else []
    # ckanext-scheming writes true as Python does.
    as_written = str.title if own.kind == "yes_no" else str
    return [{"value": as_written(item["value"]), "label": item["text"]} for item in options]


def rgpd_field_label(name: str) -> str:
    """What people read for a field of the dataset."""
    return fields.label(name)


def rgpd_chosen(value: Any) -> list[str]:
    """What is ticked: a list, as it is stored or was sent."""
    return [value] if isinstance(value, str) else list(value or [])


def rgpd_licence_advice(data: dict[str, Any]) -> list[str]:
    """What the licence and the conditions of a dataset that is stored still need."""
    if not data.get("id"):
        return []
    return licence.advice(data.get("license_id"), DatasetField.all_of(data["id"]))


@tk.chained_helper
def license_options(next_helper: Any, existing_license_id: Any = None) -> list[tuple[str, str]]:
    """Our licences in the law's order, and none that is offered no more; a portal's own as CKAN
    gives them."""
    if tk.config.get("licenses_group_url") != start.licences():
        return next_helper(existing_license_id)
    return licence.options(existing_license_id)


def rgpd_is_reviewer() -> bool:
    """Whether the reader decides on files, of the whole portal or of one organisation."""
    user = getattr(current_user, "name", None)
    return gate.is_reviewer(user) or bool(gate.delegations(user))


def rgpd_may_review(package_id: str) -> bool:
    """Whether the reader decides on a dataset's files."""
    return gate.may_review(getattr(current_user, "name", None), package_id)


def rgpd_reviews_waiting() -> int:
    """How many files wait for the reader's decision."""
    if not rgpd_is_reviewer():
        return 0
    count: int = tk.get_action("rgpd_review_list")(_context(), {"limit": 0})["count"]
    return count


def _context() -> Any:
    return {"user": getattr(current_user, "name", "")}
