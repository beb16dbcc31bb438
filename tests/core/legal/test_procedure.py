"""Each row of the procedure by its reason code: questions, delays, secrets, sectors, licences."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.rgpd.core.types import Report
from tests.core.legal.made import (
    ANONYMISED,
    ARCHIVE,
    CONSENT,
    DECREE,
    ENTERED,
    FAVOURABLE,
    LAW,
    NO_BASIS,
    NOTHING,
    finding,
    report,
    verdict,
    without,
)

CLEAN = report()
NAMED = report(finding("nom"))
SOLE = report(finding("nom", "siret_person"))
DEAD = {"persons_status": "deceased", "deceased_only": "yes"}
SECRET = {"secrets_present": ["s6_1_business_economic"]}
NIL: dict[str, Any] = {}


def archive(key: str, start: str, **more: Any) -> dict[str, Any]:
    return {**ARCHIVE, "archive_class": [key], "archive_start_date": start, **more}


def secret(key: str, state: str, **more: Any) -> dict[str, Any]:
    return {**LAW, "secrets_present": [key], "secret_treatment": state, **more}


def sector(key: str, basis: dict[str, Any], *requirements: str) -> dict[str, Any]:
    return {**basis, "sector": key, "sector_requirements": list(requirements)}


FEE = {
    "license_regime": "fee",
    "fee_eligibility": "l324_2_digitised",
    "fee_amount": "12 € par an",
    "fee_basis": "coût de la numérisation",
    "fee_commercial": True,
}
HOMOLOGATED = {
    "license_regime": "homologated",
    "homologation_status": "granted",
    "homologation_decision_ref": "décision du 1er mars 2020",
}

# (reason code, report, answers, licence, outcome of the whole)
CASES: list[tuple[str, Report | None, dict[str, Any], str | None, str]] = [
    # Q01 to Q04, Q11: the document
    ("not_admin_document", NAMED, {**LAW, "admin_document": "no"}, "lov2", "quarantine"),
    ("unfinished_document", CLEAN, {"document_status": "draft"}, "lov2", "no_duty"),
    ("finished_unknown", CLEAN, {"document_status": "unknown"}, "lov2", "quarantine"),
    ("agent_not_authorised", NAMED, {**LAW, "agent_authorised": "no"}, "lov2", "block"),
    ("dpo_opinion_needed", NAMED, {**LAW, "agent_authorised": "unknown"}, "lov2", "quarantine"),
    ("dpo_opinion_needed", NAMED, {**LAW, "dpo_requested": "yes"}, "lov2", "quarantine"),
    ("third_party_ip", CLEAN, {"third_party_rights": "unlicensed"}, "lov2", "block"),
    ("no_personal_data", CLEAN, {"third_party_rights": "licensed"}, "lov2", "publish"),
    (
        "interested_only",
        NAMED,
        {**DECREE, "communicability": "interested_only"},
        "lov2",
        "restricted",
    ),
    ("not_communicable", NAMED, {**DECREE, "communicability": "nobody"}, "lov2", "block"),
    # Q05, Q06: secrets
    ("secret_unknown", NAMED, {**LAW, **SECRET}, "lov2", "quarantine"),
    (
        "secret_unknown",
        NAMED,
        {**LAW, "secrets_present": {"s6_1_medical": "unknown"}},
        "lov2",
        "quarantine",
    ),
    ("redact_required", NAMED, secret("s6_1_private_life", "redactable"), "lov2", "redact"),
    ("redact_required", CLEAN, secret("s5_2d_security", "redactable"), "lov2", "redact"),
    (
        "secret_redacted",
        NAMED,
        secret("s6_2_value_judgement", "redacted"),
        "lov2",
        "publish_conditions",
    ),
    ("interested_only", NAMED, secret("s6_1_medical", "not_redactable"), "lov2", "restricted"),
    (
        "not_communicable",
        NAMED,
        secret("s5_2b_national_defence", "not_redactable"),
        "lov2",
        "block",
    ),
    ("secret_reference_missing", NAMED, secret("s6_3_behaviour", "lifted"), "lov2", "quarantine"),
    (
        "secret_scope_not_online",
        NAMED,
        secret("s6_3_behaviour", "lifted", secret_reference="r", secret_text_scope="communication"),
        "lov2",
        "redact",
    ),
    (
        "secret_lifted_by_text",
        NAMED,
        secret(
            "s6_3_behaviour", "lifted", secret_reference="r", secret_text_scope="online_publication"
        ),
        "lov2",
        "publish_conditions",
    ),
    (
        "secret_waived",
        NAMED,
        secret("s6_1_private_life", "waived", secret_reference="r"),
        "lov2",
        "quarantine",
    ),
    (
        "redact_required",
        NAMED,
        secret("s6_1_medical", "waived", secret_reference="r"),
        "lov2",
        "redact",
    ),
    # Q07: scan and declaration
    ("presence_unknown", None, NIL, "lov2", "quarantine"),
    ("not_scanned", None, {"dcp_presence": "none"}, "lov2", "publish"),
    ("not_scanned", None, LAW, "lov2", "publish_conditions"),
    ("basis_missing", CLEAN, {"dcp_presence": "personal"}, "lov2", "quarantine"),
    # Q08: the register
    ("register_entry_missing", NAMED, without(LAW, "register_status"), "lov2", "quarantine"),
    ("register_entry_missing", NAMED, {**LAW, "register_status": "missing"}, "lov2", "quarantine"),
    ("risk_level_unknown", NAMED, without(LAW, "register_risk"), "lov2", "quarantine"),
    ("dpia_missing", NAMED, {**LAW, "register_risk": "high"}, "lov2", "quarantine"),
    (
        "basis_law",
        NAMED,
        {**LAW, "register_risk": "high", "dpia_ref": "AIPD 4"},
        "lov2",
        "publish_conditions",
    ),
    ("protections_missing", NAMED, {**LAW, "protections_applied": "no"}, "lov2", "quarantine"),
    # Q09: sensitive data, offences, minors
    ("special_category", NAMED, {**LAW, "dcp_presence": "special_category"}, "lov2", "quarantine"),
    ("offence_data", NAMED, {**LAW, "dcp_categories": ["art10_offences"]}, "lov2", "quarantine"),
    ("minor_data", NAMED, {**CONSENT, "minors_present": "yes"}, "lov2", "quarantine"),
    (
        "basis_not_for_sensitive",
        NAMED,
        {**DECREE, "minors_present": "yes", **FAVOURABLE},
        "lov2",
        "quarantine",
    ),
    (
        "basis_not_for_sensitive",
        report(finding("nom", "art9_health")),
        {**DECREE, **FAVOURABLE},
        "lov2",
        "quarantine",
    ),
    (
        "basis_not_for_sensitive",
        NAMED,
        {**DECREE, "dcp_presence": "offence", **FAVOURABLE},
        "lov2",
        "quarantine",
    ),
    (
        "basis_not_for_sensitive",
        NAMED,
        {**DECREE, "dcp_presence": "special_category", **FAVOURABLE},
        "lov2",
        "quarantine",
    ),
    (
        "minor_data",
        NAMED,
        {
            **DECREE,
            "d312_category": "d312_4_education_research",
            "minors_present": "yes",
            **FAVOURABLE,
        },
        "lov2",
        "publish_conditions",
    ),
    ("political_opinion", report(finding("nom", "art9_political")), CONSENT, "lov2", "block"),
    # Q10: a law
    (
        "rows_outside_text",
        NAMED,
        {**LAW, "basis_row_filter": "au-delà de 1 250 €"},
        "lov2",
        "redact",
    ),
    (
        "rows_outside_text",
        NAMED,
        {**LAW, "basis_row_filter": "x", "rows_within_text": "no"},
        "lov2",
        "redact",
    ),
    (
        "basis_law",
        NAMED,
        {**LAW, "basis_row_filter": "x", "rows_within_text": "yes"},
        "lov2",
        "publish_conditions",
    ),
    ("publication_ended", NAMED, {**LAW, "publication_end_date": "2025"}, "lov2", "quarantine"),
    (
        "basis_law",
        NAMED,
        {**LAW, "publication_end_date": "2030-01-01"},
        "lov2",
        "publish_conditions",
    ),
    # Q12: the decree
    ("fields_not_necessary", NAMED, {**DECREE, "fields_necessary": "no"}, "lov2", "redact"),
    ("opposition_not_honoured", SOLE, DECREE, "lov2", "redact"),
    ("opposition_not_honoured", NAMED, {**DECREE, "opposition_honoured": "no"}, "lov2", "redact"),
    (
        "sirene_field_left_out",
        report(finding("nom", "siret_person"), finding("fonction", "sex")),
        {
            **DECREE,
            "d312_category": "d312_2_economic_associative_cultural",
            "opposition_honoured": "yes",
        },
        "lov2",
        "redact",
    ),
    ("basis_d312", SOLE, {**DECREE, "opposition_honoured": "yes"}, "lov2", "publish_conditions"),
    ("private_life", CLEAN, {**DECREE, "dcp_categories": ["overtime"]}, "lov2", "redact"),
    # Q13: delays
    ("archive_class_missing", NAMED, without(ARCHIVE, "archive_class"), "lov2", "quarantine"),
    ("date_unknown", NAMED, without(ARCHIVE, "archive_start_date"), "lov2", "quarantine"),
    (
        "archive_holder_unknown",
        NAMED,
        without(ARCHIVE, "held_by_archive_service"),
        "lov2",
        "quarantine",
    ),
    ("archive_not_held", NAMED, {**ARCHIVE, "held_by_archive_service": "no"}, "lov2", "quarantine"),
    (
        "basis_archive",
        NAMED,
        {**ARCHIVE, "held_by_archive_service": "no", **FAVOURABLE},
        "lov2",
        "publish_conditions",
    ),
    ("delay_running", NAMED, archive("arch_50_privacy", "1990"), "lov2", "embargo"),
    (
        "delay_running",
        NAMED,
        {**NO_BASIS, "archive_class": ["arch_50_privacy"], "archive_start_date": "1990"},
        "lov2",
        "embargo",
    ),
    ("archive_never", NAMED, archive("arch_never", "1900"), "lov2", "block"),
    ("archive_index_caution", NAMED, archive("arch_75_birth", "1930"), "lov2", "quarantine"),
    ("basis_archive", NAMED, archive("arch_75_birth", "1900"), "lov2", "publish_conditions"),
    ("archive_unverified", NAMED, archive("arch_death_register", "2010"), "lov2", "quarantine"),
    ("archive_unverified", NAMED, archive("arch_50_state", "1960"), "lov2", "quarantine"),
    (
        "cnil_authorised",
        NAMED,
        archive("arch_50_privacy", "1990", cnil_authorisation_ref="AU"),
        "lov2",
        "quarantine",
    ),
    (
        "basis_archive",
        report(finding("nom", "phone_fixed")),
        archive("arch_50_privacy", "1950"),
        "lov2",
        "publish_conditions",
    ),
    (
        "basis_archive",
        NAMED,
        {**archive("arch_50_privacy", "1950"), **SECRET, "secret_treatment": "redactable"},
        "lov2",
        "publish_conditions",
    ),
    # Q14, Q14b: consent, the dead
    (
        "consent_partial",
        NAMED,
        {
            **CONSENT,
            "consent_criteria": [c for c in CONSENT["consent_criteria"] if c != "consent_complete"],
        },
        "lov2",
        "redact",
    ),
    (
        "consent_evidence_missing",
        NAMED,
        without(CONSENT, "consent_evidence_ref"),
        "lov2",
        "quarantine",
    ),
    (
        "basis_consent",
        NAMED,
        {
            **without(CONSENT, "consent_evidence_ref"),
            "consent_criteria": [*CONSENT["consent_criteria"], "consent_written"],
        },
        "lov2",
        "publish_conditions",
    ),
    ("no_consent", NAMED, NO_BASIS, "lov2", "anonymise"),
    ("public_life_needs_text", NAMED, {**NO_BASIS, "public_life": "yes"}, "lov2", "anonymise"),
    ("deceased", NAMED, {**NO_BASIS, "persons_status": "deceased"}, "lov2", "anonymise"),
    ("deceased", report(finding("nom", "phone_mobile")), {**NO_BASIS, **DEAD}, "lov2", "anonymise"),
    ("deceased_not_personal", NAMED, DEAD, "lov2", "publish"),
    (
        "deceased_not_personal",
        NAMED,
        {"latest_birth_date": "1880", "deceased_only": "yes"},
        "lov2",
        "publish",
    ),
    (
        "basis_missing",
        NAMED,
        {"latest_birth_date": "1980", "deceased_only": "yes"},
        "lov2",
        "quarantine",
    ),
    # Q15: anonymisation, or nothing
    ("anonymise_required", NAMED, NO_BASIS, "lov2", "anonymise"),
    ("feasibility_missing", NAMED, {"dcp_publication_basis": "none"}, "lov2", "quarantine"),
    ("no_basis", NAMED, {**NO_BASIS, "anonymisation_feasible": "no"}, "lov2", "no_duty"),
    (
        "pseudonymised_not_anonymous",
        NAMED,
        {**NO_BASIS, "anonymisation_feasible": "pseudonymised_only"},
        "lov2",
        "anonymise",
    ),
    (
        "pseudonymised_not_anonymous",
        CLEAN,
        {**ANONYMISED, "anonymisation_status": "pseudonymised"},
        "lov2",
        "quarantine",
    ),
    ("no_personal_data", CLEAN, NO_BASIS, "lov2", "publish"),
    ("research_only", CLEAN, {**ANONYMISED, "anon_dissemination": "mfr"}, "lov2", "block"),
    (
        "basis_anonymised",
        CLEAN,
        {**ANONYMISED, "anon_dissemination": "puf", "anon_k": 5},
        "lov2",
        "publish",
    ),
    ("singled_out", CLEAN, {**ANONYMISED, "anon_k": 1}, "lov2", "anonymise"),
    (
        "risk_analysis_review",
        CLEAN,
        {**ANONYMISED, "criterion_inference": "not_met", "reid_risk_analysis_ref": "r"},
        "lov2",
        "quarantine",
    ),
    (
        "risk_analysis_accepted",
        CLEAN,
        {
            **ANONYMISED,
            "criterion_inference": "not_met",
            "reid_risk_analysis_ref": "r",
            **FAVOURABLE,
        },
        "lov2",
        "publish",
    ),
    (
        "basis_anonymised",
        CLEAN,
        {**ANONYMISED, "secrets_present": ["s6_1_medical"]},
        "lov2",
        "publish",
    ),
    ("secret_unknown", CLEAN, {**ANONYMISED, **SECRET}, "lov2", "quarantine"),
    # Q16: sectors
    ("sector_rule_justice", NAMED, sector("justice", LAW, "names_hidden"), "lov2", "quarantine"),
    (
        "sector_review",
        NAMED,
        sector("justice", LAW, "names_hidden", "profiling_forbidden", "opposition_contact"),
        "lov2",
        "quarantine",
    ),
    (
        "sector_rule_energy",
        report(finding("nom", "meter_point")),
        sector("energy", LAW),
        "lov2",
        "quarantine",
    ),
    (
        "sector_rule_energy",
        CLEAN,
        sector("energy", ANONYMISED, "aggregation_method"),
        "lov2",
        "quarantine",
    ),
    (
        "basis_anonymised",
        CLEAN,
        sector("energy", ANONYMISED, "aggregation_method", "aggregation_threshold"),
        "lov2",
        "publish",
    ),
    (
        "sector_rule_health",
        NAMED,
        sector("health", LAW, "reidentification_forbidden"),
        "lov2",
        "quarantine",
    ),
    (
        "sector_rule_real_estate",
        NAMED,
        sector("real_estate", LAW, "reidentification_forbidden"),
        "lov2",
        "quarantine",
    ),
    ("sector_rule_cemetery", NAMED, sector("cemetery", DECREE), "lov2", "quarantine"),
    (
        "basis_d312",
        NAMED,
        {**sector("cemetery", DECREE), "d312_category": "d312_8_regulated_formalities"},
        "lov2",
        "publish_conditions",
    ),
    ("sector_rule_civil_status", NAMED, sector("civil_status", LAW), "lov2", "block"),
    (
        "sector_rule_civil_status",
        NAMED,
        sector("civil_status", archive("arch_75_birth", "1990")),
        "lov2",
        "block",
    ),
    (
        "basis_archive",
        NAMED,
        sector("civil_status", archive("arch_75_birth", "1900")),
        "lov2",
        "publish_conditions",
    ),
    ("insee_bulletin", CLEAN, {"sector": "civil_status", "insee_bulletin": "yes"}, "lov2", "block"),
    ("no_personal_data", CLEAN, {"sector": "health"}, "lov2", "publish"),
    ("basis_law", NAMED, {**LAW, "sector": "tourism"}, "lov2", "publish_conditions"),
    # Q18: licences
    ("fee_requires_licence", CLEAN, FEE, None, "block"),
    ("licence_ok", CLEAN, FEE, "lov2", "publish"),
    ("fee_terms_missing", CLEAN, without(FEE, "fee_amount"), "lov2", "quarantine"),
    ("fee_terms_missing", CLEAN, without(FEE, "fee_eligibility"), "lov2", "quarantine"),
    ("licence_homologated", CLEAN, HOMOLOGATED, "own", "publish"),
    (
        "homologation_missing",
        CLEAN,
        {**HOMOLOGATED, "homologation_status": "granted", "homologation_decision_ref": None},
        "own",
        "quarantine",
    ),
    (
        "homologation_missing",
        CLEAN,
        {"license_regime": "homologated", "homologation_status": "requested"},
        "own",
        "quarantine",
    ),
    (
        "licence_inherited",
        CLEAN,
        {"license_regime": "third_party_inherited", "license_source": "OpenStreetMap"},
        "cc-by",
        "publish",
    ),
    (
        "licence_source_missing",
        CLEAN,
        {"license_regime": "third_party_inherited"},
        "cc-by",
        "quarantine",
    ),
    (
        "licence_not_allowed",
        CLEAN,
        {"license_regime": "third_party_inherited", "license_source": "x"},
        "cc-nc",
        "quarantine",
    ),
    (
        "conditions_not_allowed",
        CLEAN,
        {"license_conditions": "citer deux fois"},
        "lov2",
        "quarantine",
    ),
    (
        "conditions_not_allowed",
        CLEAN,
        {
            "license_conditions": "Droit exclusif",
            "license_conditions_tests": [
                "general_interest",
                "proportionate",
                "no_competition_restriction",
            ],
        },
        "lov2",
        "quarantine",
    ),
    ("conditions_not_allowed", CLEAN, {"exclusive_right": "à la société X"}, "lov2", "quarantine"),
    (
        "licence_ok",
        CLEAN,
        {
            "license_conditions": "citer deux fois",
            "license_conditions_tests": [
                "general_interest",
                "proportionate",
                "no_competition_restriction",
            ],
        },
        "lov2",
        "publish",
    ),
    # Bad input
    ("answers_contradict", NAMED, {**NOTHING, "dcp_presence": "personal"}, "lov2", "quarantine"),
    ("answers_contradict", NAMED, {**CONSENT, **DEAD}, "lov2", "quarantine"),
    (
        "answers_contradict",
        NAMED,
        {**LAW, "communicability": "interested_only"},
        "lov2",
        "restricted",
    ),
    (
        "answers_contradict",
        NAMED,
        {**LAW, **HOMOLOGATED, "homologation_status": "refused"},
        "own",
        "quarantine",
    ),
    ("date_in_future", NAMED, archive("arch_none", "2030"), "lov2", "quarantine"),
    ("date_in_future", NAMED, {**CONSENT, "consent_date_from": "2026-12"}, "lov2", "quarantine"),
    (
        "basis_consent",
        NAMED,
        {**CONSENT, "consent_date_from": "2026"},
        "lov2",
        "publish_conditions",
    ),
    ("answer_unknown", NAMED, {**LAW, "sector": "unknown"}, "lov2", "quarantine"),
    ("columns_not_confirmed", CLEAN, without(LAW, "covered_columns"), "lov2", "quarantine"),
    # Environmental information
    ("licence_ok", CLEAN, {**SECRET, "environmental_emissions": "yes"}, "lov2", "publish"),
    (
        "register_entry_missing",
        NAMED,
        {**DECREE, **ENTERED, "register_status": "unknown"},
        "lov2",
        "quarantine",
    ),
]


@pytest.mark.parametrize(
    ("code", "scanned", "answers", "licence", "outcome"), CASES, ids=[case[0] for case in CASES]
)
def test_the_row_of_the_procedure_is_applied(
    code: str, scanned: Report | None, answers: dict[str, Any], licence: str | None, outcome: str
) -> None:
    decision = verdict(scanned, answers, licence)

    assert (code, decision.outcome) in {(r.code, decision.outcome) for r in decision.reasons}
    assert decision.outcome == outcome
