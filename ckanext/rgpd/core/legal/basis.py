"""The exits from the ban on publishing personal data (CRPA L. 312-1-2): what each one needs.

A basis gives all the reasons that keep it from holding, or the one reason that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ckanext.rgpd.core.legal.anonymity import anonymised_reasons
from ckanext.rgpd.core.legal.archives import archive_reasons, release_day
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.consent import consent_reasons
from ckanext.rgpd.core.legal.dates import last_day
from ckanext.rgpd.core.legal.persons import only_the_dead
from ckanext.rgpd.core.legal.reason import because, opens
from ckanext.rgpd.core.legal.vocabulary import entries
from ckanext.rgpd.core.types import Reason

# What the register of companies (SIRENE) belongs to.
_COMPANIES = "d312_2_economic_associative_cultural"
# Bases that hold for the columns they name, and for no other.
_BY_COLUMN = frozenset({"specific_law", "d312_1_3", "explicit_consent"})


def basis_reasons(case: Case) -> list[Reason]:
    """What the bases declared, or their absence, make of the case."""
    if only_the_dead(case):
        return [because("deceased_not_personal")]
    if not case.bases:
        return _undeclared(case)
    reasons = [reason for basis in case.bases for reason in _BASES[basis](case)]
    if case.personal and _BY_COLUMN & set(case.bases):
        reasons += _coverage(case)
    return [*reasons, *_ended(case)]


def basis_holds(case: Case) -> bool:
    """Whether nothing keeps the declared bases from holding."""
    return bool(case.bases) and all(opens(reason) for reason in basis_reasons(case))


def basis_may_hold(case: Case) -> bool:
    """Whether only what the DPO may judge keeps the declared bases from holding."""
    closing = [reason for reason in basis_reasons(case) if not opens(reason)]
    return bool(case.bases) and all(entries("reasons")[r.code].get("dpo_lifts") for r in closing)


def suggested_category(case: Case) -> str | None:
    """The category that the scan suggests, where its findings do not point to several."""
    suggested = {finding.suggested_basis for finding in case.found} - {None}
    known = set(entries("d312_categories"))
    return suggested.pop() if len(suggested) == 1 and suggested <= known - {"unknown"} else None


def _undeclared(case: Case) -> list[Reason]:
    if case.personal:
        return [because("basis_missing", case.personal_columns)]
    return _silent_scan(case)


def _not_personal(case: Case) -> list[Reason]:
    if case.found:
        return [because("scan_contradicts_declaration", case.personal_columns)]
    return _silent_scan(case)


def _silent_scan(case: Case) -> list[Reason]:
    if case.report is None:
        declared = case.basis == "not_personal" or case.given("dcp_presence") is not None
        return [because("no_personal_data" if declared else "presence_unknown")]
    # A scan that did not read everything proves nothing.
    return [because("no_personal_data")] if case.complete else []


def _specific_law(case: Case) -> list[Reason]:
    scope, nature = case.given("text_scope"), case.given("text_nature")
    against = []
    if case.given("legal_reference") is None:
        against.append(because("law_reference_missing"))
    if nature is None:
        against.append(because("text_nature_missing"))
    elif nature == "regulation":
        against.append(because("regulation_lifts_f1_only"))
    if scope is None:
        against.append(because("text_scope_missing"))
    elif scope != "online_publication":
        against.append(because("text_scope_not_online"))
    if case.given("basis_row_filter") and case.given("rows_within_text") != "yes":
        against.append(because("rows_outside_text"))
    review = [because("eu_regulation_review")] if nature == "eu_regulation" else []
    return [*(against or [because("basis_law")]), *review]


def _d312(case: Case) -> list[Reason]:
    category = case.given("d312_category")
    if category is None:
        return [because("d312_category_missing")]
    if entries("d312_categories")[category].get("archives"):
        return archive_reasons(case)
    against = []
    # Where the scan itself names the category, the rules know why the public needs it.
    if case.given("public_need_statement") is None and suggested_category(case) != category:
        against.append(because("public_need_missing"))
    if case.given("fields_necessary") == "no":
        against.append(because("fields_not_necessary"))
    opposed = case.given("opposition_honoured")
    if opposed == "no" or ("siret_person" in case.kinds and opposed != "yes"):
        against.append(because("opposition_not_honoured", case.kinds.get("siret_person", [])))
    if category == _COMPANIES and "siret_person" in case.kinds:
        left_out = case.columns_with("not_in_sirene")
        against += [because("sirene_field_left_out", left_out)] if left_out else []
    return against or [because("basis_d312")]


def _none(case: Case) -> list[Reason]:
    """No basis at all: a known date, anonymisation, or no duty to publish."""
    if not case.personal:
        return _silent_scan(case)
    reasons = [because("no_consent")]
    if case.given("public_life") == "yes":
        reasons.append(because("public_life_needs_text"))
    release = release_day(case)
    if release and case.today <= release:
        return [*reasons, because("delay_running")]
    feasible = case.given("anonymisation_feasible")
    return [*reasons, because(_WITHOUT_BASIS.get(feasible, "feasibility_missing"))]


_WITHOUT_BASIS = {
    "yes": "anonymise_required",
    "no": "no_basis",
    "pseudonymised_only": "pseudonymised_not_anonymous",
}


def _coverage(case: Case) -> list[Reason]:
    """A basis covers the columns it names: the personal ones it does not name must go."""
    named = case.given("covered_columns")
    own = {column for column, basis in case.column_bases.items() if basis != "removed"}
    if named is None and case.one_place is not None:
        named = [case.one_place]  # there is nothing to choose from
    if named is None and not own:
        columns = case.personal_columns
        several = len(case.column_names) > 1
        return [because("columns_not_confirmed", columns)] if columns or several else []
    covered = {*(named or ()), *own} - {c for c, b in case.column_bases.items() if b == "removed"}
    reasons = []
    if uncovered := set(case.personal_columns) - covered:
        reasons.append(because("fields_not_necessary", sorted(uncovered)))
    absent = covered - case.column_names
    if absent and case.report and case.complete:  # what was not read may hold them
        reasons.append(because("unknown_column", sorted(absent)))
    return reasons


def _ended(case: Case) -> list[Reason]:
    end = case.given("publication_end_date")
    day = last_day(end) if end else None
    return [because("publication_ended")] if day and case.today > day else []


_BASES: Mapping[str, Callable[[Case], list[Reason]]] = {
    "not_personal": _not_personal,
    "specific_law": _specific_law,
    "d312_1_3": _d312,
    "explicit_consent": consent_reasons,
    "anonymised": anonymised_reasons,
    "archive_delay": archive_reasons,
    "none": _none,
}
