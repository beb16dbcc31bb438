"""The questionnaire, the short way: only what the declared basis needs, most decisive first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ckanext.rgpd.core.legal.basis import is_archive
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import opens
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, Entry, entries
from ckanext.rgpd.core.types import Reason

_BASIS = "dcp_publication_basis"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask.

    ``key`` is the field name of the answer; its label and line of help are in ``questions``.
    ``kind`` is ``choice``, ``choices`` (several), ``columns`` (several of the file's), ``text``,
    ``url`` or ``document`` (an address or the id of a resource). ``choices`` holds keys of
    ``vocabulary``, or names of columns where there is none; ``suggested`` is one of them that the
    scan found to fit, and comes first.
    """

    key: str
    kind: str
    vocabulary: str | None
    choices: tuple[str, ...]
    required: bool
    suggested: str | None = None


def applicable(case: Case) -> tuple[Question, ...]:
    """All questions that the report and the answers raise, answered or not."""
    basis = case.answers.get(_BASIS)
    if not case.personal and basis in (None, "not_personal"):
        return ()
    return tuple(
        _question(key, entry, case)
        for key, entry in entries("questions").items()
        if key == _BASIS or (basis in entry.get("bases", ()) and _matters(key, case))
    )


def still_open(case: Case, reasons: Iterable[Reason]) -> tuple[Question, ...]:
    """The questions without an answer, or whose answer is itself a reason to stay closed.

    Nothing else is asked while the basis itself does not stand, nor where no answer is missing
    that could change the outcome.
    """
    refused = {entries("reasons")[r.code].get("field") for r in reasons if not opens(r)}
    asked = tuple(
        question
        for question in applicable(case)
        if question.key in refused or case.given(question.key) is None
    )
    if asked and asked[0].key == _BASIS:
        return asked[:1]
    return asked if any(question.required for question in asked) else ()


def _matters(key: str, case: Case) -> bool:
    if key == "covered_columns":
        return case.personal and case.one_place is None
    if key == "public_need_statement":
        category = case.given("d312_category")
        return category is None or not is_archive(category)
    return True


def _question(key: str, entry: Entry, case: Case) -> Question:
    vocabulary = entry.get("choices")
    suggested = _suggestion(key, case)
    choices = case.personal_columns if entry["kind"] == "columns" else []
    if vocabulary:
        choices = sorted(entries(vocabulary), key=lambda choice: choice != suggested)
    return Question(key, entry["kind"], vocabulary, tuple(choices), entry["required"], suggested)


def _suggestion(key: str, case: Case) -> str | None:
    """The category that the scan suggests, where its findings do not point to several."""
    suggested = {f.suggested_basis for f in case.report.personal if f.suggested_basis}
    if len(suggested) != 1 or not suggested <= set(entries("d312_categories")) - {UNKNOWN}:
        return None
    return {_BASIS: "d312_1_3", "d312_category": suggested.pop()}.get(key)
