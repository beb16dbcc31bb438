"""What is shown of a dataset's and its resources' standing: to everyone, and to those in charge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user
from ckan.types import Context

from ckanext.rgpd import anonymisation, config, fields, gate, wording
from ckanext.rgpd.core import types
from ckanext.rgpd.core.anonymise import CRITERIA
from ckanext.rgpd.metadata import derived, dpv, licence
from ckanext.rgpd.model import Decision, Version, evidence
from ckanext.rgpd.model.version import RELEASED

PREFIX = fields.PREFIX
UNDER_REVIEW = "under_review"
PENDING_SCAN = "pending_scan"

#: What is left of a closed resource for those who may not see it.
KEPT_WHEN_CLOSED = ("id", "package_id", "position", "state", "created")


#: Answers about an anonymised content that reusers are shown.
ANONYMISATION_ANSWERS = (*CRITERIA, "anon_methods_document")


def sees_all(context: Context, package_id: str) -> bool:
    """Whether the caller is shown closed resources as they are."""
    if context.get("ignore_auth"):
        return True
    return gate.may_handle(context.get("user"), package_id)


def _handles(context: Context, package_id: str) -> bool:
    """Whether a person who may handle the dataset asks; a program that skips the checks may show
    what it gets to anybody."""
    user = context.get("user")
    return bool(user) and gate.may_handle(user, package_id)


def dress_dataset(context: Context, dataset: dict[str, Any]) -> None:
    """Add the extension's fields to a dataset dict, and hide what is closed to the caller.

    Everything is computed anew each time: what a cached or saved dict holds under our
    prefix is never believed.
    """
    fields.strip(dataset)
    resources = dataset.get("resources") or []
    versions = Version.current_of(resource["id"] for resource in resources)
    hidden = _hide_closed(context, dataset["id"], resources, gate.open_of(versions))
    dataset.update(fields.shown(dataset["id"], whole=_handles(context, dataset["id"])))
    licence.named(dataset)
    shown = [r for r in resources if r["id"] not in hidden]
    public = public_facts({r["id"]: versions[r["id"]] for r in shown})
    for resource in shown:
        resource.update({PREFIX + key: value for key, value in public[resource["id"]].items()})
    dataset.update({PREFIX + key: value for key, value in derived.of_dataset(dataset).items()})


def dress_resource(resource: dict[str, Any]) -> None:
    """Say in a resource dict, as its own writer is given it, where it stands."""
    facts = public_facts({resource["id"]: Version.current(resource["id"])})
    resource.update({PREFIX + key: value for key, value in facts[resource["id"]].items()})


_reader: ContextVar[Context | None] = ContextVar("rgpd_reader", default=None)


@contextmanager
def reader(context: Context) -> Iterator[None]:
    """Say in whose name the searches inside are made; CKAN's search hooks are not told."""
    token = _reader.set(context)
    try:
        yield
    finally:
        _reader.reset(token)


def hide_in_search(results: list[dict[str, Any]]) -> None:
    """Hide what is closed to the reader in the results of a search.

    With ``fl`` the results are fields of the index; there, whole dataset dicts are dropped.
    """
    context = _reader.get() or Context(user=getattr(current_user, "name", ""))
    if context.get("ignore_auth"):
        return
    for result in results:
        for key in ("data_dict", "validated_data_dict"):
            result.pop(key, None)
    datasets = [result for result in results if result.get("id") and "resources" in result]
    resources = [r for dataset in datasets for r in dataset.get("resources") or []]
    open_ids = gate.open_resources(resource["id"] for resource in resources)
    for dataset in datasets:
        _hide_closed(context, dataset["id"], dataset.get("resources") or [], open_ids)


def _hide_closed(
    context: Context,
    package_id: str,
    resources: list[dict[str, Any]],
    open_ids: set[str],
) -> set[str]:
    """Reduce closed resources to the fact that they exist; says which."""
    closed = [r for r in resources if r["id"] not in open_ids]
    if not closed or sees_all(context, package_id):
        return set()
    for resource in closed:
        kept = {key: resource[key] for key in KEPT_WHEN_CLOSED if key in resource}
        resource.clear()
        resource.update(kept)
        resource.update(name=tk._("Resource under review"), description="", url="", format="")
        resource[PREFIX + "state"] = UNDER_REVIEW
    return {resource["id"] for resource in closed}


