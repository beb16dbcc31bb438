"""Which answers are possible, and how they are stored."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.rgpd.core.errors import InvalidAnswer
from ckanext.rgpd.core.legal import check, entries, reviewer_fields, validate
from tests.core.legal.made import WAYS

ID = "12345678-1234-4abc-8def-1234567890ab"


@pytest.mark.parametrize("answers", WAYS.values(), ids=WAYS)
def test_complete_answers_are_possible_and_kept_as_given(answers: dict[str, Any]) -> None:
    assert validate(answers).answers == answers


@pytest.mark.parametrize("field", sorted(set(entries("questions")) - reviewer_fields()))
def test_unknown_is_always_allowed(field: str) -> None:
    assert check(field, "unknown") == "unknown"


@pytest.mark.parametrize("empty", [None, "", "  ", [], ()])
def test_an_empty_answer_is_no_answer(empty: object) -> None:
    assert validate({"legal_reference": empty, "covered_columns": empty}).answers == {}


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("legal_reference", "  article 1er \n", "article 1er"),
        ("public_need_statement", "une ligne\r\nune autre", "une ligne\r\nune autre"),
        (
            "consent_criteria",
            ("consent_free", "consent_active"),
            ["consent_active", "consent_free"],
        ),
        ("consent_criteria", ["consent_free", "consent_free"], ["consent_free"]),
        ("covered_columns", ("nom", "nom", ""), ["nom", ""]),
        ("covered_columns", ["unknown"], ["unknown"]),
        ("covered_columns", "nom", ["nom"]),
        ("consent_criteria", "consent_free", ["consent_free"]),
        ("legal_reference_url", "https://exemple.fr/a?b=c#d", "https://exemple.fr/a?b=c#d"),
        ("anon_methods_document", ID, ID),
        ("anon_methods_document", "http://exemple.fr/m", "http://exemple.fr/m"),
        ("dpo_status", "favourable", "favourable"),
        ("minors_present", True, "yes"),
        ("minors_present", False, "no"),
        ("archive_start_date", "1930", "1930"),
        ("archive_start_date", "1930-02", "1930-02"),
        ("archive_start_date", " 1928-02-29 ", "1928-02-29"),
        ("anon_k", 5, 5),
        ("anon_k", "5", 5),
        ("anon_k", 1.5, 1.5),
        ("secrets_present", ["none"], {"none": "pending"}),
        ("secrets_present", ["s6_1_medical", "unknown"], "unknown"),
        ("archive_class", ["arch_none", "unknown"], "unknown"),
        ("secrets_present", "s6_1_medical", {"s6_1_medical": "pending"}),
        ("secrets_present", {"s6_1_medical": "redacted"}, {"s6_1_medical": "redacted"}),
        (
            "columns_basis",
            {"nom": "specific_law", "âge": "removed"},
            {"nom": "specific_law", "âge": "removed"},
        ),
    ],
)
def test_a_possible_answer_is_stored_in_one_form(field: str, value: object, stored: object) -> None:
    assert check(field, value) == stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("no_such_field", "yes"),
        ("dcp_publication_basis", "because"),
        ("dcp_publication_basis", ["specific_law"]),
        ("dcp_publication_basis", {"specific_law": 1}),
        ("dcp_publication_basis", True),
        ("text_scope", "ONLINE_PUBLICATION"),
        ("dpo_status", "unknown"),
        ("consent_criteria", ["consent_free", "consent_by_silence"]),
        ("consent_criteria", [["consent_free"]]),
        ("covered_columns", {"nom": 1}),
        ("covered_columns", [1]),
        ("covered_columns", ["nom", 1]),
        ("covered_columns", [str(number) for number in range(16_385)]),
        ("legal_reference", 12),
        ("legal_reference", "a" * 4001),
        ("legal_reference", "nul \x00 byte"),
        ("legal_reference", "escape \x1b[2J"),
        ("legal_reference_url", "javascript:alert(1)"),
        ("legal_reference_url", "//exemple.fr"),
        ("legal_reference_url", "https://"),
        ("legal_reference_url", "https://[exemple"),
        ("legal_reference_url", "https://exemple.fr/a b"),
        ("legal_reference_url", "https://exemple.fr/\"onclick='x'"),
        ("legal_reference_url", "https://exemple.fr/\x7f"),
        ("legal_reference_url", "https://exemple.fr/" + "a" * 2000),
        ("legal_reference_url", 5),
        ("anon_methods_document", "methodes.pdf"),
        ("anon_methods_document", 5),
        ("minors_present", 1),
        ("archive_start_date", "1930-02-29"),
        ("archive_start_date", "1930-13"),
        ("archive_start_date", "0000"),
        ("archive_start_date", "hier"),
        ("archive_start_date", 1930),
        ("anon_k", "five"),
        ("anon_k", -1),
        ("anon_k", True),
        ("anon_k", float("nan")),
        ("anon_k", "9" * 5000),
        ("secrets_present", ["none", "s6_1_medical"]),
        ("secrets_present", ["secret_garden"]),
        ("secrets_present", {"s6_1_medical": "forgotten"}),
        ("secrets_present", {"s6_1_medical": ["redacted"]}),
        ("secrets_present", 5),
        ("columns_basis", {"nom": "because"}),
        ("columns_basis", {"nom": "unknown"}),
        ("columns_basis", {"nom": {}}),
        ("columns_basis", ["nom"]),
        ("anon_methods_document", "data:text/html,x"),
    ],
)
def test_an_impossible_answer_is_refused_by_the_name_of_its_field(
    field: str, value: object
) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        validate({field: value})

    assert refused.value.field == field
    assert refused.value.expected


def test_the_refused_answer_is_not_repeated() -> None:
    with pytest.raises(InvalidAnswer) as refused:
        validate({"text_scope": "2 85 05 78 006 048"})

    assert "006" not in str(refused.value)
    assert "one of online_publication, " in str(refused.value)


def test_only_reviewers_give_the_opinion_of_the_dpo() -> None:
    assert reviewer_fields() == {"dpo_status"}


def test_a_category_told_as_the_basis_is_two_answers() -> None:
    answers = validate({"dcp_publication_basis": "d312_6_political_life"}).answers

    assert answers == {
        "dcp_publication_basis": "d312_1_3",
        "d312_category": "d312_6_political_life",
    }
