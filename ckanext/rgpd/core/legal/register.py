"""The register of processing (Q08, GDPR article 30): known to the organisation, at what risk."""

from __future__ import annotations

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.persons import only_the_dead
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.types import Reason

# Bases under which no personal data are left to enter.
_NOTHING_LEFT = frozenset({"not_personal", "anonymised", "none"})


def register_reasons(case: Case) -> list[Reason]:
    """What is missing in the register for personal data that would be published."""
    if not case.personal or case.basis in _NOTHING_LEFT or only_the_dead(case):
        return []
    if case.given("register_status") != "entered":
        return [because("register_entry_missing")]
    reasons = []
    risk = case.given("register_risk")
    if risk is None:
        reasons.append(because("risk_level_unknown"))
    if risk == "high" and case.given("dpia_ref") is None:
        reasons.append(because("dpia_missing"))
    if case.given("protections_applied") == "no":
        reasons.append(because("protections_missing"))
    return reasons
