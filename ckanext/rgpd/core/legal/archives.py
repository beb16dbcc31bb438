"""Archives: from which day the law lets them out, and put online (CP L. 213-2, D. 312-1-3 9°)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.dates import last_day, years_after
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import Entry, entries
from ckanext.rgpd.core.types import Reason

#: For online publication of special-category or offence data (D. 312-1-3 9° b, c).
_SENSITIVE_YEARS = 100
_AFTER_DEATH = "after_death"

Day = datetime.date


def release_day(case: Case) -> Day | None:
    """The last day on which the delay runs; ``None`` where a date that it needs is not known.

    The strictest class rules the whole file. Communicable at the counter and publishable online
    are two tests: the longer delay of sensitive data counts here.
    """
    start, death, birth = (_day(case, field) for field in _DATES)
    classes = [entries("archive_classes")[key] for key in case.given("archive_class") or ()]
    ends = [_end(entry, start, death, birth) for entry in classes]
    if _sensitive(case):
        ends.append(years_after(start, _SENSITIVE_YEARS) if start else None)
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def archive_reasons(case: Case) -> list[Reason]:
    """What keeps archives closed, or the reason that they may be put online."""
    classes = case.given("archive_class")
    if not classes:
        return [because("archive_class_missing")]
    if "arch_never" in classes:
        return [because("archive_never")]
    held = case.given("held_by_archive_service")
    reasons = [because("archive_holder_unknown")] if held is None else []
    release = release_day(case)
    if release is None:
        return [*reasons, because("date_unknown")]
    if case.today <= release:
        return [*reasons, because(_while_running(case))]
    opened = because("archive_not_held" if held == "no" else "basis_archive")
    return [*reasons, *_cautions(case, classes), opened]


_DATES = ("archive_start_date", "death_date_known", "birth_date_known")


def _day(case: Case, field: str) -> Day | None:
    value = case.given(field)
    return last_day(value) if value else None


def _end(entry: Entry, start: Day | None, death: Day | None, birth: Day | None) -> Day | None:
    """The last day of one class's delay, ``None`` where it cannot be told."""
    if not entry["years"]:  # none, or for ever
        return Day.min if entry["years"] == 0 else Day.max
    if entry["start"] == "death":
        if death is None and birth:
            return years_after(birth, entry["after_birth"])
        start = death
    ends = [years_after(start, entry["years"])] if start else []
    if death and _AFTER_DEATH in entry:
        ends.append(years_after(death, entry[_AFTER_DEATH]))
    return min(ends, default=None)


def _sensitive(case: Case) -> bool:
    offence = case.given("dcp_presence") == "offence" or _has(case, "art10_")
    if case.given("d312_category") == "d312_9c_finding_aids":
        return offence
    special = any(finding.sensitive for finding in case.found) or _has(case, "art9_")
    return offence or special or case.given("dcp_presence") == "special_category"


def _has(case: Case, prefix: str) -> bool:
    return any(kind.startswith(prefix) for kind in case.kinds)


def _while_running(case: Case) -> str:
    return "cnil_authorised" if case.given("cnil_authorisation_ref") else "delay_running"


def _cautions(case: Case, classes: Iterable[str]) -> list[Reason]:
    """What the DPO must look at although the delay is over: unread texts, and indexes of names."""
    start = _day(case, "archive_start_date")
    rules = [entries("archive_classes")[key] for key in classes]
    reasons = []
    if any(rule.get("unverified") or _still(rule, "review_years", start, case) for rule in rules):
        reasons.append(because("archive_unverified"))
    if any(_still(rule, "index_years", start, case) for rule in rules):
        reasons.append(because("archive_index_caution"))
    return reasons


def _still(rule: Entry, years: str, start: Day | None, case: Case) -> bool:
    """Whether the longer caution of a class runs; an unknown start is no proof that it is over."""
    return years in rule and (start is None or case.today <= years_after(start, rule[years]))
