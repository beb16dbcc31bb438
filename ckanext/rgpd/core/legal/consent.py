"""Consent to publication (Q14): valid only with all its criteria, for every person."""

from __future__ import annotations

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import entries
from ckanext.rgpd.core.types import Reason

_OF_ALL = "consent_complete"


def consent_reasons(case: Case) -> list[Reason]:
    """What is missing in the consent declared, or that it holds (GDPR article 7)."""
    channel, held = case.given("consent_channel"), set(case.given("consent_criteria") or ())
    missing = _required(channel) - held
    against = []
    if missing == {_OF_ALL}:
        against.append(because("consent_partial"))
    elif missing:
        against.append(because("consent_incomplete"))
    if channel is None:
        against.append(because("consent_channel_missing"))
    if "consent_written" not in held and case.given("consent_evidence_ref") is None:
        against.append(because("consent_evidence_missing"))
    return against or [because("basis_consent")]


def _required(channel: str | None) -> set[str]:
    return {
        key
        for key, entry in entries("consent_criteria").items()
        if entry["level"] == "required" or channel in entry.get("required_by_channel", ())
    }
