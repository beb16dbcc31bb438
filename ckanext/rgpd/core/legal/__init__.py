"""What French law makes of a report: vocabulary, questions, decision.

The rules and their words are the data files of ``data/``; the functions are pure.
"""

from __future__ import annotations

import datetime

from ckanext.rgpd.core.legal.answer import check, reviewer_fields, usable, validate
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.decision import RULES_VERSION, decide
from ckanext.rgpd.core.legal.question import Question, applicable, still_open
from ckanext.rgpd.core.legal.reason import Article, Explanation, article, explain
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries, label, text
from ckanext.rgpd.core.types import Declaration, Report

__all__ = [
    "RULES_VERSION",
    "UNKNOWN",
    "Article",
    "Explanation",
    "Question",
    "article",
    "check",
    "decide",
    "entries",
    "explain",
    "label",
    "questionnaire",
    "questions",
    "reviewer_fields",
    "text",
    "validate",
]


def questions(
    report: Report, declaration: Declaration, licence_id: str | None, today: datetime.date
) -> tuple[Question, ...]:
    """What is still to ask the publisher, most decisive first; ``()`` where the file may go out."""
    decision = decide(report, declaration, licence_id, today)
    if decision.publishes:
        return ()
    return still_open(_case(report, declaration), decision.reasons)


def questionnaire(report: Report, declaration: Declaration) -> tuple[Question, ...]:
    """All questions that apply, answered or not: what a form shows to change earlier answers."""
    return applicable(_case(report, declaration))


def _case(report: Report, declaration: Declaration) -> Case:
    return Case(report, usable(declaration.answers)[0])
