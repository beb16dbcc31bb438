"""What French law makes of a report: vocabulary, questions, decision.

The rules and their words are the data files of ``data/``; the functions are pure.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ckanext.rgpd.core.legal.answer import check, in_short, reviewer_fields, usable, validate
from ckanext.rgpd.core.legal.asking import open_questions
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.decision import RULES_VERSION, decide, verdict
from ckanext.rgpd.core.legal.given import contradictions as _contradictions
from ckanext.rgpd.core.legal.numbered import by_field
from ckanext.rgpd.core.legal.question import BASIS, Question, applicable
from ckanext.rgpd.core.legal.reason import Article, Explanation, article, explain, field_of
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries, label, text
from ckanext.rgpd.core.types import Declaration, Report

__all__ = [
    "RULES_VERSION",
    "UNKNOWN",
    "Article",
    "Explanation",
    "Question",
    "article",
    "by_field",
    "check",
    "contradictions",
    "dataset_fields",
    "decide",
    "entries",
    "explain",
    "field_of",
    "in_short",
    "label",
    "offered",
    "questionnaire",
    "questions",
    "reusable",
    "reviewer_fields",
    "text",
    "validate",
]


def questions(
    report: Report | None,
    declaration: Declaration,
    licence_id: str | None,
    today: datetime.date,
) -> tuple[Question, ...]:
    """What is still to ask the publisher, most decisive first; ``()`` where the file may go out."""
    answers, impossible = usable(declaration.answers)
    case = Case(report, answers, licence_id, today)
    decision = verdict(case, impossible)
    if decision.publishes:
        return ()
    return open_questions(case, decision.reasons, verdict)


def questionnaire(
    report: Report | None, declaration: Declaration, today: datetime.date
) -> tuple[Question, ...]:
    """All questions that apply, answered or not: what a form shows to change earlier answers."""
    return applicable(Case(report, usable(declaration.answers)[0], None, today))


def contradictions(answers: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each contradiction of the answers: the question where it is shown, and its key."""
    return _contradictions(Case(None, usable(answers)[0], None, datetime.date.min))


def dataset_fields() -> frozenset[str]:
    """The questions that a dataset's own field of the same name answers for all its files.

    A basis and its conditions are not among them: they are told for each file.
    """
    told = {BASIS, "dcp_presence", "anonymisation_status", "dpo_status"}
    questions = entries("questions").items()
    return frozenset(key for key, entry in questions if "bases" not in entry and key not in told)


def reusable() -> frozenset[str]:
    """The fields whose answer for one file holds for the dataset's other files too."""
    return frozenset(key for key, entry in entries("questions").items() if entry.get("reuse"))


def offered(field: str, value: object) -> bool:
    """Whether an answer for another dataset of the organisation is worth offering here.

    It never is a basis or one of its conditions, nor what holds without an answer.
    """
    question = entries("questions").get(field, {})
    settled = question.get("presumed") and value == question.get("favourable")
    return bool(question.get("offer")) and not settled
