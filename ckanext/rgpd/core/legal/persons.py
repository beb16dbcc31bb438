"""Who the data are about (Q09, Q14b): special categories, offences, minors, the dead."""

from __future__ import annotations

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.dates import last_day, years_after
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import entries
from ckanext.rgpd.core.types import Reason

#: What may be said of the dead alone; anything else may be about the living.
_IDENTITY = frozenset({"person_name", "birth_date", "birth_place", "age", "sex"})
#: A person is potentially alive until then (CNIL deliberation 2010-460).
_LIFE_YEARS = 120
_ELECTED = "d312_6_political_life"
_EXAMS = "d312_4_education_research"


def person_reasons(case: Case) -> list[Reason]:
    """What special-category, offence and severe data, minors and the dead lead to."""
    reasons = [because(code, columns) for code, columns in _flagged(case).items()]
    if case.given("minors_present") == "yes" or case.answers.get("minors_present") == "unknown":
        reasons.append(because("minor_data"))
    reasons += _not_under_this_basis(case, {reason.code for reason in reasons})
    if _dead(case) and not only_the_dead(case):
        reasons.append(because("deceased"))
    return reasons


def only_the_dead(case: Case) -> bool:
    """Whether the file names the identity of dead persons, and nothing else.

    It is then not personal data (GDPR recital 27; CADA 20227753), unless the scan found what
    only the living have.
    """
    return _dead(case) and case.given("deceased_only") == "yes" and case.kinds.keys() <= _IDENTITY


def _dead(case: Case) -> bool:
    status, birth = case.given("persons_status"), case.given("latest_birth_date")
    if status is None and birth:
        born = last_day(birth)
        return born is not None and case.today > years_after(born, _LIFE_YEARS)
    return bool(status == "deceased")


def _flagged(case: Case) -> dict[str, list[str]]:
    """For each code of data that no declaration opens without the DPO, the columns."""
    columns: dict[str, set[str]] = {}
    for kind, places in case.kinds.items():
        if code := _code(case, kind):
            columns.setdefault(code, set()).update(places)
    for finding in case.found:
        if finding.sensitive and not _code(case, finding.entity_type):
            columns.setdefault("special_category", set()).add(finding.column)
    declared = {"special_category": "special_category", "offence": "offence_data"}
    if code := declared.get(case.given("dcp_presence")):
        columns.setdefault(code, set())
    return {code: sorted(columns[code]) for code in sorted(columns)}


def _code(case: Case, kind: str) -> str | None:
    if kind.startswith("art10_"):
        return "offence_data"
    if entries("entity_types").get(kind, {}).get("severe"):
        return "severe_identifier"
    if kind == "art9_political" and not _politics_allowed(case):
        return "political_opinion"
    return "special_category" if kind.startswith("art9_") else None


def _politics_allowed(case: Case) -> bool:
    """Elected persons and candidates (category 6°), or a law that names the column."""
    return case.given("d312_category") == _ELECTED or case.basis in (
        "specific_law",
        "archive_delay",
    )


def _not_under_this_basis(case: Case, codes: set[str]) -> list[Reason]:
    """D. 312-1-3 1° to 8° opens none of these, but for the cases that the decree itself names.

    4° names the results of examinations, minors included; 6° the register of elected persons.
    """
    category = case.given("d312_category")
    if case.basis != "d312_1_3" or category is None or category == "d312_9b_archives_sensitive":
        return []
    closed = {"special_category", "offence_data", "minor_data"} & codes
    if category == _EXAMS or entries("d312_categories")[category].get("archives"):
        closed -= {"minor_data"}
    if category == _ELECTED and _special(case) == {"art9_political"}:
        closed -= {"special_category"}
    return [because("basis_not_for_sensitive")] if closed else []


def _special(case: Case) -> set[str]:
    """The kinds of special-category data found or declared."""
    kinds = {kind for kind in case.kinds if kind.startswith("art9_")}
    kinds |= {f.entity_type for f in case.found if f.sensitive and not _code(case, f.entity_type)}
    said = case.given("dcp_presence") == "special_category"
    return kinds or ({"declared"} if said else set())
