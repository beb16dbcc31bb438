"""The rules as data: which reasons close, which the DPO may lift, which data are private life.

These lists repeat the data files on purpose: a changed rule must be changed here too.
"""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.rgpd.core.legal import entries
from ckanext.rgpd.core.types import FAILED, PARTIAL, UNSUPPORTED, Report
from tests.core.legal.made import (
    ANONYMISED,
    ARCHIVE,
    CONSENT,
    FAVOURABLE,
    LAW,
    NOTHING,
    finding,
    report,
    verdict,
)

NOT_CLOSING = {
    "anonymise": {"pseudonymised_not_anonymous", "anonymise_required", "singled_out"},
    "block": {
        "agent_not_authorised",
        "archive_never",
        "dpo_refused",
        "fee_requires_licence",
        "insee_bulletin",
        "not_communicable",
        "political_opinion",
        "research_only",
        "sector_rule_civil_status",
        "third_party_ip",
    },
    "embargo": {"delay_running"},
    "no_duty": {"no_basis", "unfinished_document"},
    "publish": {
        "no_personal_data",
        "false_positive_confirmed",
        "basis_anonymised",
        "deceased_not_personal",
        "risk_analysis_accepted",
    },
    "publish_conditions": {
        "basis_law",
        "basis_d312",
        "basis_archive",
        "basis_consent",
        "reviewer_release",
    },
    "redact": {
        "consent_partial",
        "fields_not_necessary",
        "opposition_not_honoured",
        "private_life",
        "redact_required",
        "rows_outside_text",
        "secret_scope_not_online",
        "sirene_field_left_out",
    },
    "restricted": {"interested_only"},
    None: {
        "deceased",
        "dpo_favourable",
        "licence_homologated",
        "licence_inherited",
        "licence_missing_advice",
        "licence_ok",
        "no_consent",
        "not_scanned",
        "public_life_needs_text",
        "secret_lifted_by_text",
        "secret_redacted",
    },
}
PRIVATE_LIFE = {
    "age",
    "birth_date",
    "birth_place",
    "cadastral_owner",
    "conduct",
    "cadastral_reference",
    "consumption",
    "email_personal",
    "email_work",
    "family_situation",
    "gps_home",
    "home_address",
    "income",
    "ip_address",
    "mac_address",
    "meter_point",
    "overtime",
    "pay_negotiated",
    "pay_variable",
    "phone_fixed",
    "phone_mobile",
    "picture",
    "postal_address",
    "vehicle_plate",
    "working_time_share",
}
FIELDS = {
    "basis_missing": "dcp_publication_basis",
    "scan_contradicts_declaration": "dcp_publication_basis",
    "anonymised_contradicted": "dcp_publication_basis",
    "law_reference_missing": "legal_reference",
    "text_nature_missing": "text_nature",
    "regulation_lifts_f1_only": "text_nature",
    "text_scope_missing": "text_scope",
    "text_scope_not_online": "text_scope",
    "d312_category_missing": "d312_category",
    "public_need_missing": "public_need_statement",
    "consent_incomplete": "consent_criteria",
    "consent_channel_missing": "consent_channel",
    "columns_not_confirmed": "covered_columns",
    "fields_not_necessary": "covered_columns",
    "unknown_column": "covered_columns",
    "agent_not_authorised": "agent_authorised",
    "anonymise_required": "anonymisation_feasible",
    "archive_class_missing": "archive_class",
    "archive_holder_unknown": "held_by_archive_service",
    "archive_never": "archive_class",
    "basis_not_for_sensitive": "dcp_publication_basis",
    "conditions_not_allowed": "license_conditions_tests",
    "consent_evidence_missing": "consent_evidence_ref",
    "consent_partial": "consent_criteria",
    "date_unknown": "archive_start_date",
    "delay_running": "archive_start_date",
    "dpia_missing": "dpia_ref",
    "dpo_opinion_needed": "dpo_requested",
    "feasibility_missing": "anonymisation_feasible",
    "fee_requires_licence": "license_regime",
    "fee_terms_missing": "fee_eligibility",
    "finished_unknown": "document_status",
    "homologation_missing": "homologation_status",
    "insee_bulletin": "insee_bulletin",
    "interested_only": "communicability",
    "licence_source_missing": "license_source",
    "no_basis": "anonymisation_feasible",
    "not_communicable": "secret_treatment",
    "opposition_not_honoured": "opposition_honoured",
    "presence_unknown": "dcp_presence",
    "protections_missing": "protections_applied",
    "publication_ended": "publication_end_date",
    "redact_required": "secret_treatment",
    "register_entry_missing": "register_status",
    "research_only": "anon_dissemination",
    "risk_level_unknown": "register_risk",
    "rows_outside_text": "rows_within_text",
    "secret_reference_missing": "secret_reference",
    "secret_scope_not_online": "secret_text_scope",
    "secret_unknown": "secret_treatment",
    "sector_rule_cemetery": "dcp_publication_basis",
    "sector_rule_civil_status": "sector",
    "sector_rule_energy": "sector_requirements",
    "sector_rule_health": "sector_requirements",
    "sector_rule_justice": "sector_requirements",
    "sector_rule_real_estate": "sector_requirements",
    "singled_out": "anon_k",
    "third_party_ip": "third_party_rights",
    "unfinished_document": "document_status",
}
JUDGED_BY_THE_DPO = [
    ("scan_partial", report(status=PARTIAL), {}),
    ("scan_unsupported", report(status=UNSUPPORTED), {}),
    ("scan_failed", report(status=FAILED), {}),
    ("scan_contradicts_declaration", report(finding()), NOTHING),
    ("anonymised_contradicted", report(finding()), ANONYMISED),
    ("eu_regulation_review", report(finding()), {**LAW, "text_nature": "eu_regulation"}),
    ("archive_not_held", report(finding()), {**ARCHIVE, "held_by_archive_service": "no"}),
    ("archive_unverified", report(finding()), {**ARCHIVE, "archive_class": ["arch_50_prison"]}),
    (
        "archive_index_caution",
        report(finding()),
        {**ARCHIVE, "archive_class": ["arch_75_birth"], "archive_start_date": "1930"},
    ),
    (
        "cnil_authorised",
        report(finding()),
        {**ARCHIVE, "archive_start_date": "2000", "cnil_authorisation_ref": "AU-0"},
    ),
    ("severe_identifier", report(finding("nom", "nir")), LAW),
    ("special_category", report(finding("nom", "art9_health")), LAW),
    ("offence_data", report(finding("nom", "art10_offences")), CONSENT),
    ("consent_private_life", report(finding("nom", "email_work")), CONSENT),
    ("conditions_not_allowed", report(finding()), {**LAW, "license_conditions": "exclusivité"}),
    ("dpo_opinion_needed", report(finding()), {**LAW, "dpo_requested": "yes"}),
    ("minor_data", report(finding()), {**LAW, "minors_present": "yes"}),
    ("not_admin_document", report(finding()), {**LAW, "admin_document": "no"}),
    ("political_opinion", report(finding("nom", "art9_political")), CONSENT),
    (
        "risk_analysis_review",
        report(),
        {**ANONYMISED, "criterion_inference": "not_met", "reid_risk_analysis_ref": "étude 3"},
    ),
    (
        "secret_waived",
        report(finding()),
        {
            **LAW,
            "secrets_present": ["s6_1_private_life"],
            "secret_treatment": "waived",
            "secret_reference": "registre d’enquête",
        },
    ),
    (
        "sector_review",
        report(finding()),
        {
            **LAW,
            "sector": "justice",
            "sector_requirements": ["names_hidden", "profiling_forbidden", "opposition_contact"],
        },
    ),
]


