"""What is shown of a dataset's and its resources' standing: to everyone, and to those in charge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from ckanext.rgpd.model import Anonymisation, Version, standing
from ckanext.rgpd.model.standing import Standing
from ckanext.rgpd.model.version import RELEASED

PREFIX = fields.PREFIX
UNDER_REVIEW = "under_review"
PENDING_SCAN = "pending_scan"

#: What is left of a closed resource for those who may not see it: pages count on the last one.
KEPT_WHEN_CLOSED = ("id", "package_id", "position", "state", "created", "tracking_summary")


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
    held = standing.of(resource["id"] for resource in resources)
    hidden = _hide_closed(context, dataset["id"], resources, gate.open_of(held))
    dataset.update(fields.shown(dataset["id"], whole=_handles(context, dataset["id"])))
    licence.named(dataset)
    shown = [r for r in resources if r["id"] not in hidden]
    for resource in shown:
        _dress(resource, held[resource["id"]])
    dataset.update({PREFIX + key: value for key, value in derived.of_dataset(dataset).items()})


def dress_resource(resource: dict[str, Any]) -> None:
    """Say in a resource dict, as its own writer is given it, where it stands."""
    _dress(resource, standing.of([resource["id"]])[resource["id"]])


def _dress(resource: dict[str, Any], group: list[Standing]) -> None:
    resource.update({PREFIX + key: value for key, value in public_facts(group).items()})


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


def public_facts(group: list[Standing]) -> dict[str, Any]:
    """What legal.md §7.2 makes public of a resource's released content, and its state."""
    facts: dict[str, Any] = {"state": state(group)}
    decided = [version for version in group if version.evidence]
    if not decided:
        return facts
    version = max(decided, key=lambda v: v.serial)
    evidence = version.evidence or {}
    answers, basis = evidence["answers"] or {}, evidence["basis"]
    facts["dcp_presence"] = presence(version)
    facts["personal_data_notice"] = is_personal(version)
    facts["file_checksum"] = version.sha256 or ""
    facts["dcp_publication_basis"] = basis or ""
    facts["warned"] = version.state == RELEASED and not _lawful(evidence)
    for name in fields.BASIS_FIELDS:
        facts[name] = answers.get(name) or ""
    facts["anonymisation_status"] = "not_needed"
    account = Anonymisation(**evidence["account"]) if evidence["account"] else None
    if account or basis == "anonymised":
        facts["anonymisation_status"] = anonymisation.status(account)
        facts |= anonymisation.shown(account) if account else {}
        for name in ANONYMISATION_ANSWERS:
            facts[name] = answers.get(name) or ""
    if basis == "d312_1_3" and not facts["public_need_statement"]:
        facts["public_need_statement"] = wording.public_need(facts["d312_category"])
    return facts


def _lawful(evidence: dict[str, Any]) -> bool:
    return evidence["outcome"] in types.PUBLISHING


def is_personal(version: Standing) -> bool:
    """Whether a content is known to hold personal data."""
    return presence(version) not in ("none", "unknown")


def presence(version: Standing) -> str:
    """The value of ``dcp_presence`` (legal.md §7.3) of a content."""
    evidence = version.evidence
    if not evidence or not evidence["complete"]:
        return "unknown"
    kinds = evidence["personal"]
    if not kinds or evidence["basis"] == "not_personal":
        return "none"
    if any(kind.startswith("art9_") for kind in kinds):
        return "special_category"
    if any(kind.startswith("art10_") for kind in kinds):
        return "offence"
    return "personal"


def state(group: Sequence[Version | Standing]) -> str:
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
