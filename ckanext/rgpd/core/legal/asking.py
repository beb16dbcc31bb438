"""Asks little: only what can still change the outcome, the most decisive first.

Whether an answer matters is computed, not listed: every other open question is answered in the
way that opens most, the DPO is taken to agree, and each possible answer is put to ``decide()``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from ckanext.rgpd.core.legal.answer import in_short
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.question import BASIS, Question, applicable
from ckanext.rgpd.core.legal.reason import field_of, opens
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries
from ckanext.rgpd.core.types import Decision, Reason

Decide = Callable[[Case], Decision]


def open_questions(case: Case, reasons: Iterable[Reason], decide: Decide) -> tuple[Question, ...]:
    """The questions to ask now, most decisive first.

    Those without an answer, with ``unknown`` for one, or whose answer is itself a reason to stay
    closed; none whose every answer leads to the same outcome.
    """
    refused = {field_of(reason) for reason in reasons if not opens(reason)}
    asked = [question for question in applicable(case) if _is_open(question, case, refused)]
    if any(question.key == BASIS for question in asked):
        # What a basis needs is asked once it is chosen; the rest does not depend on it.
        asked = [
            question for question in asked if "bases" not in entries("questions")[question.key]
        ]
    spread = {question.key: _spread(case, question, decide) for question in asked}
    decisive = [question for question in asked if spread[question.key]]
    return tuple(sorted(decisive, key=lambda question: -spread[question.key]))


def _is_open(question: Question, case: Case, refused: set[str | None]) -> bool:
    answer = case.answers.get(question.key)
    if answer is None:
        return question.required
    return answer == UNKNOWN or question.key in refused


def _spread(case: Case, question: Question, decide: Decide) -> int:
    """How far apart the outcomes of a question's answers lie; 0 where all lead to one."""
    order = list(entries("outcomes"))
    outcomes = {
        order.index(decide(_completed(_with(case, question.key, answer))).outcome)
        for answer in _answers(question, case)
    }
    return max(outcomes) - min(outcomes)


def _answers(question: Question, case: Case) -> list[Any]:
    """One answer of each kind that the question takes, ``unknown`` among them."""
    if question.kind == "choice":
        return [*(choice for choice in question.choices if choice != UNKNOWN), UNKNOWN]
    return [_best(question, case), UNKNOWN]


def _completed(case: Case) -> Case:
    """The case with every open question answered in the way that opens most."""
    case = _with(case, "dpo_status", "favourable")
    while missing := _missing(case):
        answers = {question.key: _best(question, case) for question in missing}
        case = replace(case, answers={**case.answers, **answers})
    return case


def _missing(case: Case) -> list[Question]:
    return [
        question
        for question in applicable(case, perhaps_required=True)
        if question.required and question.key not in case.answers
    ]


def _with(case: Case, field: str, answer: Any) -> Case:
    return replace(case, answers=in_short({**case.answers, field: answer}))


def _best(question: Question, case: Case) -> Any:
    entry = entries("questions")[question.key]
    if "favourable" in entry:
        return entry["favourable"]
    if question.kind in ("choices", "columns"):
        return [choice for choice in question.choices if choice != UNKNOWN]
    if question.kind == "choice":
        return question.choices[0]
    return _SAMPLES[question.kind]


_SAMPLES = {
    "text": "…",
    "url": "https://exemple.fr",
    "document": "https://exemple.fr",
    "date": "1600",
    "secrets": {"none": "pending"},
}
