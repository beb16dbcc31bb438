"""Each reason code: a case that raises it, and the outcome it leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ckanext.rgpd.core.legal import RULES_VERSION, contradictions, entries
from ckanext.rgpd.core.legal.reason import because, most_severe
from ckanext.rgpd.core.types import FAILED, PARTIAL, UNSUPPORTED, Reason, Report
from tests.core.legal.made import (
    ANONYMISED,
    ARCHIVE,
    CONSENT,
    DECREE,
    FAVOURABLE,
    LAW,
    NOTHING,
    UNSURE,
    finding,
    report,
    verdict,
    without,
)
from tests.core.legal.test_procedure import CASES as PROCEDURE

CLEAN = report()
NAMED = report(finding("nom"))
NIR = report(finding("nom", "nir"))

# (id: reason code, report, answers, licence, outcome of the whole)
CASES: list[tuple[str, Report, dict[str, Any], str | None, str]] = [
    # The scan
    ("scan_pending", report(status="pending"), {}, "lov2", "quarantine"),
    ("scan_partial", report(status=PARTIAL), {}, "lov2", "quarantine"),
    ("scan_unsupported", report(status=UNSUPPORTED), {}, "lov2", "quarantine"),
    ("scan_failed", report(status=FAILED), {}, "lov2", "quarantine"),
    ("scan_failed", report(status="a status of later"), {}, "lov2", "quarantine"),
    ("no_personal_data", CLEAN, {}, "lov2", "publish"),
    ("no_personal_data", CLEAN, NOTHING, "lov2", "publish"),
    ("no_personal_data", report(finding(personal=False)), {}, "lov2", "publish"),
    # The answers
    ("answer_invalid", CLEAN, {"text_scope": "by_drum"}, "lov2", "quarantine"),
    ("answer_invalid", NAMED, {**LAW, "of_an_old_form": "yes"}, "lov2", "quarantine"),
    ("answer_unknown", CLEAN, UNSURE, "lov2", "quarantine"),
    ("answer_unknown", CLEAN, {"document_status": "unknown"}, "lov2", "quarantine"),
    ("answer_unknown", NAMED, {**LAW, "text_scope": "unknown"}, "lov2", "quarantine"),
    ("basis_missing", NAMED, {}, "lov2", "quarantine"),
    ("basis_missing", NAMED, UNSURE, "lov2", "quarantine"),
    ("basis_missing", NAMED, FAVOURABLE, "lov2", "quarantine"),
    ("scan_contradicts_declaration", NAMED, NOTHING, "lov2", "quarantine"),
    ("false_positive_confirmed", NAMED, {**NOTHING, **FAVOURABLE}, "lov2", "publish"),
    # A specific law
    ("basis_law", NAMED, LAW, "lov2", "publish_conditions"),
    ("law_reference_missing", NAMED, without(LAW, "legal_reference"), "lov2", "quarantine"),
    ("law_reference_missing", NAMED, {**LAW, "legal_reference": "  "}, "lov2", "quarantine"),
    ("text_nature_missing", NAMED, without(LAW, "text_nature"), "lov2", "quarantine"),
    ("text_scope_missing", NAMED, without(LAW, "text_scope"), "lov2", "quarantine"),
    ("text_scope_not_online", NAMED, {**LAW, "text_scope": "communication"}, "lov2", "quarantine"),
    ("text_scope_not_online", NAMED, {**LAW, "text_scope": "display"}, "lov2", "quarantine"),
    ("text_scope_not_online", NAMED, {**LAW, "text_scope": "on_site"}, "lov2", "quarantine"),
    (
        "text_scope_not_online",
        NAMED,
        {**LAW, "text_scope": "display", **FAVOURABLE},
        "lov2",
        "quarantine",
    ),
    ("regulation_lifts_f1_only", NAMED, {**LAW, "text_nature": "regulation"}, "lov2", "quarantine"),
    (
        "regulation_lifts_f1_only",
        NAMED,
        {**LAW, "text_nature": "regulation", **FAVOURABLE},
        "lov2",
        "quarantine",
    ),
    ("eu_regulation_review", NAMED, {**LAW, "text_nature": "eu_regulation"}, "lov2", "quarantine"),
    (
        "basis_law",
        NAMED,
        {**LAW, "text_nature": "eu_regulation", **FAVOURABLE},
        "lov2",
        "publish_conditions",
    ),
    ("basis_law", CLEAN, LAW, "lov2", "publish_conditions"),
    # Article D. 312-1-3
    ("basis_d312", NAMED, DECREE, "lov2", "publish_conditions"),
    ("d312_category_missing", NAMED, without(DECREE, "d312_category"), "lov2", "quarantine"),
    ("public_need_missing", NAMED, without(DECREE, "public_need_statement"), "lov2", "quarantine"),
    (
        "archive_class_missing",
        NAMED,
        {**DECREE, "d312_category": "d312_9a_archives_open"},
        "lov2",
        "quarantine",
    ),
    ("basis_archive", NAMED, ARCHIVE, "lov2", "publish_conditions"),
    # Consent
    ("basis_consent", NAMED, CONSENT, "lov2", "publish_conditions"),
    ("consent_incomplete", NAMED, without(CONSENT, "consent_criteria"), "lov2", "quarantine"),
    (
        "consent_incomplete",
        NAMED,
        {**CONSENT, "consent_channel": "online_form"},
        "lov2",
        "quarantine",
    ),
    (
        "basis_consent",
        NAMED,
        {
            **CONSENT,
            "consent_channel": "online_form",
            "consent_criteria": [*CONSENT["consent_criteria"], "consent_box_unticked"],
        },
        "lov2",
        "publish_conditions",
    ),
    ("consent_channel_missing", NAMED, without(CONSENT, "consent_channel"), "lov2", "quarantine"),
    # Anonymisation
    ("basis_anonymised", CLEAN, ANONYMISED, "lov2", "publish"),
    ("anonymised_contradicted", NAMED, ANONYMISED, "lov2", "quarantine"),
    ("false_positive_confirmed", NAMED, {**ANONYMISED, **FAVOURABLE}, "lov2", "publish"),
    (
        "pseudonymised_not_anonymous",
        CLEAN,
        {**ANONYMISED, "criterion_linkability": "not_met"},
        "lov2",
        "anonymise",
    ),
    (
        "pseudonymised_not_anonymous",
        report(finding("nom", "pseudonym")),
        {**ANONYMISED, **FAVOURABLE},
        "lov2",
        "anonymise",
    ),
    (
        "anonymisation_unproven",
        CLEAN,
        without(ANONYMISED, "anon_methods_document"),
        "lov2",
        "quarantine",
    ),
    (
        "anonymisation_unproven",
        CLEAN,
        without(ANONYMISED, "criterion_inference"),
        "lov2",
        "quarantine",
    ),
    (
        "anonymisation_unproven",
        CLEAN,
        {**ANONYMISED, "criterion_inference": "not_assessed"},
        "lov2",
        "quarantine",
    ),
    # Columns
    ("columns_not_confirmed", NAMED, without(LAW, "covered_columns"), "lov2", "quarantine"),
    ("fields_not_necessary", NAMED, {**LAW, "covered_columns": ["fonction"]}, "lov2", "redact"),
    (
        "fields_not_necessary",
        NAMED,
        {**LAW, "covered_columns": ["fonction"], **FAVOURABLE},
        "lov2",
        "redact",
    ),
    ("unknown_column", NAMED, {**LAW, "covered_columns": ["nom", "bis"]}, "lov2", "quarantine"),
    # Data that need the DPO
    ("severe_identifier", NIR, LAW, "lov2", "quarantine"),
    ("severe_identifier", report(finding("nom", "iban")), DECREE, "lov2", "quarantine"),
    ("severe_identifier", report(finding("nom", "tax_number")), CONSENT, "lov2", "quarantine"),
    ("special_category", report(finding("nom", "art9_health")), LAW, "lov2", "quarantine"),
    ("special_category", report(finding("nom", sensitive=True)), DECREE, "lov2", "quarantine"),
    ("special_category", report(finding("nom", "art9_political")), DECREE, "lov2", "quarantine"),
    (
        "special_category",
        report(finding("nom", "art9_political")),
        {**DECREE, **FAVOURABLE},
        "lov2",
        "publish_conditions",
    ),
    ("offence_data", report(finding("nom", "art10_offences")), CONSENT, "lov2", "quarantine"),
    ("private_life", report(finding("nom", "email_work")), DECREE, "lov2", "redact"),
    ("private_life", report(finding("nom", "phone_mobile")), DECREE, "lov2", "redact"),
    (
        "consent_private_life",
        report(finding("nom", "postal_address")),
        CONSENT,
        "lov2",
        "quarantine",
    ),
    ("basis_law", report(finding("nom", "phone_mobile")), LAW, "lov2", "publish_conditions"),
    ("basis_d312", report(finding("nom", "of_a_plugin")), DECREE, "lov2", "publish_conditions"),
    # The opinion of the DPO
    ("dpo_pending", NIR, LAW, "lov2", "quarantine"),
    ("dpo_pending", NIR, {**LAW, "dpo_status": "requested"}, "lov2", "quarantine"),
    ("dpo_pending", NIR, {**LAW, "dpo_status": "not_required"}, "lov2", "quarantine"),
    ("dpo_conditions", NIR, {**LAW, "dpo_status": "favourable_conditions"}, "lov2", "quarantine"),
    ("dpo_conditions", CLEAN, {"dpo_status": "favourable_conditions"}, "lov2", "quarantine"),
    ("dpo_refused", NIR, {**LAW, "dpo_status": "unfavourable"}, "lov2", "block"),
    ("dpo_refused", CLEAN, {"dpo_status": "unfavourable"}, "lov2", "block"),
    ("dpo_favourable", NIR, {**LAW, **FAVOURABLE}, "lov2", "publish_conditions"),
    ("dpo_favourable", NIR, {**DECREE, **FAVOURABLE}, "lov2", "publish_conditions"),
    ("reviewer_release", report(status=PARTIAL), FAVOURABLE, "lov2", "publish_conditions"),
    ("reviewer_release", report(status=FAILED), FAVOURABLE, "lov2", "publish_conditions"),
    (
        "reviewer_release",
        report(status=UNSUPPORTED),
        {**NOTHING, **FAVOURABLE},
        "lov2",
        "publish_conditions",
    ),
    ("scan_pending", report(status="pending"), FAVOURABLE, "lov2", "quarantine"),
    # The licence
    ("licence_ok", CLEAN, {}, "odc-odbl", "publish"),
    ("licence_missing_advice", CLEAN, {}, None, "publish"),
    ("licence_not_allowed", CLEAN, {}, "cc-by", "quarantine"),
    ("licence_not_allowed", CLEAN, {}, "gone-from-the-portal", "quarantine"),
    ("licence_not_allowed", CLEAN, FAVOURABLE, "cc-by", "publish"),
]


@pytest.mark.parametrize(
    ("code", "scanned", "answers", "licence", "outcome"), CASES, ids=[case[0] for case in CASES]
)
def test_the_reason_is_given_and_the_outcome_follows(
    code: str, scanned: Report, answers: dict[str, Any], licence: str | None, outcome: str
) -> None:
    decision = verdict(scanned, answers, licence)

    assert code in {reason.code for reason in decision.reasons}
    assert decision.outcome == outcome


def test_every_reason_of_the_rules_is_raised_by_a_case_and_no_other_is() -> None:
    raised = {
        reason.code
        for _, scanned, answers, licence, _ in [*CASES, *PROCEDURE]
        for reason in verdict(scanned, answers, licence).reasons
    }

    assert raised == set(entries("reasons")) == {case[0] for case in [*CASES, *PROCEDURE]}


@pytest.mark.parametrize("criterion", CONSENT["consent_criteria"])
def test_consent_without_one_of_the_required_criteria_is_incomplete(criterion: str) -> None:
    held = [key for key in CONSENT["consent_criteria"] if key != criterion]

    decision = verdict(NAMED, {**CONSENT, "consent_criteria": held})

    missing = "consent_partial" if criterion == "consent_complete" else "consent_incomplete"
    assert missing in {reason.code for reason in decision.reasons}
    assert not decision.publishes


def test_each_contradiction_is_told_where_its_answer_is() -> None:
    answers = {**CONSENT, "persons_status": "deceased", "dcp_presence": "none", "sector": "x"}

    assert contradictions(answers) == [
        ("dcp_publication_basis", "basis_for_nothing"),
        ("persons_status", "consent_of_the_dead"),
    ]


def test_all_reasons_are_given_and_not_the_first_only() -> None:
    scanned = report(finding("nom"), finding("contact", "nir"))
    answers = {"dcp_publication_basis": "specific_law", "covered_columns": ["nom"]}

    decision = verdict(scanned, answers, "cc-by")

    assert [reason.code for reason in decision.reasons] == [
        "law_reference_missing",
        "text_nature_missing",
        "text_scope_missing",
        "fields_not_necessary",
        "register_entry_missing",
        "severe_identifier",
        "licence_not_allowed",
        "dpo_pending",
    ]


def test_the_columns_that_the_basis_does_not_cover_are_named() -> None:
    scanned = report(finding("nom"), finding("contact"), finding("fonction"))

    decision = verdict(scanned, {**LAW, "covered_columns": ["nom"]})

    assert Reason("fields_not_necessary", "redact", ("contact", "fonction")) in decision.reasons


def test_columns_that_do_not_exist_are_named() -> None:
    decision = verdict(NAMED, {**LAW, "covered_columns": ["nom", "prénom", "age"]})

    assert Reason("unknown_column", "quarantine", ("age", "prénom")) in decision.reasons


def test_a_column_that_was_not_read_may_exist() -> None:
    scanned = report(finding("nom"), status=PARTIAL)
    answers = {**LAW, "covered_columns": ["nom", "suite"], **FAVOURABLE}

    assert verdict(scanned, answers).publishes


def test_a_text_has_one_place_and_needs_no_columns_to_be_named() -> None:
    scanned = report(finding("(document)"), columns=("(document)",))

    assert verdict(scanned, without(LAW, "covered_columns")).publishes


def test_all_kinds_of_data_that_need_the_dpo_are_named_with_their_columns() -> None:
    scanned = report(
        finding("nom", "art10_offences", sensitive=True),
        finding("fonction", "nir", sensitive=True),
        finding("contact", "iban"),
        finding("nom", "art9_health"),
    )

    reasons = verdict(scanned, LAW).reasons

    assert Reason("offence_data", "quarantine", ("nom",)) in reasons
    assert Reason("severe_identifier", "quarantine", ("contact", "fonction")) in reasons
    assert Reason("special_category", "quarantine", ("nom",)) in reasons


@pytest.mark.parametrize(
    ("scanned", "answers", "basis"),
    [
        (CLEAN, {}, "not_personal"),
        (CLEAN, ANONYMISED, "anonymised"),
        (NAMED, {}, None),
        (NAMED, LAW, "specific_law"),
        (NAMED, without(LAW, "legal_reference"), None),
        (NIR, LAW, "specific_law"),  # it holds; the opinion is another matter
        (NAMED, NOTHING, None),
        (NAMED, {"persons_status": "deceased", "deceased_only": "yes"}, "not_personal"),
        (NAMED, {**NOTHING, **FAVOURABLE}, "not_personal"),
        (CLEAN, UNSURE, None),
        (report(status=PARTIAL), FAVOURABLE, None),
    ],
)
def test_the_basis_is_given_where_its_own_conditions_hold(
    scanned: Report, answers: dict[str, Any], basis: str | None
) -> None:
    assert verdict(scanned, answers).basis == basis


@pytest.mark.parametrize(
    ("scanned", "answers", "required"),
    [
        (CLEAN, {}, False),
        (NAMED, {}, False),
        (NAMED, LAW, False),
        (NAMED, NOTHING, True),
        (NAMED, UNSURE, True),
        (NIR, {}, True),
        (NIR, {**LAW, **FAVOURABLE}, True),
        (report(status=PARTIAL), {}, True),
        (report(status="pending"), {}, False),
    ],
)
def test_the_dpo_is_asked_where_the_rules_say_so(
    scanned: Report, answers: dict[str, Any], required: bool
) -> None:
    assert verdict(scanned, answers).dpo_required is required


def test_a_decision_keeps_the_version_of_its_rules() -> None:
    assert verdict(CLEAN, {}).rules_version == RULES_VERSION


def test_a_reason_is_given_once() -> None:
    scanned = report(finding("nom"), status=PARTIAL)
    decision = verdict(scanned, {**NOTHING, **FAVOURABLE})

    assert len(set(decision.reasons)) == len(decision.reasons)


def test_the_most_severe_outcome_wins_in_the_order_of_the_law() -> None:
    order = [
        "block",
        "restricted",
        "quarantine",
        "redact",
        "anonymise",
        "embargo",
        "no_duty",
        "publish_conditions",
        "publish",
    ]

    assert list(entries("outcomes")) == order
    for position, outcome in enumerate(order):
        milder = [Reason("r", mild) for mild in (None, *order[position:])]
        assert most_severe(reversed(milder)) == outcome


def test_reasons_that_only_inform_open_nothing() -> None:
    assert most_severe([because("licence_ok")]) == "quarantine"
    assert most_severe([replace(because("severe_identifier"), outcome=None)]) == "quarantine"
