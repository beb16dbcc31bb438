"""The register of processing (Q08, GDPR article 30): known to the organisation, at what risk."""

from __future__ import annotations

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.persons import only_the_dead
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.types import Reason

# Bases under which no personal data are left to enter.
_NOTHING_LEFT = frozenset({"not_personal", "anonymised", "none"})


def _is_entered(case: Case) -> bool:
    """Whether the file is in the register: said so, or a reference there is given."""
    status = case.given("register_status")
    unsaid = "register_status" not in case.answers
    return status == "entered" or (unsaid and case.given("register_ref") is not None)


def register_reasons(case: Case) -> list[Reason]:
    """What is missing in the register for personal data that would be published."""
    if not case.personal or case.basis in _NOTHING_LEFT or only_the_dead(case):
        return []
    if not _is_entered(case):
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
