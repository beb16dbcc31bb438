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
    DECREE,
    FAVOURABLE,
    LAW,
    NOTHING,
    finding,
    report,
    verdict,
)

NOT_CLOSING = {
    "anonymise": {"pseudonymised_not_anonymous"},
    "block": {"dpo_refused"},
    "publish": {"no_personal_data", "false_positive_confirmed", "basis_anonymised"},
    "publish_conditions": {
        "basis_law",
        "basis_d312",
        "basis_archive",
        "basis_consent",
        "reviewer_release",
    },
    "redact": {"fields_not_necessary"},
    None: {"dpo_favourable", "licence_ok", "licence_missing_advice"},
}
PRIVATE_LIFE = {
    "age",
    "birth_date",
    "birth_place",
    "cadastral_owner",
    "conduct",
    "email_personal",
    "email_work",
    "family_situation",
    "gps_home",
    "income",
    "ip_address",
    "mac_address",
    "meter_point",
    "phone_fixed",
    "phone_mobile",
    "picture",
    "postal_address",
    "vehicle_plate",
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
}
JUDGED_BY_THE_DPO = [
    ("scan_partial", report(status=PARTIAL), {}),
    ("scan_unsupported", report(status=UNSUPPORTED), {}),
    ("scan_failed", report(status=FAILED), {}),
    ("scan_contradicts_declaration", report(finding()), NOTHING),
    ("anonymised_contradicted", report(finding()), ANONYMISED),
    ("eu_regulation_review", report(finding()), {**LAW, "text_nature": "eu_regulation"}),
    ("archive_review", report(finding()), ARCHIVE),
    ("severe_identifier", report(finding("nom", "nir")), LAW),
    ("special_category", report(finding("nom", "art9_health")), LAW),
    ("offence_data", report(finding("nom", "art10_offences")), CONSENT),
    ("private_life", report(finding("nom", "email_work")), DECREE),
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
    assert flagged("reasons", "dpo_lifts") == judged | {"licence_not_allowed"}
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
