"""The account of an anonymisation: its form, and the methods document made of it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Response, make_response
from werkzeug.datastructures import MultiDict

from ckanext.rgpd import anonymisation, answers, compliance, gate, wording
from ckanext.rgpd.metadata import methods, vocabulary
from ckanext.rgpd.metadata.field import ANONYMISATION
from ckanext.rgpd.model import Anonymisation, Version
from ckanext.rgpd.views import case

Page = str | Response | Any


def show(id: str, resource_id: str) -> Page:
    """The form, with what the file shows."""
    return _page(id, resource_id)


def save(id: str, resource_id: str) -> Page:
    """What the publisher says of the anonymisation."""
    values = _values(tk.request.form)
    sent = {"resource_id": resource_id, "version_id": tk.request.form.get("version_id")}
    try:
        tk.get_action("rgpd_anonymisation_update")(case.context(), {**sent, "values": values})
    except tk.ValidationError as error:
        return _page(id, resource_id, typed=values, errors=error.error_dict)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return case.denied()
    tk.h.flash_success(tk._("Your account of the anonymisation is saved."))
    return tk.redirect_to("rgpd.anonymisation", id=id, resource_id=resource_id)


def methods_page(id: str, resource_id: str) -> Page:
    """The methods document as a page."""
    dataset, sections = _document(id, resource_id)
    return tk.render("rgpd/methods.html", {"pkg_dict": dataset, "sections": sections})


def methods_markdown(id: str, resource_id: str) -> Page:
    """The methods document as Markdown."""
    _dataset, sections = _document(id, resource_id)
    response = make_response(methods.markdown(sections))
    response.headers["Content-Type"] = "text/markdown; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=methodes.md"
    return response


def _page(
    id: str,
    resource_id: str,
    typed: dict[str, Any] | None = None,
    errors: dict[str, Any] | None = None,
) -> Page:
    try:
        dataset = tk.get_action("package_show")(case.context(), {"id": id})
        found = tk.get_action("rgpd_anonymisation_show")(
            case.context(), {"resource_id": resource_id}
        )
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        return case.denied()
    resource = next((r for r in dataset["resources"] if r["id"] == resource_id), None)
    if resource is None:
        return case.denied()
    return tk.render(
        "rgpd/anonymisation.html",
        {
            "pkg_dict": dataset,
            "resource": resource,
            "contents": found["contents"],
            "groups": _groups(),
            "typed": typed or {},
            "errors": errors or {},
            "may_declare": tk.h.check_access("package_update", {"id": dataset["id"]}),
        },
    )


def _groups() -> list[dict[str, Any]]:
    """The parts of the form with their fields."""
    lang = wording.lang()
    return [
        {
            "label": vocabulary.text(entry, "label", lang),
            "fields": [
                {
                    "name": field.name,
                    "kind": field.kind,
                    "label": field.text("label", lang),
                    "help": field.text("help", lang),
                    "options": wording.choices(field.vocabulary) if field.vocabulary else None,
                }
                for field in ANONYMISATION.values()
                if field.group == key
            ],
        }
        for key, entry in vocabulary.entries("anonymisation_groups").items()
    ]


def _values(form: MultiDict[str, str]) -> dict[str, Any]:
    """The values of the form, those of a list or of figures put together."""
    values: dict[str, Any] = {}
    for name, field in ANONYMISATION.items():
        if field.kind == "choices":
            values[name] = [value for value in form.getlist(name) if value]
        elif field.kind == "figures":
            keys = vocabulary.entries(field.vocabulary or "")
            values[name] = {key: form.get(f"{name}.{key}", "").strip() for key in keys}
        else:
            values[name] = form.get(name, "").strip()
    return values


def _document(id: str, resource_id: str) -> tuple[dict[str, Any], list[methods.Section]]:
    """The methods document, for whoever may have the file itself."""
    try:
        dataset = tk.get_action("package_show")(case.context(), {"id": id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        case.denied()
        raise AssertionError("unreachable") from None
    resource = next((r for r in dataset["resources"] if r["id"] == resource_id), None)
    version = _told_of(resource_id)
    user = case.context()["user"]
    if resource is None or version is None or not gate.may_read(user, resource_id, dataset["id"]):
        case.denied()
        raise AssertionError("unreachable")
    return dataset, _sections(dataset, resource, version)


def _told_of(resource_id: str) -> Version | None:
    current = Version.current(resource_id)
    return next((version for version in current if Anonymisation.latest(version.id)), None)


def _sections(
    dataset: dict[str, Any], resource: dict[str, Any], version: Version
) -> list[methods.Section]:
    account = Anonymisation.latest(version.id)
    organisation = dataset.get("organization") or {}
    subject = methods.Subject(
        dataset=dataset.get("title") or dataset["name"],
        resource=resource.get("name") or resource["id"],
        publisher=dataset.get(compliance.PREFIX + "controller") or organisation.get("title") or "",
        sha256=version.sha256 or "",
        updated=account.created.date().isoformat() if account else "",
    )
    return methods.document(
        subject,
        account.declared if account else {},
        answers.known(version),
        anonymisation.measured(account),
        anonymisation.found_against(account),
    )
