"""Template helpers."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user

from ckanext.rgpd import compliance, fields, gate, wording
from ckanext.rgpd.core import legal, types

__all__ = [
    "rgpd_answer",
    "rgpd_basis_articles",
    "rgpd_basis_question",
    "rgpd_choices",
    "rgpd_dataset_fields",
    "rgpd_findings",
    "rgpd_is_reviewer",
    "rgpd_label",
    "rgpd_panel",
    "rgpd_question_label",
    "rgpd_reviews_waiting",
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
    return [
        {
            "column": finding.column,
            "kind": wording.entity_type(finding.entity_type),
            "sensitive": finding.sensitive,
            "matched": finding.matched_rows,
            "rows": finding.rows,
            "first_at": finding.first_at,
            "examples": finding.examples_masked,
        }
        for report in reports
        for finding in report.personal
    ]


def rgpd_panel(dataset: dict[str, Any]) -> dict[str, Any]:
    """The compliance panel of a dataset dict."""
    return compliance.panel(dataset)


def rgpd_label(kind: str, key: str) -> str:
    """The label of a key of a legal vocabulary."""
    return wording.label(kind, key)


def rgpd_choices(kind: str) -> list[dict[str, str]]:
    """A vocabulary as a form's options."""
    return wording.choices(kind)


def rgpd_basis_question(asked: dict[str, Any] | None) -> dict[str, Any]:
    """The question on the basis: as asked now, or, once answered, to answer it anew."""
    return asked or wording.basis_question()


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
    """The extension's fields of the dataset form, in order, with their options."""
    return [
        {
            "name": fields.PREFIX + name,
            "label": wording.field_label(name),
            "help": wording.field_help(name),
            "options": [{"value": "", "text": ""}, *wording.choices(fields.CHOICES[name])]
            if name in fields.CHOICES
            else None,
        }
        for name in fields.DATASET_FIELDS
    ]


def rgpd_is_reviewer() -> bool:
    """Whether the reader decides on files."""
    return gate.is_reviewer(getattr(current_user, "name", None))


def rgpd_reviews_waiting() -> int:
    """How many files wait for the reader's decision."""
    if not rgpd_is_reviewer():
        return 0
    count: int = tk.get_action("rgpd_review_list")(_context(), {"limit": 0})["count"]
    return count


def _context() -> Any:
    return {"user": getattr(current_user, "name", "")}
