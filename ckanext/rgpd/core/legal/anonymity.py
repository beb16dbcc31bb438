"""Anonymised before publication (Q15): the three criteria, or a risk analysis that was accepted.

A pseudonymised file stays personal (CNIL; GDPR recital 26) and is no exit.
"""

from __future__ import annotations

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.types import Reason

_CRITERIA = ("criterion_singling_out", "criterion_linkability", "criterion_inference")


def anonymised_reasons(case: Case) -> list[Reason]:
    """What speaks against the file being anonymous, or that it is."""
    against = []
    if case.found:
        against.append(because("anonymised_contradicted", case.personal_columns))
    against += _pseudonymised(case)
    if case.given("anon_dissemination") == "mfr":
        against.append(because("research_only"))
    k = case.given("anon_k")
    if k is not None and k < 2:
        against.append(because("singled_out"))
    if case.given("anon_methods_document") is None or not (_tested(case) or _analysed(case)):
        against.append(because("anonymisation_unproven"))
    elif not _met(case) and _analysed(case):
        against.append(because("risk_analysis_review"))
    return against or [because("basis_anonymised")]


def _pseudonymised(case: Case) -> list[Reason]:
    """A pseudonym in the file, a criterion not met, or the publisher's own word."""
    pseudonyms = case.kinds.get("pseudonym", [])
    not_met = "not_met" in _results(case) and not _analysed(case)
    said = case.given("anonymisation_status") == "pseudonymised"
    if "pseudonym" in case.kinds or not_met or said:
        return [because("pseudonymised_not_anonymous", pseudonyms)]
    return []


def _results(case: Case) -> list[str | None]:
    return [case.given(criterion) for criterion in _CRITERIA]


def _tested(case: Case) -> bool:
    return not any(result in (None, "not_assessed") for result in _results(case))


def _met(case: Case) -> bool:
    return _results(case) == ["met"] * len(_CRITERIA)


def _analysed(case: Case) -> bool:
    return case.given("reid_risk_analysis_ref") is not None
