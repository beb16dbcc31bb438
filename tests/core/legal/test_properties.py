"""What holds of every report and every set of answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.rgpd.core.legal import entries, questions
from ckanext.rgpd.core.types import (
    COMPLETE,
    FAILED,
    PARTIAL,
    UNSUPPORTED,
    Decision,
    Declaration,
    Finding,
    Report,
)
from tests.core.legal.made import FAVOURABLE, TODAY, WAYS, finding, report, verdict, without

STATUSES = [COMPLETE, PARTIAL, UNSUPPORTED, FAILED, "pending", "other"]
COLUMNS = ["nom", "fonction", "contact", "absente"]
OUTCOMES = list(entries("outcomes"))
LICENCES = [None, "lov2", "cc-by"]

steady = settings(deadline=None)  # a busy machine is no failure


def values(field: str) -> st.SearchStrategy[Any]:
    """Possible answers to a question, and some that are not."""
    question = entries("questions")[field]
    keys = list(entries(question["choices"])) if "choices" in question else []
    possible = {
        "choice": st.sampled_from(keys or [""]),
        "choices": st.lists(st.sampled_from(keys or [""])),
        "columns": st.lists(st.sampled_from(COLUMNS)),
        "text": st.text(max_size=20),
        "url": st.sampled_from(["https://exemple.fr", "exemple"]),
        "document": st.sampled_from(["https://exemple.fr", "exemple"]),
        "date": st.sampled_from(["1600", "1930-02-29", "1950-06", "2030", "hier"]),
        "number": st.integers(-1, 5),
        "secrets": st.lists(st.sampled_from(keys or [""]), max_size=2),
        "columns_basis": st.dictionaries(
            st.sampled_from(COLUMNS), st.sampled_from([*entries("bases"), "removed"]), max_size=2
        ),
    }[question["kind"]]
    return possible | st.just("unknown") | st.none() | st.integers()


findings = st.builds(
    finding,
    st.sampled_from(COLUMNS),
    st.sampled_from([*entries("entity_types"), "of_a_plugin"]),
    personal=st.booleans(),
    sensitive=st.booleans(),
    suggested=st.sampled_from([None, *entries("d312_categories"), "other"]),
)
reports = st.builds(
    lambda found, status, columns: report(*found, status=status, columns=columns),
    st.lists(findings, max_size=4),
    st.sampled_from(STATUSES) | st.just(COMPLETE),
    st.sampled_from([("nom", "fonction", "contact"), ("nom",), ()]),
)
scattered = st.fixed_dictionaries({}, optional={f: values(f) for f in entries("questions")})
# Complete answers, with some changed: as rarely wrong as a publisher's.
answers = st.builds(
    lambda way, changes, opinion: {**way, **changes, **opinion},
    st.sampled_from([*WAYS.values(), {}]),
    st.just({}) | scattered,
    st.sampled_from([{}, FAVOURABLE]),
)
licences = st.sampled_from(LICENCES)


def severity(decision: Decision) -> int:
    return -OUTCOMES.index(decision.outcome)


@steady
@given(reports, answers | scattered, licences)
def test_every_case_is_decided_and_always_alike(
    scanned: Report, given_answers: dict[str, Any], licence: str | None
) -> None:
    decision = verdict(scanned, given_answers, licence)
    shuffled = dict(reversed(given_answers.items()))

    assert decision == verdict(scanned, shuffled, licence)
    assert decision.outcome in OUTCOMES
    assert decision.basis in {None, *entries("bases")} - {"unknown"}
    assert all(reason.code in entries("reasons") for reason in decision.reasons)
    assert Declaration(given_answers).answers == given_answers


@steady
@given(reports, answers, licences)
def test_the_outcome_is_the_most_severe_of_the_reasons(
    scanned: Report, given_answers: dict[str, Any], licence: str | None
) -> None:
    decision = verdict(scanned, given_answers, licence)
    collected = [OUTCOMES.index(r.outcome) for r in decision.reasons if r.outcome]

    assert OUTCOMES.index(decision.outcome) == min(collected)


@settings(steady, max_examples=300)
@given(reports, answers, licences, findings)
def test_one_more_finding_never_makes_the_outcome_milder(
    scanned: Report, given_answers: dict[str, Any], licence: str | None, more: Finding
) -> None:
    before = verdict(scanned, given_answers, licence)
    after = verdict(replace(scanned, findings=(*scanned.findings, more)), given_answers, licence)

    assert severity(after) >= severity(before)
    assert after.dpo_required >= before.dpo_required


@settings(steady, max_examples=300)
@given(reports, answers, licences, st.data())
def test_a_question_answered_unknown_never_publishes(
    scanned: Report, given_answers: dict[str, Any], licence: str | None, data: st.DataObject
) -> None:
    fields = sorted(set(entries("questions")) - {"dpo_status"})
    field = data.draw(st.sampled_from(fields))

    decision = verdict(scanned, {**given_answers, field: "unknown"}, licence)

    assert not decision.publishes


@steady
@given(reports, findings, answers, licences)
def test_without_a_basis_personal_data_stay_closed(
    scanned: Report, found: Finding, given_answers: dict[str, Any], licence: str | None
) -> None:
    personal = replace(scanned, findings=(replace(found, is_personal=True), *scanned.findings))

    alive = {**given_answers, "persons_status": "living", "latest_birth_date": None}
    fields = ("dcp_publication_basis", "columns_basis")
    decision = verdict(personal, without(alive, *fields), licence)

    assert not decision.publishes
    assert decision.basis is None


@steady
@given(reports, answers, licences)
def test_what_was_not_read_whole_is_opened_by_the_dpo_alone(
    scanned: Report, given_answers: dict[str, Any], licence: str | None
) -> None:
    unread = replace(scanned, status=PARTIAL)

    decision = verdict(unread, {**given_answers, "dpo_status": "requested"}, licence)

    assert not decision.publishes
    assert decision.dpo_required


@steady
@given(
    reports, answers, licences, st.sampled_from(["nir", "iban", "art9_health", "art10_offences"])
)
def test_severe_and_special_data_are_opened_by_the_dpo_alone(
    scanned: Report, given_answers: dict[str, Any], licence: str | None, entity_type: str
) -> None:
    severe = replace(scanned, findings=(*scanned.findings, finding("nom", entity_type)))

    decision = verdict(severe, {**given_answers, "dpo_status": None}, licence)

    assert not decision.publishes
    assert decision.dpo_required


@steady
@given(reports, answers, licences)
def test_a_refusal_of_the_dpo_closes_everything(
    scanned: Report, given_answers: dict[str, Any], licence: str | None
) -> None:
    refused = {**given_answers, "dpo_status": "unfavourable"}

    assert verdict(scanned, refused, licence).outcome == "block"


@steady
@given(reports, answers, licences)
def test_questions_are_few_and_end_with_the_release(
    scanned: Report, given_answers: dict[str, Any], licence: str | None
) -> None:
    asked = questions(scanned, Declaration(given_answers), licence, TODAY)

    assert sum(question.required for question in asked) <= 9
    assert all(set(question.suggested) <= set(question.choices) for question in asked)
    if verdict(scanned, given_answers, licence).publishes:
        assert asked == ()


@pytest.mark.parametrize("way", WAYS)
def test_all_combinations_of_state_data_opinion_and_licence_are_decided(way: str) -> None:
    opinions = [None, *entries("dpo_statuses")]
    kinds = [None, *entries("entity_types")]
    for status, kind, opinion, licence in product(STATUSES, kinds, opinions, LICENCES):
        scanned = report(*([finding("nom", kind)] if kind else []), status=status)

        decision = verdict(scanned, {**WAYS[way], "dpo_status": opinion}, licence)

        if decision.publishes:
            assert status == COMPLETE or opinion == "favourable"
            assert licence != "cc-by" or opinion == "favourable"
            assert opinion not in {"unfavourable", "favourable_conditions"}


def possible(field: str) -> list[Any]:
    """Every answer that a question with choices takes, and one or two of each other kind."""
    question = entries("questions")[field]
    keys = list(entries(question["choices"])) if "choices" in question else ["", "", ""]
    if question["kind"] == "choice":
        return keys
    others: dict[str, list[Any]] = {
        "choices": [[key] for key in keys[:3]] + [keys],
        "secrets": [["none"], keys[1:3], {keys[1]: "lifted", keys[2]: "redacted"}],
        "columns": [["nom"], ["nom", "fonction", "contact"], ["absente"]],
        "columns_basis": [{"nom": "specific_law"}, {"nom": "removed"}],
        "date": ["1850", "2030"],
        "number": [1, 7],
    }
    return others.get(question["kind"], ["https://exemple.fr"])


@pytest.mark.parametrize("basis", [None, *entries("bases")])
def test_any_two_answers_together_are_decided(basis: str | None) -> None:
    """Pairwise over all questions: total, and neither unknown nor personal data without a basis."""
    scanned = report(finding("nom"), finding("contact", "email_work"))
    given_answers = [
        (field, answer) for field in entries("questions") for answer in possible(field)
    ]
    for place, (one, first) in enumerate(given_answers):
        for other, second in given_answers[place + 1 :: 7]:  # each pair of questions, each answer
            answers = {**WAYS.get(basis or "", {}), one: first, other: second}
            decision = verdict(scanned, answers)
            assert decision.outcome in OUTCOMES
            if decision.publishes:
                assert "unknown" not in (first, second)
                assert decision.basis