def public_facts(versions: dict[str, list[Version]]) -> dict[str, dict[str, Any]]:
    """For each resource what legal.md §7.2 makes public of a released content, and its state."""
    known = evidence.of([version.id for group in versions.values() for version in group])
    return {id: _facts(group, known) for id, group in versions.items()}


def _facts(group: list[Version], known: dict[str, evidence.Evidence]) -> dict[str, Any]:
    facts: dict[str, Any] = {"state": state(group)}
    decided = [version for version in group if version.id in known]
    if not decided:
        return facts
    version = max(decided, key=lambda v: v.serial)
    decision, declaration, report, account = known[version.id]
    answers = declaration.answers if declaration else {}
    facts["dcp_presence"] = presence(report.value if report else None, decision.basis)
    facts["personal_data_notice"] = facts["dcp_presence"] not in ("none", "unknown")
    facts["file_checksum"] = version.sha256 or ""
    facts["dcp_publication_basis"] = decision.basis or ""
    facts["warned"] = version.state == RELEASED and not _lawful(decision)
    for name in fields.BASIS_FIELDS:
        facts[name] = answers.get(name) or ""
    facts["anonymisation_status"] = "not_needed"
    if account or decision.basis == "anonymised":
        facts["anonymisation_status"] = anonymisation.status(account)
        facts |= anonymisation.shown(account) if account else {}
        for name in ANONYMISATION_ANSWERS:
            facts[name] = answers.get(name) or ""
    if decision.basis == "d312_1_3" and not facts["public_need_statement"]:
        facts["public_need_statement"] = wording.public_need(facts["d312_category"])
    return facts


def _lawful(decision: Decision) -> bool:
    return decision.outcome in types.PUBLISHING


def presence(report: types.Report | None, basis: str | None = None) -> str:
    """The value of ``dcp_presence`` (legal.md §7.3) that a report stands for."""
    if report is None or not report.complete:
        return "unknown"
    if not report.personal or basis == "not_personal":
        return "none"
    kinds = {finding.entity_type for finding in report.personal}
    if any(kind.startswith("art9_") for kind in kinds):
        return "special_category"
    if any(kind.startswith("art10_") for kind in kinds):
        return "offence"
    return "personal"


def state(group: list[Version]) -> str:
    """The ``state`` of legal.md §7.2 of a resource with these current versions."""
    if not group:
        return PENDING_SCAN
    shut = [version for version in group if version.state != RELEASED]
    version = shut[0] if shut else max(group, key=lambda v: v.serial)
    return version.outcome or PENDING_SCAN


def panel(dataset: dict[str, Any]) -> dict[str, Any]:
    """The compliance panel of a dataset dict as its reader is shown it (legal.md §7)."""
    resources = [
        {"id": r["id"], "name": r.get("name") or r["id"], **_own(r)}
        for r in dataset.get("resources") or []
    ]
    addresses = {
        r["id"]: tk.url_for(
            "resource.read", id=dataset["id"], resource_id=r["id"], qualified=True, locale="default"
        )
        for r in dataset.get("resources") or []
    }
    address = tk.url_for("dataset.read", id=dataset["id"], qualified=True, locale="default")
    return {
        **dpv.document(dataset, address, addresses),
        "dataset": dataset["name"],
        "license_id": dataset.get("license_id") or "",
        "license_title": dataset.get("license_title") or "",
        "license_url": dataset.get("license_url") or "",
        "contact": contact(dataset),
        **_own(dataset),
        "resources": resources,
    }


def _own(item: dict[str, Any]) -> dict[str, Any]:
    """Our fields of a dict, without their prefix."""
    return {k.removeprefix(PREFIX): v for k, v in item.items() if k.startswith(PREFIX)}


def contact(dataset: dict[str, Any]) -> str:
    """Whom the persons in the data can write to: the dataset's own contacts, then the portal's."""
    return (
        dataset.get(PREFIX + "rights_contact")
        or dataset.get(PREFIX + "dpo_contact")
        or config.dpo_contact()
        or dataset.get("maintainer_email")
        or dataset.get("author_email")
        or ""
    )
