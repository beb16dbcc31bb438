"""The questionnaire as a form: screens of questions, and what came back from it."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from werkzeug.datastructures import MultiDict

from ckanext.rgpd import answers, decisions, wording
from ckanext.rgpd.core import legal, types
from ckanext.rgpd.model import Version

BASIS = "dcp_publication_basis"
#: Screens that are shown folded while nothing in them is necessary or answered.
_FOLDED = ("persons", "document", "secrets", "sector", "licence")

Question = dict[str, Any]


def form(
    version: Version, report: types.Report, typed: dict[str, Any], reasons: list[dict[str, Any]]
) -> dict[str, Any]:
    """What the form shows of a content; ``reasons`` are those of the decision on it.

    ``basis`` is the first question and ``chosen`` its answer, ``bases`` the questions of each
    basis that may be chosen, ``screens`` those that do not depend on it; ``answers`` what was
    typed, or answered so far, ``reused`` which of them come from the dataset, ``offered`` the title
    of the organisation's dataset that an answer not saved yet comes from, and ``problems`` what an
    answer that was saved makes of the file, by question.
    """
    offers = answers.offered(version, getattr(current_user, "name", ""))
    offered = {field: offer.value for field, offer in offers.items()}
    shown = {**offered, **answers.prefilled(version), **typed}
    given = {key: value for key, value in shown.items() if value not in ("", [])}
    raised = [wording.question(item) for item in decisions.questionnaire(version, given, report)]
    rules = legal.entries("questions")
    own = [item for item in raised if item["key"] != BASIS and "bases" not in rules[item["key"]]]
    by_basis = _by_basis(version, given, report)
    category = shown.get("d312_category")
    problems = {} if typed else _problems(reasons, given)
    return {
        "answers": shown,
        "chosen": category if category in by_basis else shown.get(BASIS),
        "reused": sorted(answers.reused(version).keys() - answers.own(version).keys()),
        "basis": next((item for item in raised if item["key"] == BASIS), None),
        "bases": by_basis,
        "offered": {field: offer.dataset for field, offer in offers.items() if field not in typed},
        "problems": problems,
        "screens": _screens(own, (given.keys() - answers.reused(version).keys()) | problems.keys()),
    }


def _problems(reasons: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, list[str]]:
    """Why the file stays closed, at the answer that is the reason."""
    problems: dict[str, list[str]] = {}
    for reason in reasons:
        if reason["blocks"] and reason["field"] in given:
            columns = ", ".join(reason["columns"])
            sentence = reason["sentence"] + (f" ({columns})" if columns else "")
            problems.setdefault(reason["field"], []).append(sentence)
    for field, key in legal.contradictions(given):
        problems.setdefault(field, []).append(wording.label("contradictions", key))
    return problems


def _by_basis(
    version: Version, given: dict[str, Any], report: types.Report
) -> dict[str, list[Question]]:
    """For each basis, and the category that the scan suggests, its own questions."""
    rules = legal.entries("questions")
    choices = decisions.questionnaire(version, {BASIS: legal.UNKNOWN}, report)[0].choices
    return {
        basis: [
            wording.question(item)
            for item in decisions.questionnaire(version, _with(given, basis), report)
            if "bases" in rules[item.key] and not _is_settled(basis, item.key)
        ]
        for basis in choices
    }


def _with(given: dict[str, Any], basis: str) -> dict[str, Any]:
    """The answers with another basis; the category goes with the basis that it was told for."""
    kept = {key: value for key, value in given.items() if key != "d312_category"}
    return {**(given if basis == given.get(BASIS) else kept), BASIS: basis}


def _is_settled(basis: str, key: str) -> bool:
    """Whether the choice of a category as the basis answers this question already."""
    return basis.startswith("d312_") and basis != "d312_1_3" and key == "d312_category"


def _screens(questions: list[Question], given: set[str]) -> list[dict[str, Any]]:
    """The questions under the titles of their screens, in order."""
    screens = []
    for key in legal.entries("screens"):
        inside = [question for question in questions if question["screen"] == key]
        if inside:
            needed = any(question["required"] or question["key"] in given for question in inside)
            screens.append(
                {
                    "key": key,
                    "title": wording.label("screens", key),
                    "questions": inside,
                    "folded": key in _FOLDED and not needed,
                }
            )
    return screens


def typed(form: MultiDict[str, str]) -> dict[str, Any]:
    """The answers of the form; questions that it did not show are not in it."""
    questions = legal.entries("questions")
    found: dict[str, Any] = {}
    for key in questions.keys() & set(form):
        several = questions[key]["kind"] in ("choices", "columns", "secrets")
        values = [value for value in form.getlist(key) if value]
        found[key] = values if several else form[key].strip()
    return found
