"""The exits from the ban on publishing personal data (CRPA L. 312-1-2): what each one needs.

A basis gives all the reasons that keep it from holding, or the one reason that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import entries
from ckanext.rgpd.core.types import Reason

# Bases that hold for the columns they name, and for no other.
_BY_COLUMN = frozenset({"specific_law", "d312_1_3", "explicit_consent"})

_CRITERIA = ("criterion_singling_out", "criterion_linkability", "criterion_inference")


def basis_reasons(case: Case) -> list[Reason]:
    """What the declared basis, or its absence, makes of the report."""
    if case.basis is None:
        return _undeclared(case)
    reasons = _BASES[case.basis](case)
    return [*reasons, *_coverage(case)] if case.basis in _BY_COLUMN else reasons


def is_archive(category: str) -> bool:
    """Whether the category is one of D. 312-1-3 9°, kept for archive services."""
    return bool(entries("d312_categories")[category].get("archives"))


def _undeclared(case: Case) -> list[Reason]:
    if case.personal:
        return [because("basis_missing", case.personal_columns)]
    return _silent_scan(case)


def _not_personal(case: Case) -> list[Reason]:
    if case.personal:
        return [because("scan_contradicts_declaration", case.personal_columns)]
    return _silent_scan(case)


def _silent_scan(case: Case) -> list[Reason]:
    # A scan that did not read everything proves nothing.
    return [because("no_personal_data")] if case.report.complete else []


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
    review = [because("eu_regulation_review")] if nature == "eu_regulation" else []
    return [*(against or [because("basis_law")]), *review]


def _d312(case: Case) -> list[Reason]:
    category = case.given("d312_category")
    if category is None:
        found = [because("d312_category_missing")]
    elif is_archive(category):
        found = _archive(case)
    elif case.given("public_need_statement") is None:
        found = [because("public_need_missing")]
    else:
        found = [because("basis_d312")]
    return [*found, *_private_life(case)]


def _archive(case: Case) -> list[Reason]:
    return [because("basis_archive"), because("archive_review", case.personal_columns)]


def _consent(case: Case) -> list[Reason]:
    channel = case.given("consent_channel")
    required = {
        key
        for key, entry in entries("consent_criteria").items()
        if entry["level"] == "required" or channel in entry.get("required_by_channel", ())
    }
    against = []
    if not required <= set(case.given("consent_criteria") or ()):
        against.append(because("consent_incomplete"))
    if channel is None:
        against.append(because("consent_channel_missing"))
    return [*(against or [because("basis_consent")]), *_private_life(case)]


def _anonymised(case: Case) -> list[Reason]:
    results = [case.given(criterion) for criterion in _CRITERIA]
    against = []
    if case.personal:
        against.append(because("anonymised_contradicted", case.personal_columns))
    pseudonyms = {f.column for f in case.report.personal if f.entity_type == "pseudonym"}
    if pseudonyms or "not_met" in results:
        against.append(because("pseudonymised_not_anonymous", sorted(pseudonyms)))
    untested = any(result in (None, "not_assessed") for result in results)
    if untested or case.given("anon_methods_document") is None:
        against.append(because("anonymisation_unproven"))
    return against or [because("basis_anonymised")]


def _private_life(case: Case) -> list[Reason]:
    """The secret of private life (CRPA L. 311-6 1°), which neither D. 312-1-3 nor consent lifts.

    Named work e-mails and direct lines belong to it by constant opinion of the CADA (20213227).
    The opinions would have them removed; what a finding cannot tell (the box of a service, the
    office of an elected person) is left to the DPO, and the file stays closed meanwhile.
    """
    types = entries("entity_types")
    columns = {
        finding.column
        for finding in case.report.personal
        if types.get(finding.entity_type, {}).get("private_life")
    }
    return [because("private_life", sorted(columns))] if columns else []


def _coverage(case: Case) -> list[Reason]:
    """A basis covers the columns it names: the personal ones it does not name must go."""
    named = case.given("covered_columns")
    if named is None and case.one_place is not None:
        named = [case.one_place]  # there is nothing to choose from
    if named is None:
        columns = case.personal_columns
        return [because("columns_not_confirmed", columns)] if columns else []
    reasons = []
    if uncovered := set(case.personal_columns) - set(named):
        reasons.append(because("fields_not_necessary", sorted(uncovered)))
    absent = set(named) - {column.name for column in case.report.columns}
    if absent and case.report.complete:  # what was not read may hold them
        reasons.append(because("unknown_column", sorted(absent)))
    return reasons


_BASES: Mapping[str, Callable[[Case], list[Reason]]] = {
    "not_personal": _not_personal,
    "specific_law": _specific_law,
    "d312_1_3": _d312,
    "explicit_consent": _consent,
    "anonymised": _anonymised,
    "archive_delay": _archive,
}
