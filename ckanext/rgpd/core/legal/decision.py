"""The verdict: what the law makes of a report and a declaration. Pure, total, deterministic."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from ckanext.rgpd.core.legal.answer import usable
from ckanext.rgpd.core.legal.basis import basis_reasons
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.licence import licence_reason
from ckanext.rgpd.core.legal.question import applicable
from ckanext.rgpd.core.legal.reason import because, most_severe, opens
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries
from ckanext.rgpd.core.types import (
    COMPLETE,
    PARTIAL,
    UNSUPPORTED,
    Decision,
    Declaration,
    Finding,
    Reason,
    Report,
)

#: Number and date of the rules; a decision keeps those it was made under.
RULES_VERSION = "1 (2026-11-23)"

_SCAN_REASONS = {
    "pending": "scan_pending",
    PARTIAL: "scan_partial",
    UNSUPPORTED: "scan_unsupported",
}
_OPINIONS = {
    "favourable": "dpo_favourable",
    "favourable_conditions": "dpo_conditions",
    "unfavourable": "dpo_refused",
}


def decide(
    report: Report,
    declaration: Declaration,
    licence_id: str | None,
    today: datetime.date,
) -> Decision:
    """What the law says of one file version, with all reasons and not the first only.

    An answer that is not a possible one keeps the file closed and raises nothing. ``basis`` is
    the declared one where its own conditions hold, ``None`` elsewhere. No delay runs under these
    rules, so ``today`` does not change the result.
    """
    answers, valid = usable(declaration.answers)
    case = Case(report, answers)
    exits = [*_answer_reasons(case, valid), *basis_reasons(case)]
    others = [*_scan_reasons(report), *_identifier_reasons(report), licence_reason(licence_id)]
    dpo_required = any(_needs_dpo(reason) for reason in [*exits, *others])
    opinion = _OPINIONS.get(case.given("dpo_status"), "dpo_pending" if dpo_required else None)
    if opinion == "dpo_favourable":
        exits, others = _lifted(exits), _lifted(others)
    reasons = [*exits, *others, *([because(opinion)] if opinion else [])]
    return Decision(
        outcome=most_severe(reasons),
        reasons=tuple(dict.fromkeys(reasons)),
        basis=_basis(case) if all(opens(reason) for reason in exits) else None,
        dpo_required=dpo_required,
        rules_version=RULES_VERSION,
    )


def _answer_reasons(case: Case, valid: bool) -> list[Reason]:
    reasons = [] if valid else [because("answer_invalid")]
    if any(case.answers.get(question.key) == UNKNOWN for question in applicable(case)):
        reasons.append(because("answer_unknown"))
    return reasons


def _scan_reasons(report: Report) -> list[Reason]:
    if report.status == COMPLETE:
        return []
    return [because(_SCAN_REASONS.get(report.status, "scan_failed"))]


def _identifier_reasons(report: Report) -> list[Reason]:
    """Data that no declaration opens without the DPO, one reason for each kind of them."""
    columns: dict[str, set[str]] = {}
    for finding in report.personal:
        if code := _identifier_code(finding):
            columns.setdefault(code, set()).add(finding.column)
    return [because(code, sorted(columns[code])) for code in sorted(columns)]


def _identifier_code(finding: Finding) -> str | None:
    if finding.entity_type.startswith("art10_"):
        return "offence_data"
    if entries("entity_types").get(finding.entity_type, {}).get("severe"):
        return "severe_identifier"
    if finding.sensitive or finding.entity_type.startswith("art9_"):
        return "special_category"
    return None


def _needs_dpo(reason: Reason) -> bool:
    return bool(entries("reasons")[reason.code].get("dpo_required"))


def _lifted(reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons after a favourable opinion: it lifts what the DPO may judge, never the law."""
    after = []
    for reason in reasons:
        rule = entries("reasons")[reason.code]
        after.append(replace(reason, outcome=None) if rule.get("dpo_lifts") else reason)
        if "lifted_as" in rule:
            after.append(because(rule["lifted_as"]))
    return after


def _basis(case: Case) -> str | None:
    return case.basis or ("not_personal" if case.report.complete else None)
