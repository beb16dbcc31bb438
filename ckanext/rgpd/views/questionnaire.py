"""The questionnaire as a form: screens of questions, and what came back from it."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from werkzeug.datastructures import MultiDict

from ckanext.rgpd import answers, decisions, wording
from ckanext.rgpd.core import legal, types
from ckanext.rgpd.model import Version

BASIS = "dcp_publication_basis"

Question = dict[str, Any]


def form(
    version: Version, report: types.Report, typed: dict[str, Any], reasons: list[dict[str, Any]]
) -> dict[str, Any]:
    """What the form shows of a content; ``reasons`` are those of the decision on it.

    ``basis`` is the first question and ``chosen`` its answer, ``bases`` the questions of each
    basis that may be chosen, ``screens`` those that do not depend on it: first what can still
    change the outcome, the rest folded, and the basis too where it is ``settled``. ``answers`` is
    what was typed, or answered so far, ``reused`` which of them come from the dataset, ``offered``
    the title of the organisation's dataset that an answer not saved yet comes from, and
    ``problems`` what an answer that was saved makes of the file, by question.
    """
    offers = answers.offered(version, getattr(current_user, "name", ""))
    offered = {field: offer.value for field, offer in offers.items()}
    shown = {**offered, **answers.prefilled(version), **typed}
    given = {key: value for key, value in shown.items() if value not in ("", [])}
    problems = {} if typed else _problems(reasons, given)
    asked = [item.key for item in decisions.questions(version, answers.own(version), report)]
    now = {*asked, *problems, *offered, *(key for key, value in typed.items() if value)}
    raised = [wording.question(item) for item in decisions.questionnaire(version, given, report)]
    rules = legal.entries("questions")
    own = [item for item in raised if item["key"] != BASIS and "bases" not in rules[item["key"]]]
    by_basis = _by_basis(version, given, report, now)
    category = shown.get("d312_category")
    chosen = category if category in by_basis else shown.get(BASIS)
    followed = by_basis.get(chosen or "", {"asked": [], "more": []})["asked"]
    return {
        "answers": shown,
        "chosen": chosen,
        "settled": bool(answers.own(version).get(BASIS))
        and not now & {BASIS, *(item["key"] for item in followed)},
        "reused": sorted(answers.reused(version).keys() - answers.own(version).keys()),
        "offered": {field: offer.dataset for field, offer in offers.items() if field not in typed},
        "problems": problems,
        "asked": asked,
        "basis": next((item for item in raised if item["key"] == BASIS), None),
        "bases": by_basis,
        "screens": _screens([item for item in own if item["key"] in now]),
        "answered": _screens(
            [item for item in own if item["key"] in given and item["key"] not in now]
        ),
        "more": _screens([item for item in own if item["key"] not in {*given, *now}]),
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
    version: Version, given: dict[str, Any], report: types.Report, now: set[str]
) -> dict[str, dict[str, list[Question]]]:
    """For each basis, and the category that the scan suggests, what it needs and what it may say.

    What is in ``now`` is shown with what it needs.
    """
    rules = legal.entries("questions")
    choices = decisions.questionnaire(version, {BASIS: legal.UNKNOWN}, report)[0].choices
    found = {}
    for basis in choices:
        own = [
            wording.question(item)
            for item in decisions.questionnaire(version, _with(given, basis), report)
            if "bases" in rules[item.key] and not _is_settled(basis, item.key)
        ]
        needed = [item for item in own if _is_needed(basis, item) or item["key"] in now]
        found[basis] = {"asked": needed, "more": [item for item in own if item not in needed]}
    return found


def _is_needed(basis: str, question: Question) -> bool:
    """Whether a basis needs the answer. A category that the scan suggests asks for no more."""
    suggested = basis in legal.entries("d312_categories")
    rule = legal.entries("questions")[question["key"]]
    return bool(question["required"] or (rule.get("required") and not suggested))


def _with(given: dict[str, Any], basis: str) -> dict[str, Any]:
    """The answers with another basis; the category goes with the basis that it was told for."""
    kept = {key: value for key, value in given.items() if key != "d312_category"}
    return {**(given if basis == given.get(BASIS) else kept), BASIS: basis}


def _is_settled(basis: str, key: str) -> bool:
    """Whether the choice of a category as the basis answers this question already."""
    return basis.startswith("d312_") and basis != "d312_1_3" and key == "d312_category"


def _screens(questions: list[Question]) -> list[dict[str, Any]]:
    """The questions under the titles of their screens, in order."""
    inside = {
        key: [question for question in questions if question["screen"] == key]
        for key in legal.entries("screens")
    }
    return [
        {"key": key, "title": wording.label("screens", key), "questions": found}
        for key, found in inside.items()
        if found
    ]


def typed(form: MultiDict[str, str]) -> dict[str, Any]:
    """The answers of the form; questions that it did not show are not in it."""
    questions = legal.entries("questions")
    found: dict[str, Any] = {}
    for key in questions.keys() & set(form):
        several = questions[key]["kind"] in ("choices", "columns", "secrets")
        values = [value for value in form.getlist(key) if value]
        found[key] = values if several else form[key].strip()
    return found
