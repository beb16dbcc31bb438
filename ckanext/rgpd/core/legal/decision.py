"""The verdict: what the law makes of a report and a declaration. Pure, total, deterministic."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from ckanext.rgpd.core.legal.answer import usable
from ckanext.rgpd.core.legal.archives import release_day
from ckanext.rgpd.core.legal.basis import basis_reasons
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.dates import last_day
from ckanext.rgpd.core.legal.document import document_reasons
from ckanext.rgpd.core.legal.given import answer_reasons
from ckanext.rgpd.core.legal.licence import licence_reasons
from ckanext.rgpd.core.legal.persons import only_the_dead, person_reasons
from ckanext.rgpd.core.legal.reason import because, most_severe, opens
from ckanext.rgpd.core.legal.register import register_reasons
from ckanext.rgpd.core.legal.secrets import secret_reasons
from ckanext.rgpd.core.legal.sector import sector_reasons
from ckanext.rgpd.core.legal.vocabulary import entries
from ckanext.rgpd.core.types import (
    COMPLETE,
    PARTIAL,
    UNSUPPORTED,
    Decision,
    Declaration,
    Reason,
    Report,
)

#: Number and date of the rules; a decision keeps those it was made under.
RULES_VERSION = "3 (2026-11-27)"

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
    report: Report | None,
    declaration: Declaration,
    licence_id: str | None,
    today: datetime.date,
) -> Decision:
    """What the law says of one file version, with all reasons and not the first only.

    An answer that is not a possible one keeps the file closed and raises nothing. Without a
    ``report`` the result rests on the answers alone, and says so. ``basis`` is the declared one
    where its own conditions hold, ``None`` elsewhere.
    """
    answers, impossible = usable(declaration.answers)
    return verdict(Case(report, answers, licence_id, today), impossible)


def verdict(case: Case, impossible: Iterable[str] = ()) -> Decision:
    """The decision on a case; ``impossible`` are the fields of answers that were left out."""
    exits = [*answer_reasons(case, impossible), *basis_reasons(case)]
    others = [
        *document_reasons(case),
        *secret_reasons(case),
        *register_reasons(case),
        *person_reasons(case),
        *sector_reasons(case),
        *_scan_reasons(case.report),
        *licence_reasons(case),
    ]
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
        release_date=_release_date(case, reasons),
        end_date=_end_date(case),
    )


def _scan_reasons(report: Report | None) -> list[Reason]:
    if report is None:
        return [because("not_scanned")]
    if report.status == COMPLETE:
        return []
    return [because(_SCAN_REASONS.get(report.status, "scan_failed"))]


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
    if only_the_dead(case):
        return "not_personal"
    if case.bases:
        return case.bases[0]
    return "not_personal" if case.complete else None


def _release_date(case: Case, reasons: Iterable[Reason]) -> str | None:
    """The first day after the delay, where one is running."""
    release = release_day(case)
    running = any(reason.code == "delay_running" for reason in reasons)
    if not running or release is None or release == datetime.date.max:
        return None
    return (release + datetime.timedelta(days=1)).isoformat()


def _end_date(case: Case) -> str | None:
    end = case.given("publication_end_date")
    day = last_day(end) if end else None
    return day.isoformat() if day else None