def flagged(kind: str, flag: str) -> set[str]:
    return {key for key, entry in entries(kind).items() if entry.get(flag)}


def test_a_reason_keeps_the_file_in_quarantine_unless_it_is_listed() -> None:
    for code, rule in entries("reasons").items():
        outcome = rule.get("outcome")
        assert (code in NOT_CLOSING.get(outcome, ())) == (outcome != "quarantine"), code


@pytest.mark.parametrize(
    ("code", "scanned", "answers"), JUDGED_BY_THE_DPO, ids=[case[0] for case in JUDGED_BY_THE_DPO]
)
def test_what_the_dpo_judges_waits_for_the_dpo_and_opens_on_a_favourable_opinion(
    code: str, scanned: Report, answers: dict[str, Any]
) -> None:
    waiting = verdict(scanned, answers)
    opened = verdict(scanned, {**answers, **FAVOURABLE})

    assert waiting.dpo_required
    assert {code, "dpo_pending"} <= {reason.code for reason in waiting.reasons}
    assert opened.publishes
    assert (code, None) in {(reason.code, reason.outcome) for reason in opened.reasons}


def test_the_dpo_judges_facts_and_lifts_no_condition_of_the_law() -> None:
    judged = {case[0] for case in JUDGED_BY_THE_DPO}

    assert flagged("reasons", "dpo_required") == judged | {"answer_unknown"}
    assert flagged("reasons", "dpo_lifts") == judged | {"licence_not_allowed", "private_life"}
    assert flagged("reasons", "lifted_as") <= judged


def test_a_reason_that_an_answer_can_change_names_its_question() -> None:
    named = {key: rule["field"] for key, rule in entries("reasons").items() if "field" in rule}

    assert named == FIELDS


def test_private_life_is_what_the_opinions_say_and_what_places_a_person_at_home() -> None:
    assert flagged("entity_types", "private_life") == PRIVATE_LIFE


def test_only_the_ninth_category_is_for_archives() -> None:
    assert flagged("d312_categories", "archives") == {
        key for key in entries("d312_categories") if key.startswith("d312_9")
    }
