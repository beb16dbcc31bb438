"""Each row of the tables of the law by its own key, and that no row is left without a test.

The keys repeat the tables (delays, consent, secrets, categories, licences, opinions...) on purpose:
a row that leaves the data files, or loses its test, fails here.
"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ckanext.rgpd.core.anonymise import proven, review_is_due
from ckanext.rgpd.core.legal import entries
from ckanext.rgpd.core.legal.licence import licence_reason, licences
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

#: The rows of the tables, table by table.
ROWS = {
    "procedure": """
        not_admin_document unfinished_document finished_unknown agent_not_authorised
        dpo_opinion_needed third_party_ip secret_lifted_by_text secret_unknown redact_required
        not_communicable interested_only no_personal_data scan_contradicts_declaration
        register_entry_missing risk_level_unknown special_category offence_data minor_data
        basis_law law_reference_missing basis_d312 fields_not_necessary basis_archive
        archive_not_held delay_running date_unknown public_life_needs_text basis_consent
        consent_partial no_consent deceased anonymise_required basis_anonymised
        pseudonymised_not_anonymous no_basis sector_rule_justice sector_rule_energy
        sector_rule_health sector_rule_real_estate sector_rule_civil_status dpo_refused dpo_pending
        licence_not_allowed fee_requires_licence licence_ok licence_missing_advice scan_pending
        scan_failed scan_unsupported""",
    "consent": """
        consent_active consent_explicit consent_specific consent_informed consent_free
        consent_written consent_prior consent_box_unticked consent_complete consent_withdrawable""",
    "delays": """
        arch_none arch_death_register arch_25_executive arch_25_l3115 arch_medical arch_50_privacy
        arch_50_banns arch_50_state arch_50_prison arch_75_birth arch_75_marriage arch_75_judicial
        arch_75_notarial arch_75_statistics arch_100_minor arch_100_sexual
        arch_100_defence_persons arch_never arch_online_sensitive arch_online_finding_aid
        archive_index_caution insee_bulletin""",
    "persons": """
        living presumed_dead_after_120_years deceased arch_100_minor minor_data minors_consent
        interested_only medical_information deliberations""",
    "sectors": """
        justice energy health real_estate tourism elected_officials civil_status cemetery none""",
    "opinions": " ".join(f"K{number:02}" for number in range(1, 19)),
    "categories": """
        d312_1_admin_organisation d312_2_economic_associative_cultural
        d312_3_regulated_professions d312_4_education_research d312_5_sport d312_6_political_life
        d312_7_tourism d312_8_regulated_formalities d312_9a_archives_open
        d312_9b_archives_sensitive d312_9c_finding_aids d312_9_cnil_authorised""",
    "secrets": """
        s5_1_ce_opinions s5_1_cour_comptes s5_1_crc s5_1_autorite_concurrence s5_1_hatvp
        s5_1_accreditation_hospital s5_1_accreditation_staff s5_1_audit_hospital
        s5_1_service_contract s5_2a_government_deliberations s5_2b_national_defence
        s5_2c_foreign_policy s5_2d_security s5_2e_currency_credit s5_2f_court_proceedings
        s5_2g_offence_search s5_2h_other_legal_secret s6_1_private_life s6_1_medical
        s6_1_business_processes s6_1_business_economic s6_1_business_strategy
        s6_2_value_judgement s6_3_behaviour""",
    "special": """
        art9_racial_ethnic art9_political art9_religious_philosophical art9_trade_union
        art9_genetic art9_biometric art9_health art9_sex_life art10_offences nir""",
    "types": """
        person_name birth_date birth_place age postal_address email_personal email_work
        email_generic phone_mobile phone_fixed nir tax_number id_document iban vehicle_plate
        ip_address username gps_home meter_point cadastral_owner family_situation income
        profession picture free_text siret_person""",
    "licences": """
        etalab-2.0 ODbL-1.0 BSD-2-Clause BSD-3-Clause Apache-2.0 CECILL-B MIT MPL-2.0
        GPL-3.0-only GPL-3.0-or-later GPL-2.0-only GPL-2.0-or-later CECILL-2.1 EUPL-1.2
        EPL-2.0""",
    "anonymisation": "A1 A2 A3 A4 A5 A6 A7",
}
CLEAN = report()
NAMED = report(finding("nom"))
TEXT = report(finding("(document)"), columns=("(document)",))
TEXT_LAW = without(LAW, "covered_columns")
SCHOOL = "d312_4_education_research"
ARCHIVES = {key for key in entries("d312_categories") if key.startswith("d312_9")}


def named(kind: str) -> Report:
    """A file of names with one more kind of data in the same column."""
    return report(finding("nom"), finding("nom", kind))


def archive(key: str, start: str, **more: Any) -> dict[str, Any]:
    return {**ARCHIVE, "archive_class": [key], "archive_start_date": start, **more}


def consent(*, less: str = "", more: str = "", **answers: Any) -> dict[str, Any]:
    held = [key for key in CONSENT["consent_criteria"] if key != less]
    return {**CONSENT, "consent_criteria": [*held, *filter(None, [more])], **answers}


def sector(key: str, basis: dict[str, Any], *shown: str) -> dict[str, Any]:
    return {**basis, "sector": key, "sector_requirements": list(shown)}


DEAD = {"persons_status": "deceased", "deceased_only": "yes"}
WAIVED = {
    "secrets_present": ["s6_1_private_life"],
    "secret_treatment": "waived",
    "secret_reference": "registre d’enquête publique",
}
ANALYSED = {"criterion_inference": "not_met", "reid_risk_analysis_ref": "étude 3"}
COMPANIES = {
    **DECREE,
    "d312_category": "d312_2_economic_associative_cultural",
    "opposition_honoured": "yes",
}
EMISSIONS = {"secrets_present": ["s6_1_business_processes"], "environmental_emissions": "yes"}

# (row, report, answers, outcome, a reason that must be given)
CASES: list[tuple[str, Report, dict[str, Any], str, str]] = [
    # Consent: what is recommended is not required, but its absence has its price
    (
        "consent_written",
        NAMED,
        consent(consent_evidence_ref=None),
        "quarantine",
        "consent_evidence_missing",
    ),
    (
        "consent_written",
        NAMED,
        consent(more="consent_written", consent_evidence_ref=None),
        "publish_conditions",
        "basis_consent",
    ),
    (
        "consent_prior",
        NAMED,
        consent(more="consent_prior"),
        "publish_conditions",
        "basis_consent",
    ),
    (
        "consent_box_unticked",
        NAMED,
        consent(consent_channel="online_form"),
        "quarantine",
        "consent_incomplete",
    ),
    # Delays that need more than a start
    (
        "arch_medical",
        NAMED,
        archive("arch_medical", "1900", birth_date_known="1920"),
        "embargo",
        "delay_running",
    ),
    ("arch_medical", NAMED, archive("arch_medical", "1900"), "quarantine", "date_unknown"),
    ("arch_never", NAMED, archive("arch_never", "1700"), "block", "archive_never"),
    (
        "arch_online_sensitive",
        named("art9_health"),
        archive("arch_50_privacy", "1940", **FAVOURABLE),
        "embargo",
        "delay_running",
    ),
    (
        "arch_online_sensitive",
        named("art9_health"),
        archive("arch_50_privacy", "1920", **FAVOURABLE),
        "publish_conditions",
        "basis_archive",
    ),
    (
        "arch_online_finding_aid",
        named("art10_offences"),
        archive("arch_none", "1940", d312_category="d312_9c_finding_aids", **FAVOURABLE),
        "embargo",
        "delay_running",
    ),
    # Persons
    ("living", NAMED, {**LAW, "persons_status": "living"}, "publish_conditions", "basis_law"),
    ("living", NAMED, {"persons_status": "living"}, "quarantine", "basis_missing"),
    (
        "presumed_dead_after_120_years",
        NAMED,
        {"latest_birth_date": "1905", "deceased_only": "yes"},
        "publish",
        "deceased_not_personal",
    ),
    (
        "presumed_dead_after_120_years",
        NAMED,
        {"latest_birth_date": "1906", "deceased_only": "yes"},
        "quarantine",
        "basis_missing",
    ),
    ("minors_consent", NAMED, consent(minors_present="yes"), "quarantine", "dpo_pending"),
    (
        "medical_information",
        NAMED,
        {**LAW, "secrets_present": ["s6_1_medical"], "secret_treatment": "not_redactable"},
        "restricted",
        "interested_only",
    ),
    (
        "deliberations",
        TEXT,
        {**TEXT_LAW, "secrets_present": ["s6_1_private_life"], "secret_treatment": "redactable"},
        "redact",
        "redact_required",
    ),
    ("deliberations", TEXT, NO_BASIS, "anonymise", "anonymise_required"),
    # Sectors
    ("justice", NAMED, sector("justice", LAW), "quarantine", "sector_rule_justice"),
    ("energy", named("meter_point"), sector("energy", LAW), "quarantine", "sector_rule_energy"),
    ("health", NAMED, sector("health", LAW), "quarantine", "sector_rule_health"),
    (
        "health",
        CLEAN,
        sector("health", {**ANONYMISED, **FAVOURABLE}, "reidentification_forbidden"),
        "publish",
        "basis_anonymised",
    ),
    (
        "real_estate",
        named("cadastral_owner"),
        sector("real_estate", LAW, "reidentification_forbidden"),
        "quarantine",
        "sector_rule_real_estate",
    ),
    (
        "tourism",
        NAMED,
        sector("tourism", {**DECREE, "d312_category": "d312_7_tourism"}),
        "publish_conditions",
        "basis_d312",
    ),
    (
        "elected_officials",
        NAMED,
        sector("elected_officials", DECREE),
        "publish_conditions",
        "basis_d312",
    ),
    ("civil_status", NAMED, sector("civil_status", LAW), "block", "sector_rule_civil_status"),
    ("cemetery", NAMED, sector("cemetery", DECREE), "quarantine", "sector_rule_cemetery"),
    ("none", NAMED, sector("none", LAW), "publish_conditions", "basis_law"),
    # Opinions and rulings
    (
        "K01",
        NAMED,
        {**LAW, "text_scope": "display", "admin_document": "no"},
        "quarantine",
        "not_admin_document",
    ),
    ("K01", NAMED, archive("arch_50_banns", "1990"), "embargo", "delay_running"),
    ("K02", NAMED, DEAD, "publish", "deceased_not_personal"),
    ("K02", NAMED, {**DEAD, "deceased_only": "no"}, "quarantine", "deceased"),
    ("K03", named("email_work"), DECREE, "redact", "private_life"),
    ("K03", named("phone_fixed"), DECREE, "redact", "private_life"),
    ("K03", named("email_generic"), DECREE, "publish_conditions", "basis_d312"),
    (
        "K04",
        NAMED,
        {**DECREE, "d312_category": SCHOOL, "minors_present": "yes"},
        "quarantine",
        "minor_data",
    ),
    (
        "K04",
        named("art9_political"),
        {**DECREE, **FAVOURABLE},
        "publish_conditions",
        "basis_d312",
    ),
    *(
        ("K05", NAMED, {**LAW, "text_scope": scope}, "quarantine", "text_scope_not_online")
        for scope in ("communication", "display", "on_site")
    ),
    *(
        (
            "K06",
            NAMED,
            {**DECREE, "communicability": "interested_only", "restricted_to": circle},
            "restricted",
            "interested_only",
        )
        for circle in ("interested", "electors", "tax_roll", "other")
    ),
    ("K07", NAMED, {**LAW, **WAIVED}, "quarantine", "secret_waived"),
    ("K07", NAMED, {**WAIVED, **ENTERED, **FAVOURABLE}, "quarantine", "basis_missing"),
    ("K08", NAMED, {**LAW, "basis_row_filter": "au-delà du seuil"}, "redact", "rows_outside_text"),
    ("K09", NAMED, {**LAW, "publication_end_date": "2025"}, "quarantine", "publication_ended"),
    ("K10", named("pay_statutory"), DECREE, "publish_conditions", "basis_d312"),
    *(
        ("K10", named(kind), DECREE, "redact", "private_life")
        for kind in ("pay_variable", "pay_negotiated", "overtime", "working_time_share")
    ),
    ("K11", named("works_address"), DECREE, "publish_conditions", "basis_d312"),
    *(
        ("K11", named(kind), DECREE, "redact", "private_life")
        for kind in ("home_address", "cadastral_reference", "consumption")
    ),
    ("K12", named("siret_person"), DECREE, "redact", "opposition_not_honoured"),
    *(
        (
            "K12",
            report(finding("nom", "siret_person"), finding("contact", kind)),
            {**COMPANIES, "covered_columns": ["nom", "contact"]},
            "redact",
            "sirene_field_left_out",
        )
        for kind in ("sex", "birth_date", "birth_place", "email_generic", "phone_fixed")
    ),
    ("K12", named("siret_person"), COMPANIES, "publish_conditions", "basis_d312"),
    ("K12", named("sex"), COMPANIES, "publish_conditions", "basis_d312"),  # no sole trader in it
    ("K13", NAMED, {**LAW, "text_nature": "eu_regulation"}, "quarantine", "eu_regulation_review"),
    (
        "K14",
        NAMED,
        sector("justice", LAW, "names_hidden", "opposition_contact"),
        "quarantine",
        "sector_rule_justice",
    ),
    ("K15", CLEAN, {**NOTHING, **EMISSIONS}, "publish", "no_personal_data"),
    ("K15", NAMED, EMISSIONS, "quarantine", "basis_missing"),
    (
        "K16",
        TEXT,
        {**TEXT_LAW, "secrets_present": ["s6_3_behaviour"], "secret_treatment": "redactable"},
        "redact",
        "redact_required",
    ),
    (
        "K17",
        named("home_address"),
        {
            **sector("cemetery", DECREE),
            "d312_category": "d312_8_regulated_formalities",
        },
        "redact",
        "private_life",
    ),
    ("K18", NAMED, {**LAW, "text_scope": "communication"}, "quarantine", "text_scope_not_online"),
    (
        "K18",
        NAMED,
        {
            "secrets_present": ["s6_1_private_life"],
            "secret_treatment": "lifted",
            "secret_reference": "avis CADA",
            "secret_text_scope": "communication",
        },
        "quarantine",
        "secret_scope_not_online",
    ),
    # The categories of the decree
    *(
        (category, NAMED, {**DECREE, "d312_category": category}, "publish_conditions", "basis_d312")
        for category in entries("d312_categories")
        if category not in ARCHIVES | {"unknown"}
    ),
    *(
        (
            category,
            NAMED,
            {**DECREE, "d312_category": category, "public_need_statement": None},
            "quarantine",
            "public_need_missing",
        )
        for category in entries("d312_categories")
        if category not in ARCHIVES | {"unknown"}
    ),
    *(
        (
            category,
            NAMED,
            {**archive("arch_none", "1800"), **DECREE, "d312_category": category},
            "publish_conditions",
            "basis_archive",
        )
        for category in sorted(ARCHIVES)
    ),
    *(
        (
            category,
            NAMED,
            without(
                {**archive("arch_none", "1800"), **DECREE, "d312_category": category},
                "held_by_archive_service",
            ),
            "quarantine",
            "archive_holder_unknown",
        )
        for category in sorted(ARCHIVES)
    ),
    (
        "d312_9a_archives_open",
        named("art9_health"),
        {
            **archive("arch_none", "1800"),
            **DECREE,
            "d312_category": "d312_9a_archives_open",
            **FAVOURABLE,
        },
        "quarantine",
        "basis_not_for_sensitive",
    ),
    (
        "d312_9b_archives_sensitive",
        named("art9_health"),
        {
            **archive("arch_50_privacy", "1900"),
            **DECREE,
            "d312_category": "d312_9b_archives_sensitive",
            **FAVOURABLE,
        },
        "publish_conditions",
        "basis_archive",
    ),
    (
        "d312_9_cnil_authorised",
        NAMED,
        {
            **archive("arch_50_privacy", "2000", cnil_authorisation_ref="AU"),
            **DECREE,
            "d312_category": "d312_9_cnil_authorised",
        },
        "quarantine",
        "cnil_authorised",
    ),
    # Secrets: communicable to nobody, or to the interested person only
    *(
        (key, NAMED, {**LAW, "secrets_present": [key], "secret_treatment": state}, outcome, code)
        for key in entries("secrets")
        if key not in ("none", "unknown")
        for state, outcome, code in (
            ("redactable", "redact", "redact_required"),
            ("redacted", "publish_conditions", "secret_redacted"),
            (
                ("not_redactable", "block", "not_communicable")
                if key.startswith("s5_")
                else ("not_redactable", "restricted", "interested_only")
            ),
        )
    ),
    # Special categories and offences: not without the DPO
    *(
        (key, named(key), LAW, "quarantine", "special_category")
        for key in entries("entity_types")
        if key.startswith("art9_")
    ),
    ("art9_political", named("art9_political"), CONSENT, "block", "political_opinion"),
    ("art10_offences", named("art10_offences"), LAW, "quarantine", "offence_data"),
    ("nir", named("nir"), LAW, "quarantine", "severe_identifier"),
    # Kinds of data: each keeps a file closed until a basis covers it
    *(
        (kind, report(finding("nom", kind)), {}, "quarantine", "basis_missing")
        for kind in entries("entity_types")
        if kind != "art9_political"
    ),
    ("art9_political", report(finding("nom", "art9_political")), {}, "block", "basis_missing"),
    # Anonymisation
    ("A1", CLEAN, {**ANONYMISED, "anon_k": 1}, "anonymise", "singled_out"),
    (
        "A2",
        CLEAN,
        without(ANONYMISED, "criterion_inference"),
        "quarantine",
        "anonymisation_unproven",
    ),
    ("A2", CLEAN, {**ANONYMISED, **ANALYSED}, "quarantine", "risk_analysis_review"),
    ("A2", CLEAN, {**ANONYMISED, **ANALYSED, **FAVOURABLE}, "publish", "risk_analysis_accepted"),
    (
        "A3",
        named("pseudonym"),
        {**ANONYMISED, **FAVOURABLE},
        "anonymise",
        "pseudonymised_not_anonymous",
    ),
    ("A4", CLEAN, ANONYMISED, "publish", "basis_anonymised"),
    ("A6", NAMED, {**NO_BASIS, "anonymisation_feasible": "no"}, "no_duty", "no_basis"),
]


@pytest.mark.parametrize(
    ("scanned", "answers", "outcome", "code"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_row_is_applied(
    scanned: Report, answers: dict[str, Any], outcome: str, code: str
) -> None:
    decision = verdict(scanned, answers)

    assert decision.outcome == outcome
    assert code in {reason.code for reason in decision.reasons}


@pytest.mark.parametrize(
    ("review", "decided", "due"),
    [
        ("2027-01-01", "2026-12-31", True),
        ("2027-01-01", "2027-01-01", False),  # it was reviewed
        ("2027-01-02", "2026-12-31", False),  # tomorrow
        ("", "2026-12-31", False),
    ],
    ids=["A5-due", "A5-reviewed", "A5-not yet", "A5-no day"],
)
def test_an_anonymised_file_is_reviewed_at_intervals(review: str, decided: str, due: bool) -> None:
    day = datetime.date.fromisoformat(decided)

    assert review_is_due({"anon_review_date": review}, day, datetime.date(2027, 1, 1)) is due


@pytest.mark.parametrize(
    ("answers", "enough"),
    [({"anon_cnil_ref": "2024-001"}, False), ({**ANONYMISED, "anon_cnil_ref": "2024-001"}, True)],
    ids=["A7-alone", "A7-beside the criteria"],
)
def test_a_reference_of_the_cnil_stands_beside_the_criteria_and_not_for_them(
    answers: dict[str, Any], enough: bool
) -> None:
    assert proven(answers) is enough


@pytest.mark.parametrize("spdx", ROWS["licences"].split())
def test_the_licence_of_the_decree_is_accepted(spdx: str) -> None:
    (own,) = [one for one in licences() if one["spdx_id"] == spdx and one["status"] == "active"]

    assert str(own["regime"]).startswith("list_")
    assert licence_reason(own["id"]).code == "licence_ok"


@pytest.fixture(scope="module")
def identified() -> list[str]:
    """The names in brackets of the tests that decide a case."""
    files = ("decision", "procedure", "delays", "licences", "rows")
    paths = [str(Path(__file__).with_name(f"test_{name}.py")) for name in files]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *paths]
    collected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.findall(r"\[(.+)\]$", collected, re.MULTILINE)


@pytest.mark.parametrize("table", ROWS)
def test_each_row_of_the_table_has_a_test_named_by_it(table: str, identified: list[str]) -> None:
    # pytest numbers the tests of one name, and joins the parts of a name by dashes.
    missing = [
        row
        for row in ROWS[table].split()
        if not any(re.fullmatch(rf"{re.escape(row)}(_?\d+)?(-.*)?", name) for name in identified)
    ]

    assert missing == []


@pytest.mark.parametrize(
    ("kind", "tables"),
    [
        ("secrets", ["secrets"]),
        ("d312_categories", ["categories"]),
        ("archive_classes", ["delays"]),
        ("consent_criteria", ["consent"]),
        ("sectors", ["sectors"]),
        ("entity_types", ["types", "special"]),
        ("reasons", ["procedure"]),
    ],
)
def test_the_data_files_hold_every_row_of_the_table(kind: str, tables: list[str]) -> None:
    rows = {row for table in tables for row in ROWS[table].split()}
    rules = {"arch_online_sensitive", "arch_online_finding_aid"}  # rules over all classes

    assert rows - rules - entries("reasons").keys() <= entries(kind).keys()
    others = {"none", "unknown"}
    if kind not in ("entity_types", "reasons"):  # which hold more than the tables have
        assert entries(kind).keys() - others <= rows
