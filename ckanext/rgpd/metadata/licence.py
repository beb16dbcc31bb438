"""What is said of a dataset's licence: its regime, its full name, what is to be done about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.rgpd.core.legal import licence as law
from ckanext.rgpd.metadata import vocabulary

#: Regimes that a licence's identifier does not say: the publisher declares them.
DECLARED = ("homologated", "fee", "third_party_inherited")


def regime(licence_id: str | None, declared: str | None) -> str:
    """The value of ``license_regime`` (legal.md §7.3) for a dataset."""
    if declared in DECLARED:
        return declared
    if licence_id in (None, "", law.NOT_SPECIFIED):
        return "none"
    return "list" if law.is_listed(licence_id) else "outside_list"


def named(dataset: dict[str, Any]) -> None:
    """Give a licence known under an older name its title and address, where CKAN finds none."""
    found = law.licence(dataset.get("license_id"))
    if found and not dataset.get("license_url"):
        dataset["license_title"] = found["title"]
        dataset["license_url"] = found["url"]


def advice(licence_id: str | None, fields: Mapping[str, str]) -> list[str]:
    """Sentences for the publisher on what the licence and its conditions still need (CRPA L. 322
    to L. 325); empty where all is in order."""
    state = regime(licence_id, fields.get("license_regime"))
    missing = licence_id in (None, "", law.NOT_SPECIFIED)
    told = (
        (
            state == "fee" and missing,
            tk._("Reuse against a fee needs a licence (article L.323-1). Choose one."),
        ),
        (
            state == "none",
            tk._(
                "No licence: reuse is free all the same, but a licence is advised. "
                "Licence Ouverte 2.0 suits most data."
            ),
        ),
        (
            state == "outside_list",
            tk._(
                "This licence is not on the list of article D.323-2-1. Choose a listed one, "
                "ask for its homologation, or say from whom the data come."
            ),
        ),
        (
            state == "homologated" and fields.get("homologation_status") != "granted",
            tk._("A licence may be used as homologated only once the State has granted it."),
        ),
        (
            bool(fields.get("license_conditions")) and not _all_tests(fields),
            tk._(
                "Special conditions must serve the general interest, be in proportion, and not "
                "restrict competition (article L.323-2)."
            ),
        ),
        (
            bool(fields.get("exclusive_right")),
            tk._(
                "A right of reuse may not be exclusive, but for what a public service needs "
                "(article L.325-1)."
            ),
        ),
    )
    return [sentence for applies, sentence in told if applies]


def _all_tests(fields: Mapping[str, str]) -> bool:
    passed = json.loads(fields.get("license_conditions_tests") or "[]")
    return set(passed) == set(vocabulary.entries("license_conditions_tests"))


def options(existing_id: str | None) -> list[tuple[str, str]]:
    """The licences of our file for a form: the listed ones in the law's order, and the own one."""
    listed = [one for one in law.licences() if one["status"] == "active"]
    offered = [(one["id"], one["title"]) for one in listed]
    if existing_id and existing_id not in dict(offered):
        found = law.licence(existing_id)
        offered.insert(0, (existing_id, found["title"] if found else existing_id))
    return offered
