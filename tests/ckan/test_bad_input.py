"""Answers that cannot be: an error at the answer, the rest kept, the file closed."""

from __future__ import annotations

import re
from typing import Any

import ckan.model as ckan_model
import pytest
import sqlalchemy as sa

from ckanext.rgpd import gate
from ckanext.rgpd.model import Declaration, Version
from tests.ckan import made
from tests.ckan.test_pages import case_of

COLUMNS = ["nom", "nir", "courriel", "telephone"]
CATEGORY = "dcp_publication_basis"

# (mistake, answers, the question that the error stands at, the reason's code)
SAVED: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "contradicting answers",
        made.by_law(covered_columns=COLUMNS, communicability="interested_only"),
        "communicability",
        "answers_contradict",
    ),
    (
        "a date in the future",
        made.by_law(
            dcp_publication_basis="explicit_consent",
            covered_columns=COLUMNS,
            consent_date_from="2999",
        ),
        "consent_date_from",
        "date_in_future",
    ),
    (
        "a basis for a column that does not exist",
        made.by_law(covered_columns=[*COLUMNS, "absente"]),
        "covered_columns",
        "unknown_column",
    ),
]
# (mistake, answers, the question that the error stands at)
REFUSED = [
    ("an unknown category", {"d312_category": "d312_10_weather"}, "d312_category"),
    ("an unknown category as the basis", {CATEGORY: "d312_10_weather"}, CATEGORY),
    ("a date that is none", {"publication_end_date": "demain"}, "publication_end_date"),
]


@pytest.fixture
def post(people, app, token_of):
    """Send a case's form as the publisher; gives the page that follows."""

    def send(resource: dict[str, Any], answers: dict[str, Any], **fields: str) -> str:
        headers = {"Authorization": token_of(people.publisher["name"])}
        form = {**answers, **fields}
        return str(app.post(case_of(resource, "/declare"), data=form, headers=headers).body)

    return send


def error_at(page: str, question: str) -> str:
    """What the page says at a question; empty where it says nothing."""
    found = re.search(rf'id="rgpd-[^"]*-{question}-error">([^<]+)<', page)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("answers", "question", "code"), [case[1:] for case in SAVED], ids=[case[0] for case in SAVED]
)
def test_what_the_law_cannot_take_is_told_at_the_answer(
    post, call, people, held, answers, question, code
):
    page = post(held, answers)

    assert error_at(page, question)
    version = call(people.publisher, "rgpd_status_show", resource_id=held["id"])["versions"][0]
    assert code in [r["code"] for r in version["reasons"] if r["field"] == question]
    assert version["answers"] == answers, "the rest is kept"
    assert not gate.is_open(held["id"])


@pytest.mark.parametrize(
    ("answers", "question"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_no_answer_is_refused_at_the_answer(post, held, answers, question):
    law = made.elected() if "d312_category" in answers else made.by_law()

    page = post(held, {**law, **answers})

    assert error_at(page, question)
    kept = law.get("legal_reference") or law["public_need_statement"]
    assert page.count(kept), "the rest is kept in the form"
    assert not gate.is_open(held["id"])


def test_a_licence_that_vanished_is_told(post, call, people, held):
    ckan_model.Package.get(held["package_id"]).license_id = "gone-from-the-portal"
    ckan_model.Session.commit()

    post(held, made.by_law(covered_columns=COLUMNS))

    version = call(people.publisher, "rgpd_status_show", resource_id=held["id"])["versions"][0]
    assert "licence_not_allowed" in [reason["code"] for reason in version["reasons"]]
    assert version["answers"]["legal_reference"]
    assert not gate.is_open(held["id"])


def test_an_answer_from_an_older_questionnaire_is_asked_again(post, call, people, held):
    post(held, made.by_law(covered_columns=COLUMNS))
    (version,) = Version.current(held["id"])
    old = {**made.by_law(covered_columns=COLUMNS), "text_scope": "by_drum"}
    ckan_model.Session.execute(
        sa.update(Declaration).where(Declaration.version_id == version.id).values(answers=old)
    )
    ckan_model.Session.commit()

    page = post(held, {"legal_reference": "loi n° 0000-001"})

    assert error_at(page, "text_scope")
    page = post(held, {"text_scope": "online_publication", "legal_reference": "loi n° 0000-001"})
    assert not error_at(page, "text_scope")
    status = call(people.publisher, "rgpd_status_show", resource_id=held["id"])
    assert status["versions"][0]["answers"]["text_scope"] == "online_publication"
    assert not gate.is_open(held["id"])


def test_answers_about_a_file_that_was_replaced_meanwhile_are_shown_again(
    post, call, people, held, read_files
):
    (old,) = Version.current(held["id"])
    file = made.upload(made.PERSONAL + "Durand,,,,\n", "habitants.csv")
    call(people.publisher, "resource_patch", id=held["id"], upload=file)
    read_files()

    page = post(held, made.by_law(covered_columns=COLUMNS), version_id=old.id)

    assert "rgpd-error" in page
    assert "loi n° 0000-000, article 1" in page, "what was typed is kept"
    status = call(people.publisher, "rgpd_status_show", resource_id=held["id"])
    assert status["versions"][0]["answers"] == {}
    assert not gate.is_open(held["id"])
