"""Twenty-five cases from the practice of French administrations, each with its outcome."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.rgpd.core.types import Report
from tests.core.legal.made import (
    ANONYMISED,
    ARCHIVE,
    CONSENT,
    ENTERED,
    FAVOURABLE,
    LAW,
    finding,
    report,
    verdict,
    without,
)


def table(**kinds: str) -> Report:
    """A file with one column for each kind of data."""
    found = [finding(column, kind) for column, kind in kinds.items()]
    return report(*found, columns=(*kinds, "autre"))


def decree(category: str, *columns: str, **more: Any) -> dict[str, Any]:
    return {
        **ENTERED,
        "dcp_publication_basis": category,
        "public_need_statement": "Le public doit le savoir.",
        "covered_columns": list(columns),
        **more,
    }


def law(*columns: str, **more: Any) -> dict[str, Any]:
    return {**LAW, "covered_columns": list(columns), **more}


def archive(*classes: str, start: str, **more: Any) -> dict[str, Any]:
    return {**ARCHIVE, "archive_class": list(classes), "archive_start_date": start, **more}


ELECTED = report(
    finding("nom", suggested="d312_6_political_life"),
    finding("prenom", suggested="d312_6_political_life"),
    columns=("nom", "prenom", "mandat"),
)
NONE_FITS = {**ENTERED, "dcp_publication_basis": "none"}
JUSTICE = ["names_hidden", "profiling_forbidden", "opposition_contact"]
FEE = {"license_regime": "fee", "fee_amount": "10 €", "fee_basis": "coût", "fee_commercial": "yes"}

# (case, report, answers, licence, outcome, a reason that must be given)
CASES: list[tuple[str, Report | None, dict[str, Any], str | None, str, str]] = [
    (
        "elected members' list",
        ELECTED,
        without(decree("d312_6_political_life", "nom", "prenom"), "public_need_statement"),
        "lov2",
        "publish_conditions",
        "basis_d312",
    ),
    (
        "staff directory with private mobiles",
        table(nom="person_name", mobile="phone_mobile"),
        decree("d312_1_admin_organisation", "nom", "mobile"),
        "lov2",
        "redact",
        "private_life",
    ),
    (
        "deliberations with names",
        report(finding("(document)"), columns=("(document)",)),
        {**NONE_FITS, "anonymisation_feasible": "yes"},
        "lov2",
        "anonymise",
        "anonymise_required",
    ),
    (
        "civil-status table of 1930",
        table(nom="person_name", naissance="birth_date"),
        archive("arch_75_birth", start="1930", sector="civil_status"),
        "lov2",
        "quarantine",
        "archive_index_caution",
    ),
    (
        "civil-status table of 1930, seen by the DPO",
        table(nom="person_name", naissance="birth_date"),
        archive("arch_75_birth", start="1930", sector="civil_status", **FAVOURABLE),
        "lov2",
        "publish_conditions",
        "basis_archive",
    ),
    (
        "civil-status table of 1990",
        table(nom="person_name", naissance="birth_date"),
        archive("arch_75_birth", start="1990"),
        "lov2",
        "embargo",
        "delay_running",
    ),
    (
        "marriage banns",
        table(nom="person_name"),
        law("nom", text_scope="display", admin_document="no"),
        "lov2",
        "quarantine",
        "text_scope_not_online",
    ),
    (
        "subsidies to associations",
        report(columns=("association", "montant")),
        {},
        "lov2",
        "publish",
        "no_personal_data",
    ),
    (
        "subsidies to persons",
        table(beneficiaire="person_name", montant="income"),
        law("beneficiaire", "montant", basis_row_filter="au-delà de 1 250 €"),
        "lov2",
        "redact",
        "rows_outside_text",
    ),
    (
        "sole traders",
        table(siret="siret_person", nom="person_name"),
        decree("d312_2_economic_associative_cultural", "siret", "nom"),
        "lov2",
        "redact",
        "opposition_not_honoured",
    ),
    (
        "DVF with a buyer's name",
        table(acquereur="person_name"),
        law("acquereur", sector="real_estate", sector_requirements=["reidentification_forbidden"]),
        "lov2",
        "quarantine",
        "sector_rule_real_estate",
    ),
    (
        "court decisions",
        table(texte="pseudonym"),
        law("texte", sector="justice", sector_requirements=JUSTICE, **FAVOURABLE),
        "lov2",
        "publish_conditions",
        "basis_law",
    ),
    (
        "meter data by address",
        table(prm="meter_point", adresse="postal_address"),
        law("prm", "adresse", sector="energy"),
        "lov2",
        "quarantine",
        "sector_rule_energy",
    ),
    (
        "school canteen list",
        table(enfant="person_name", regime="art9_health"),
        decree("d312_4_education_research", "enfant", "regime", minors_present="yes", **FAVOURABLE),
        "lov2",
        "quarantine",
        "basis_not_for_sensitive",
    ),
    (
        "parking fines",
        table(plaque="vehicle_plate", infraction="art10_offences"),
        {**NONE_FITS, "anonymisation_feasible": "no"},
        "lov2",
        "quarantine",
        "offence_data",
    ),
    (
        "obituary list",
        table(nom="person_name", naissance="birth_date"),
        {"persons_status": "deceased", "deceased_only": "yes"},
        "lov2",
        "publish",
        "deceased_not_personal",
    ),
    (
        "candidate list with their labels",
        table(candidat="person_name", nuance="art9_political"),
        decree("d312_6_political_life", "candidat", "nuance"),
        "lov2",
        "quarantine",
        "special_category",
    ),
    (
        "professional directory with opposition",
        table(notaire="person_name"),
        decree("d312_3_regulated_professions", "notaire", opposition_honoured="no"),
        "lov2",
        "redact",
        "opposition_not_honoured",
    ),
    (
        "consent by a box that was ticked",
        table(nom="person_name"),
        {**CONSENT, "consent_channel": "online_form", "covered_columns": ["nom"]},
        "lov2",
        "quarantine",
        "consent_incomplete",
    ),
    (
        "anonymised survey with k = 1",
        report(),
        {**ANONYMISED, "anon_k": 1},
        "lov2",
        "anonymise",
        "singled_out",
    ),
    (
        "hashed NIR",
        table(empreinte="pseudonym"),
        {**ANONYMISED, **FAVOURABLE},
        "lov2",
        "anonymise",
        "pseudonymised_not_anonymous",
    ),
    (
        "embargoed archive",
        table(nom="person_name"),
        archive("arch_50_privacy", start="1990-06-30"),
        "lov2",
        "embargo",
        "delay_running",
    ),
    (
        "fee without licence",
        report(),
        {**FEE, "fee_eligibility": "r324_4_1"},
        None,
        "block",
        "fee_requires_licence",
    ),
    (
        "homologated licence",
        report(),
        {
            "license_regime": "homologated",
            "homologation_status": "granted",
            "homologation_decision_ref": "décision n° 0",
        },
        "propre",
        "publish",
        "licence_homologated",
    ),
    (
        "mixed file with one uncovered column",
        table(nom="person_name", courriel="email_personal"),
        {**LAW, "covered_columns": None, "columns_basis": {"nom": "specific_law"}},
        "lov2",
        "redact",
        "fields_not_necessary",
    ),
    (
        "mixed file, each column with its own basis",
        table(nom="person_name", fonction="profession"),
        {
            **LAW,
            "covered_columns": None,
            "d312_category": "d312_1_admin_organisation",
            "public_need_statement": "Savoir qui fait quoi.",
            "columns_basis": {"nom": "specific_law", "fonction": "d312_1_3"},
        },
        "lov2",
        "publish_conditions",
        "basis_d312",
    ),
    (
        "minor's data with consent",
        table(nom="person_name"),
        {**CONSENT, "covered_columns": ["nom"], "minors_present": "yes"},
        "lov2",
        "quarantine",
        "minor_data",
    ),
    (
        "extract of the register of elected persons, with births",
        table(nom="person_name", naissance="birth_date"),
        decree("d312_6_political_life", "nom", "naissance"),
        "lov2",
        "redact",
        "private_life",
    ),
    (
        "file replaced after the decision: another column, the same answers",
        table(nom="person_name", nir="nir"),
        law("nom"),
        "lov2",
        "quarantine",
        "severe_identifier",
    ),
    (
        "disproportionate effort",
        table(nom="person_name"),
        {**NONE_FITS, "anonymisation_feasible": "no"},
        "lov2",
        "no_duty",
        "no_basis",
    ),
]


@pytest.mark.parametrize(
    ("scanned", "answers", "licence", "outcome", "code"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_case_ends_as_practice_has_it(
    scanned: Report | None, answers: dict[str, Any], licence: str | None, outcome: str, code: str
) -> None:
    decision = verdict(scanned, answers, licence)

    assert decision.outcome == outcome
    assert code in {reason.code for reason in decision.reasons}
