"""Licences that an administration may choose for free reuse, and the other terms (Q18).

CRPA L. 323-1 and L. 323-2 (licences), D. 323-2-1 (the list), D. 323-2-2 (homologation), L. 324-1
and R. 323-3 (fees), L. 325-1 (no exclusive right).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import entries
from ckanext.rgpd.core.types import Reason

NOT_SPECIFIED = "notspecified"
#: What must be known where a fee is charged.
_FEE = ("fee_amount", "fee_basis", "fee_commercial", "fee_eligibility")
#: Terms that restrict reuse for no reason of general interest, whoever they come from.
_CLOSED = frozenset({"cc-nc", "other-nc", "other-closed"})


def licence_reasons(case: Case) -> list[Reason]:
    """What the licence and the terms of the dataset add to the decision."""
    regime = case.given("license_regime")
    if regime == "fee":
        reasons = _fee(case)
    elif regime == "homologated":
        reasons = [_homologated(case)]
    elif regime == "third_party_inherited" and case.licence_id not in _CLOSED:
        named = case.given("license_source") is not None
        reasons = [because("licence_inherited" if named else "licence_source_missing")]
    else:
        reasons = [licence_reason(case.licence_id)]
    return [*reasons, *_conditions(case)]


def licence_reason(licence_id: str | None) -> Reason:
    """What the licence of the dataset adds to the decision."""
    if _is_missing(licence_id):
        return because("licence_missing_advice")
    return because("licence_ok" if is_listed(licence_id) else "licence_not_allowed")


def licence(licence_id: str | None) -> Mapping[str, Any] | None:
    """The licence of that id in the portal's licence file, older names included."""
    return _by_name().get(licence_id or "")


def is_listed(licence_id: str | None) -> bool:
    """Whether the licence is one of those that D. 323-2-1 lists."""
    found = licence(licence_id)
    return found is not None and str(found["regime"]).startswith("list_")


def _fee(case: Case) -> list[Reason]:
    reasons = []
    if _is_missing(case.licence_id):
        reasons.append(because("fee_requires_licence"))
    if any(case.given(field) is None for field in _FEE):
        reasons.append(because("fee_terms_missing"))
    return reasons or [because("licence_ok")]


def _homologated(case: Case) -> Reason:
    granted = case.given("homologation_status") == "granted"
    known = case.given("homologation_decision_ref") is not None
    return because("licence_homologated" if granted and known else "homologation_missing")


def _conditions(case: Case) -> list[Reason]:
    conditions, exclusive = case.given("license_conditions"), case.given("exclusive_right")
    tests = set(case.given("license_conditions_tests") or ())
    unmet = conditions is not None and tests != set(entries("license_conditions_tests"))
    exclusive = exclusive or "exclusi" in (conditions or "").lower()
    return [because("conditions_not_allowed")] if exclusive or unmet else []


def _is_missing(licence_id: str | None) -> bool:
    return licence_id in (None, "", NOT_SPECIFIED)


@cache
def licences() -> tuple[Mapping[str, Any], ...]:
    """The portal's licence file: the listed licences, then those that are offered no more."""
    file = resources.files("ckanext.rgpd") / "licenses.json"
    return tuple(MappingProxyType(one) for one in json.loads(file.read_text(encoding="utf-8")))


@cache
def _by_name() -> Mapping[str, Mapping[str, Any]]:
    """The licences by their ids, and by those that older portals gave the same licences."""
    return MappingProxyType(
        {name: one for one in licences() for name in (one["id"], *one["aliases"])}
    )
