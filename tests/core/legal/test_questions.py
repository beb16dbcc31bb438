"""What the publisher is asked: little, the most decisive first, and nothing in vain."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.rgpd.core.legal import Question, entries, questionnaire, questions
from ckanext.rgpd.core.types import PARTIAL, UNSUPPORTED, Declaration, Report
from tests.core.legal.made import (
    ANONYMISED,
    ARCHIVE,
    CONSENT,
    DECREE,
    LAW,
    NOTHING,
    TODAY,
    UNSURE,
    finding,
    report,
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
        (NAMED, ARCHIVE, "lov2"),  # waits for the DPO
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
        (NAMED, {}, ["dcp_publication_basis"]),
        (NAMED, UNSURE, ["dcp_publication_basis"]),
        (report(), UNSURE, ["dcp_publication_basis"]),
        (NAMED, NOTHING, ["dcp_publication_basis"]),
        (NAMED, ANONYMISED, ["dcp_publication_basis"]),
        (report(finding(), status=PARTIAL), {}, ["dcp_publication_basis"]),
        (
            NAMED,
            {"dcp_publication_basis": "specific_law"},
            [
                "legal_reference",
                "text_scope",
                "text_nature",
                "covered_columns",
                "legal_reference_url",
            ],
        ),
        (
            NAMED,
            {"dcp_publication_basis": "d312_1_3"},
            ["d312_category", "public_need_statement", "covered_columns"],
        ),
        (
            NAMED,
            {"dcp_publication_basis": "explicit_consent"},
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
        (NAMED, {**LAW, **COLUMNS, "text_scope": "unknown"}, ["text_scope", "legal_reference_url"]),
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


def test_at_most_four_answers_are_required_at_once() -> None:
    for basis in entries("bases"):
        for scanned in (report(), NAMED):
            required = [
                question
                for question in to_ask(scanned, {"dcp_publication_basis": basis})
                if question.required
            ]
            assert len(required) <= 4


def test_a_text_has_no_columns_to_choose_from() -> None:
    scanned = report(finding("(document)"), columns=("(document)",))

    assert "covered_columns" not in asked(scanned, {"dcp_publication_basis": "specific_law"})


def test_archives_need_no_statement_of_the_public_need() -> None:
    answers = {"dcp_publication_basis": "d312_1_3", "d312_category": "d312_9a_archives_open"}

    assert asked(NAMED, answers) == ["covered_columns"]


def test_the_columns_to_choose_from_are_the_personal_ones() -> None:
    scanned = report(finding("nom"), finding("contact"), finding("fonction", personal=False))

    columns = to_ask(scanned, {"dcp_publication_basis": "d312_1_3"})[-1]

    assert columns == Question("covered_columns", "columns", None, ("contact", "nom"), True)


def test_what_the_scan_suggests_is_offered_first() -> None:
    suggested = "d312_6_political_life"
    scanned = report(finding("nom", suggested=suggested), finding("contact"))

    (basis,) = to_ask(scanned, {})
    category = to_ask(scanned, {"dcp_publication_basis": "d312_1_3"})[0]

    assert (basis.suggested, basis.choices[0]) == ("d312_1_3", "d312_1_3")
    assert (category.suggested, category.choices[0]) == (suggested, suggested)
    assert sorted(category.choices) == sorted(entries("d312_categories"))


@pytest.mark.parametrize(
    "suggestions", [(), ("of_a_plugin",), ("unknown",), ("d312_5_sport", "d312_7_tourism")]
)
def test_nothing_is_suggested_where_the_scan_is_of_no_or_of_two_minds(
    suggestions: tuple[str, ...],
) -> None:
    found = [finding(f"c{i}", suggested=key) for i, key in enumerate(suggestions)]

    (basis,) = to_ask(report(finding(), *found), {})

    assert basis.suggested is None
    assert basis.choices == tuple(entries("bases"))


def test_a_form_shows_the_answered_questions_too() -> None:
    shown = questionnaire(NAMED, Declaration({**DECREE, **COLUMNS}))

    assert [question.key for question in shown] == [
        "dcp_publication_basis",
        "d312_category",
        "public_need_statement",
        "covered_columns",
    ]


def test_no_question_is_for_the_reviewer() -> None:
    for basis in entries("bases"):
        shown = questionnaire(NAMED, Declaration({"dcp_publication_basis": basis}))
        assert "dpo_status" not in {question.key for question in shown}
