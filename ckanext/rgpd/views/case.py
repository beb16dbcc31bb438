"""One resource's case: what was found, the questions, the decision. For those in charge of it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user
from flask import jsonify
from werkzeug.wrappers.response import Response

from ckanext.rgpd import cache, gate, judgements, wording
from ckanext.rgpd.model import Report, Version
from ckanext.rgpd.views import questionnaire

Page = str | Response


def show(id: str, resource_id: str) -> Page:
    """The case page."""
    return _page(id, resource_id)


def status(id: str, resource_id: str) -> Page:
    """How far the scan is, for the page that waits for it."""
    try:
        found = _status(resource_id)
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return denied()
    pending = [v for v in found["versions"] if v["scan_status"] == "pending"]
    progress = min((version["progress"] for version in pending), default=100)
    cache.forbid()
    return jsonify(pending=bool(pending), progress=progress)


def declare(id: str, resource_id: str) -> Page:
    """The publisher's answers."""
    form = tk.request.form
    answers = questionnaire.typed(form)
    try:
        tk.get_action("rgpd_declaration_update")(
            context(),
            {
                "resource_id": resource_id,
                "version_id": form.get("version_id"),
                "answers": answers,
            },
        )
    except tk.ValidationError as error:
        return _page(id, resource_id, answers=answers, errors=error.error_dict)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return denied()
    if gate.is_open(resource_id):
        tk.h.flash_success(tk._("Thank you: the file is published."))
    else:
        tk.h.flash_notice(tk._("Your answers are saved. The file stays closed for now."))
    return tk.redirect_to("rgpd.case", id=id, resource_id=resource_id)


def decide(id: str, resource_id: str) -> Page:
    """The reviewer's decision."""
    form = tk.request.form
    given: dict[str, Any] = {
        key: form.get(key, "") for key in ("version_id", "decision", "reason", "pattern")
    }
    ticked = form.getlist("not_personal")
    parts = [value.partition("|") for value in ticked]
    places = [{"entity_type": kind, "column": column} for kind, _, column in parts]
    try:
        tk.get_action("rgpd_decision_create")(
            context(), {"resource_id": resource_id, **given, "not_personal": places}
        )
    except tk.ValidationError as error:
        typed = {**given, "not_personal": ticked}
        return _page(id, resource_id, review=typed, errors=error.error_dict)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return denied()
    tk.h.flash_success(tk._("Your decision is recorded, and the publisher is told."))
    return tk.redirect_to("rgpd.case", id=id, resource_id=resource_id)


def rescan(id: str, resource_id: str) -> Page:
    """Read the file again."""
    try:
        tk.get_action("rgpd_scan_request")(context(), {"resource_id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return denied()
    return tk.redirect_to("rgpd.case", id=id, resource_id=resource_id)


def _page(
    id: str,
    resource_id: str,
    answers: dict[str, Any] | None = None,
    review: dict[str, Any] | None = None,
    errors: dict[str, Any] | None = None,
) -> Page:
    try:
        dataset = tk.get_action("package_show")(context(), {"id": id})
        found = _status(resource_id)
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return denied()
    resource = next((r for r in dataset["resources"] if r["id"] == resource_id), None)
    if resource is None:
        return denied()
    return tk.render(
        "rgpd/case.html",
        {
            "pkg_dict": dataset,
            "resource": resource,
            "status": found,
            "forms": _forms(found, answers),
            "judgeable": _judgeable(resource_id),
            "may_declare": _may_declare(dataset["id"]),
            "review": review or {},
            "errors": errors or {},
        },
    )


def _forms(status: dict[str, Any], typed: dict[str, Any] | None) -> dict[str, Any]:
    """For each content that was read, its form: the questions, and what was answered."""
    reasons = {version["version_id"]: version["reasons"] for version in status["versions"]}
    return {
        version.id: questionnaire.form(version, report.value, typed or {}, reasons[version.id])
        for version in Version.current(status["resource_id"])
        if (report := Report.get(version.report_id))
    }


def _judgeable(resource_id: str) -> dict[str, list[dict[str, str]]]:
    """For each content, the findings that a reviewer may call not personal once and for all."""
    found = {}
    for version in Version.current(resource_id):
        report = Report.get(version.report_id)
        left = judgements.judged(resource_id, report.value).report if report else None
        found[version.id] = [
            {
                "value": f"{finding.entity_type}|{finding.column}",
                "column": finding.column,
                "kind": wording.entity_type(finding.entity_type),
            }
            for finding in (judgements.may_be_remembered(left) if left else [])
        ]
    return found


def _status(resource_id: str) -> dict[str, Any]:
    found: dict[str, Any] = tk.get_action("rgpd_status_show")(
        context(), {"resource_id": resource_id}
    )
    return found


def _may_declare(package_id: str) -> bool:
    return bool(tk.h.check_access("package_update", {"id": package_id}))


def context() -> Any:
    """In whose name a page asks."""
    return {"user": getattr(current_user, "name", ""), "auth_user_obj": current_user}


def denied() -> Page:
    """The same answer for what does not exist and what is not the reader's business."""
    tk.abort(404, tk._("Resource not found"))
    raise AssertionError("unreachable")
