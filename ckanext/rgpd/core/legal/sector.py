"""The rules of a sector (Q16): justice, energy, health, real estate, civil status, cemeteries."""

from __future__ import annotations

from ckanext.rgpd.core.legal.basis import basis_may_hold
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import Entry, entries
from ckanext.rgpd.core.types import Reason

_CEMETERY = ("cemetery", "d312_8_regulated_formalities")


def sector_reasons(case: Case) -> list[Reason]:
    """What the sector adds to personal data, and to data that were personal."""
    sector = case.given("sector")
    if sector is None or not (case.personal or case.basis == "anonymised"):
        return []
    rule = entries("sectors")[sector]
    reasons = []
    if _broken(case, sector, rule):
        refused = {
            column for kind in rule.get("refuses", ()) for column in case.kinds.get(kind, ())
        }
        reasons.append(because(f"sector_rule_{sector}", sorted(refused)))
    if rule.get("dpo"):
        reasons.append(because("sector_review"))
    return reasons


def _broken(case: Case, sector: str, rule: Entry) -> bool:
    if sector == "civil_status":
        return not (case.basis in rule["bases"] and basis_may_hold(case))
    shown = set(case.given("sector_requirements") or ())
    category = case.given("d312_category")
    return (
        ("bases" in rule and case.basis not in rule["bases"])
        or not set(rule.get("requires", ())) <= shown
        or bool(set(rule.get("refuses", ())) & case.kinds.keys())
        or (case.basis == "d312_1_3" and sector == _CEMETERY[0] and category != _CEMETERY[1])
    )
