"""What the publisher is asked: little, the most decisive first, and nothing in vain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.rgpd.core.legal import (
    Question,
    dataset_fields,
    entries,
    offered,
    questionnaire,
    questions,
    reusable,
)
from ckanext.rgpd.core.legal.asking import _best
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.types import PARTIAL, UNSUPPORTED, Declaration, Report
from tests.core.legal.made import (
    ANONYMISED,
    ARCHIVE,
    CONSENT,
    DECREE,
    ENTERED,
    LAW,
    NOTHING,
    TODAY,
    UNSURE,
    finding,
    report,
    verdict,
    without,
)

NAMED = report(finding("nom"), finding("contact", "email_generic"))
COLUMNS = {"covered_columns": ["nom", "contact"]}


def asked(scanned: Report, answers: dict[str, Any], licence: str = "lov2") -> list[str]:
    return [question.key for question in to_ask(scanned, answers, licence)]


def to_ask(scanned: Report, answers: dict[str, Any], licence: str = "lov2") -> tuple[Question, ...]:
    return questions(scanned, Declaration(answers), licence, TODAY)


@pytest.mark.parametrize(
    ("scanned", "answers", "licence"),
    [
        (report(), {}, "lov2"),
        (report(), {}, ""),
        (report(), NOTHING, "lov2"),
        (report(status=UNSUPPORTED), {}, "lov2"),
        (report(), {}, "cc-by"),  # the licence is chosen in the dataset's form
        (NAMED, {**LAW, **COLUMNS}, "lov2"),
        (NAMED, {**DECREE, **COLUMNS}, "lov2"),
        (NAMED, {**CONSENT, **COLUMNS}, "lov2"),
        (NAMED, ARCHIVE, "lov2"),
        (NAMED, {**ARCHIVE, "held_by_archive_service": "no"}, "lov2"),  # waits for the DPO
    ],
)
def test_nothing_is_asked_where_no_answer_could_change_the_outcome(
    scanned: Report, answers: dict[str, Any], licence: str
) -> None:
    assert asked(scanned, answers, licence) == []


def test_an_optional_answer_is_not_asked_for_alone() -> None:
    scanned = report(finding("nom", "nir"))

    assert asked(scanned, {**LAW, "covered_columns": ["nom"]}) == []


@pytest.mark.parametrize(
    ("scanned", "answers", "expected"),
    [
        (NAMED, {}, ["dcp_publication_basis", "register_status", "register_risk"]),
        (NAMED, ENTERED, ["dcp_publication_basis"]),
        (NAMED, {"register_ref": "n° 12", "register_risk": "low"}, ["dcp_publication_basis"]),
        (NAMED, {**ENTERED, **UNSURE}, ["dcp_publication_basis"]),
        (report(), UNSURE, ["dcp_publication_basis"]),
        (NAMED, {**ENTERED, **NOTHING}, ["dcp_publication_basis"]),
        (NAMED, {**ENTERED, **ANONYMISED}, ["dcp_publication_basis"]),
        (report(finding(), status=PARTIAL), ENTERED, ["dcp_publication_basis"]),
        (
            NAMED,
            {**ENTERED, "dcp_publication_basis": "specific_law"},
            [
                "legal_reference",
                "text_scope",
                "text_nature",
                "covered_columns",
            ],
        ),
        (
            NAMED,
            {**ENTERED, "dcp_publication_basis": "d312_1_3"},
            ["d312_category", "covered_columns"],
        ),
        (
            NAMED,
            {**ENTERED, "dcp_publication_basis": "explicit_consent"},
            ["consent_criteria", "consent_channel", "covered_columns"],
        ),
        (
            report(),
            {"dcp_publication_basis": "anonymised"},
            [
                "anon_methods_document",
                "criterion_singling_out",
                "criterion_linkability",
                "criterion_inference",
            ],
        ),
        (
            NAMED,
            without(DECREE, "d312_category", "covered_columns"),
            ["d312_category", "covered_columns"],
        ),
        (NAMED, {**LAW, **COLUMNS, "text_scope": "unknown"}, ["text_scope"]),
    ],
)
def test_what_is_missing_is_asked_the_basis_before_its_conditions(
    scanned: Report, answers: dict[str, Any], expected: list[str]
) -> None:
    assert asked(scanned, answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({**LAW, **COLUMNS, "text_scope": "display"}, "text_scope"),
        ({**LAW, **COLUMNS, "text_nature": "regulation"}, "text_nature"),
        ({**LAW, "covered_columns": ["contact"]}, "covered_columns"),
        ({**LAW, "covered_columns": ["nom", "contact", "absente"]}, "covered_columns"),
        ({**CONSENT, **COLUMNS, "consent_criteria": ["consent_free"]}, "consent_criteria"),
    ],
)
def test_an_answer_that_keeps_the_file_closed_is_asked_again(
    answers: dict[str, Any], expected: str
) -> None:
    assert expected in asked(NAMED, answers)


def test_a_clean_file_is_asked_nothing() -> None:
    assert asked(report(), {}) == []


def test_a_list_of_elected_members_takes_two_answers_where_the_register_is_known() -> None:
    suggested = "d312_6_political_life"
    scanned = report(finding("nom", suggested=suggested), finding("fonction", suggested=suggested))

    first, *more = to_ask(scanned, ENTERED)
    answers = {**ENTERED, "dcp_publication_basis": first.choices[0]}
    second, *others = to_ask(scanned, answers)
    decision = verdict(scanned, {**answers, "covered_columns": list(second.suggested)})

    assert not more
    assert not others
    assert decision.outcome == "publish_conditions"


def ways_to_the_end(scanned: Report, answers: dict[str, Any]) -> Iterator[set[str]]:
    """The screens that a publisher sees who chooses each basis in turn and answers all well."""
    for basis in entries("bases"):
        given, screens = {**answers, "dcp_publication_basis": basis}, {"basis"}
        for _ in range(10):
            open_now = to_ask(scanned, given)
            screens |= {question.screen for question in open_now}
            case = Case(scanned, given, "lov2", TODAY)
            given |= {q.key: _best(q, case) for q in open_now if q.key != "dcp_publication_basis"}
        yield screens


def test_the_worst_case_shows_nine_screens_at_the_most() -> None:
    everything = [finding("nom", kind) for kind in entries("entity_types")]
    for screens in ways_to_the_end(report(*everything), {}):
        assert len(screens) <= 9


def test_a_text_has_no_columns_to_choose_from() -> None:
    scanned = report(finding("(document)"), columns=("(document)",))

    assert "covered_columns" not in asked(scanned, {"dcp_publication_basis": "specific_law"})


def test_archives_need_no_statement_of_the_public_need() -> None:
    answers = {
        **ENTERED,
        "dcp_publication_basis": "d312_1_3",
        "d312_category": "d312_9a_archives_open",
    }

    assert asked(NAMED, answers) == [
        "archive_class",
        "archive_start_date",
        "held_by_archive_service",
        "covered_columns",
    ]


def test_the_columns_to_choose_from_are_the_personal_ones() -> None:
    scanned = report(finding("nom"), finding("contact"), finding("fonction", personal=False))

    columns = to_ask(scanned, {**ENTERED, "dcp_publication_basis": "d312_1_3"})[-1]

    expected = ("covered_columns", "columns", None, ("contact", "nom"), True, (), "columns", "Q12")
    assert columns == Question(*expected)


def test_what_the_scan_suggests_is_offered_first() -> None:
    suggested = "d312_6_political_life"
    scanned = report(finding("nom", suggested=suggested), finding("contact"))

    (basis,) = to_ask(scanned, ENTERED)
    category = to_ask(scanned, {**ENTERED, "dcp_publication_basis": "d312_1_3"})[0]
    columns = to_ask(scanned, {**ENTERED, "dcp_publication_basis": suggested})[0]

    assert (basis.suggested, basis.choices[0]) == ((suggested,), suggested)
    assert sorted(basis.choices[1:]) == sorted(entries("bases"))
    assert (category.suggested, category.choices[0]) == ((suggested,), suggested)
    assert sorted(category.choices) == sorted(entries("d312_categories"))
    assert (columns.key, columns.suggested) == ("covered_columns", ("nom",))


@pytest.mark.parametrize(
    "suggestions", [(), ("of_a_plugin",), ("unknown",), ("d312_5_sport", "d312_7_tourism")]
)
def test_nothing_is_suggested_where_the_scan_is_of_no_or_of_two_minds(
    suggestions: tuple[str, ...],
) -> None:
    found = [finding(f"c{i}", suggested=key) for i, key in enumerate(suggestions)]

    (basis,) = to_ask(report(finding(), *found), ENTERED)

    assert basis.suggested == ()
    assert basis.choices == tuple(entries("bases"))


def test_a_form_shows_the_answered_questions_too() -> None:
    shown = questionnaire(NAMED, Declaration({**DECREE, **COLUMNS}), TODAY)

    assert [question.key for question in shown if question.required] == [
        "dcp_publication_basis",
        "d312_category",
        "public_need_statement",
        "covered_columns",
        "register_status",
        "register_risk",
    ]
    screens = [question.screen for question in shown]
    assert sorted(screens, key=list(entries("screens")).index) == screens


def test_no_question_is_for_the_reviewer() -> None:
    for basis in entries("bases"):
        shown = questionnaire(NAMED, Declaration({"dcp_publication_basis": basis}), TODAY)
        assert "dpo_status" not in {question.key for question in shown}


def test_what_a_dataset_says_for_all_its_files_is_never_why_one_may_be_published():
    told = dataset_fields()

    assert {"register_status", "sector"} <= told & reusable()
    assert not {"dcp_publication_basis", "dcp_presence", "dpo_status"} & (told | reusable())
    assert told | reusable() <= entries("questions").keys()


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("register_status", "entered", True),
        ("sector", "energy", True),
        ("sector", "none", False),  # what holds without an answer
        ("license_regime", "fee", True),
        ("register_risk", "low", False),  # of one file, not of the organisation
        ("register_ref", "fiche 12", False),
        ("agent_authorised", "yes", False),
        ("dcp_publication_basis", "specific_law", False),
        ("legal_reference", "loi n° 0", False),
        ("of_a_plugin", "yes", False),
    ],
)
def test_what_holds_for_an_organisation_is_offered_and_never_a_basis(
    field: str, value: str, expected: bool
) -> None:
    assert offered(field, value) is expected


def test_an_offer_is_a_reusable_answer_and_no_basis_asks_for_it() -> None:
    offers = {key for key, entry in entries("questions").items() if entry.get("offer")}

    assert offers <= reusable()
    assert not any("bases" in entries("questions")[key] for key in offers)


@pytest.mark.parametrize(
    ("secrets", "asked_for"),
    [(["none"], False), ("unknown", False), (["s6_1_business_processes"], True)],
)
def test_what_a_secret_protects_is_asked_where_there_is_one(secrets, asked_for):
    case = Case(NAMED, {"secrets_present": secrets}, "lov2", TODAY)

    assert case.matches({"secrets_present": ["secret"]}) is asked_for
