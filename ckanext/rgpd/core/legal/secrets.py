"""The secrets of CRPA L. 311-5 and L. 311-6 (filter F1): redacted, lifted, or in the way.

Only a law or a regulation that orders publication online lifts them (L. 312-1-2, first
paragraph). A basis for personal data does not.
"""

from __future__ import annotations

from collections.abc import Mapping

from ckanext.rgpd.core.legal.basis import basis_holds
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries
from ckanext.rgpd.core.types import Reason

_BUSINESS = "s6_1_business_"
_PRIVATE_LIFE = "s6_1_private_life"


def secret_reasons(case: Case) -> list[Reason]:
    """What the secrets declared and the private life found lead to."""
    declared: Mapping[str, str] = case.given("secrets_present") or {}
    reasons = []
    for key, state in declared.items():
        if key != "none" and not _without_object(case, key):
            reasons += _fate(case, key, _state(case, state))
    return [*dict.fromkeys(reasons), *_private_life(case)]


def _state(case: Case, own: str) -> str | None:
    """What becomes of one secret: its own state, or else that of all."""
    return case.given("secret_treatment") if own == "pending" else own


def _fate(case: Case, secret: str, state: str | None) -> list[Reason]:
    if state is None or state == UNKNOWN:
        return [because("secret_unknown")]
    if state in ("lifted", "waived") and case.given("secret_reference") is None:
        return [because("secret_reference_missing")]
    if state == "waived" and secret != _PRIVATE_LIFE:  # only one's own life can be waived
        state = "redactable"
    if state == "lifted" and case.given("secret_text_scope") != "online_publication":
        return [because("secret_scope_not_online")]
    if state == "not_redactable":
        to_nobody = entries("secrets")[secret]["group"] == "l311_5"
        return [because("not_communicable" if to_nobody else "interested_only")]
    return [because(_CODES[state])]


_CODES = {
    "redacted": "secret_redacted",
    "redactable": "redact_required",
    "lifted": "secret_lifted_by_text",
    "waived": "secret_waived",
}


def _without_object(case: Case, secret: str) -> bool:
    """Whether nothing is left to protect: emissions, nobody identifiable, or a delay that is over.

    Business secrecy does not hold against emissions into the environment. With nobody left to
    identify, a secret about persons has no object. All secrets lapse with the archive delay.
    """
    if secret.startswith(_BUSINESS) and case.given("environmental_emissions") == "yes":
        return True
    if not basis_holds(case):
        return False
    if case.basis == "archive_delay":
        return True
    return case.basis == "anonymised" and bool(entries("secrets")[secret].get("personal"))


def _private_life(case: Case) -> list[Reason]:
    """Private life that was found (L. 311-6 1°), which neither D. 312-1-3 nor consent lifts.

    Named work e-mails and direct lines belong to it by constant opinion of the CADA (20213227):
    they are to be removed. Whether consent lifts the secret is not settled: the DPO judges.
    """
    columns = case.columns_with("private_life")
    found: dict[str, list[str]] = {}
    for column in columns:
        found.setdefault(case.column_bases.get(column, case.basis or ""), []).append(column)
    declared = any(entries("entity_types")[k].get("private_life") for k in _declared(case))
    if declared and not columns and case.basis:
        found[case.basis] = []
    reasons = []
    if "d312_1_3" in found and not _archives(case):
        reasons.append(because("private_life", found["d312_1_3"]))
    if "explicit_consent" in found:
        reasons.append(because("consent_private_life", found["explicit_consent"]))
    return reasons


def _declared(case: Case) -> list[str]:
    return case.given("dcp_categories") or []


def _archives(case: Case) -> bool:
    category = case.given("d312_category")
    return category is not None and bool(entries("d312_categories")[category].get("archives"))
