"""Reports and answers for the tests of the law: invented, and small."""

from __future__ import annotations

import datetime
from typing import Any

from ckanext.rgpd.core.legal import decide
from ckanext.rgpd.core.types import COMPLETE, Column, Decision, Declaration, Finding, Report

TODAY = datetime.date(2026, 11, 23)

#: What the register of processing says of a file.
ENTERED = {"register_status": "entered", "register_risk": "low"}
LAW = {
    **ENTERED,
    "dcp_publication_basis": "specific_law",
    "legal_reference": "loi n° 2000-0, article 1er",
    "text_nature": "law",
    "text_scope": "online_publication",
    "covered_columns": ["nom", "fonction"],
}
DECREE = {
    **ENTERED,
    "dcp_publication_basis": "d312_1_3",
    "d312_category": "d312_6_political_life",
    "public_need_statement": "Connaître ses élus.",
    "covered_columns": ["nom", "fonction"],
}
CONSENT = {
    **ENTERED,
    "dcp_publication_basis": "explicit_consent",
    "consent_criteria": [
        "consent_active",
        "consent_explicit",
        "consent_specific",
        "consent_informed",
        "consent_free",
        "consent_complete",
        "consent_withdrawable",
    ],
    "consent_evidence_ref": "dossier 12",
    "consent_channel": "paper",
    "covered_columns": ["nom", "fonction"],
}
ANONYMISED = {
    "dcp_publication_basis": "anonymised",
    "anon_methods_document": "https://exemple.fr/methodes.html",
    "criterion_singling_out": "met",
    "criterion_linkability": "met",
    "criterion_inference": "met",
}
ARCHIVE = {
    **ENTERED,
    "dcp_publication_basis": "archive_delay",
    "archive_class": ["arch_50_privacy"],
    "archive_start_date": "1960",
    "held_by_archive_service": "yes",
}
NO_BASIS = {"dcp_publication_basis": "none", "anonymisation_feasible": "yes"}
NOTHING = {"dcp_publication_basis": "not_personal"}
UNSURE = {"dcp_publication_basis": "unknown"}
FAVOURABLE = {"dpo_status": "favourable"}

#: Complete answers, one set for each basis.
WAYS: dict[str, dict[str, Any]] = {
    "specific_law": LAW,
    "d312_1_3": DECREE,
    "explicit_consent": CONSENT,
    "anonymised": ANONYMISED,
    "archive_delay": ARCHIVE,
    "not_personal": NOTHING,
    "none": NO_BASIS,
}


def finding(
    column: str = "nom",
    entity_type: str = "person_name",
    *,
    personal: bool = True,
    sensitive: bool = False,
    suggested: str | None = None,
) -> Finding:
    """One finding in ten rows."""
    return Finding(
        entity_type=entity_type,
        column=column,
        column_index=0,
        is_personal=personal,
        sensitive=sensitive,
        suggested_basis=suggested,
        score=0.9,
        rows=10,
        matched_rows=10,
        distinct_matched=10,
        first_at="row 2",
        examples_masked=(),
    )


def report(
    *findings: Finding,
    status: str = COMPLETE,
    columns: tuple[str, ...] = ("nom", "fonction", "contact"),
) -> Report:
    """A report on a table of ten rows."""
    return Report(
        status=status,
        sha256="0" * 64,
        size=100,
        rows=10,
        columns=tuple(Column(name, index, 10) for index, name in enumerate(columns)),
        findings=findings,
        engine="test",
        rules_version="test",
    )


def verdict(
    scanned: Report | None, answers: dict[str, Any], licence: str | None = "lov2"
) -> Decision:
    """The decision on a report and answers."""
    return decide(scanned, Declaration(answers), licence, TODAY)


def without(answers: dict[str, Any], *fields: str) -> dict[str, Any]:
    """The answers less some fields."""
    return {key: value for key, value in answers.items() if key not in fields}
