"""``rgpd decide``: the law's verdict on answers, and on what a scan found, without CKAN."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ckanext.rgpd.core import legal
from ckanext.rgpd.core.errors import InvalidAnswer, RgpdError
from ckanext.rgpd.core.types import (
    COMPLETE,
    PARTIAL,
    Column,
    Decision,
    Declaration,
    Finding,
    Reason,
    Report,
)

#: Keys of the answers that tell the licence of the dataset; it is a fact, not a question.
_LICENCE = ("Q18", "q18", "license_id")


class Unusable(RgpdError):
    """A file that is not what the command takes; the message says which and why."""


def verdict(
    answers: Mapping[str, Any], report: Report | None, today: datetime.date, lang: str
) -> dict[str, Any]:
    """The outcome with all reasons, articles and open questions, ready for JSON.

    ``answers`` are keyed by number (Q01 ... Q18), by field, or both. Of several bases claimed the
    first that publishes is taken, in the order of the law. ``errors`` names each answer that is
    not a possible one; the others are kept.
    """
    licence = next((answers[key] for key in _LICENCE if answers.get(key)), None)
    licence = licence if isinstance(licence, str) else None
    told = {key: value for key, value in answers.items() if key not in _LICENCE}
    tried = [
        (given, legal.decide(report, Declaration(given), licence, today))
        for given in legal.by_field(told)
    ]
    given, decision = next((one for one in tried if one[1].publishes), tried[0])
    asked = legal.questions(report, Declaration(given), licence, today)
    return {
        "outcome": decision.outcome,
        "label": legal.label("outcomes", decision.outcome, lang),
        "publishes": decision.publishes,
        "basis": decision.basis,
        "dpo_required": decision.dpo_required,
        "release_date": decision.release_date,
        "end_date": decision.end_date,
        "reasons": [_reason(reason, lang) for reason in decision.reasons],
        "questions": [{"key": q.key, "number": q.number, **_words(q.key, lang)} for q in asked],
        "errors": _errors(given),
        **_rules(decision, today),
    }


def read_answers(path: Path) -> dict[str, Any]:
    """The answers of a JSON file; raises :class:`Unusable`."""
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Unusable(f"{path.name}: not a JSON file ({type(error).__name__})") from error
    if not isinstance(answers, dict):
        raise Unusable(f"{path.name}: expected one object, with an answer for each question")
    return answers


def read_report(path: Path) -> Report:
    """The report that ``rgpd scan --format jsonl --all`` wrote on one file.

    Raises :class:`Unusable` where it is empty (a clean file has its columns too, with ``--all``),
    on several files, or not such a report.
    """
    try:
        text = path.read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        report = _report(lines) if lines else None
        files = {line["file"] for line in lines}
    except (OSError, ValueError, RecursionError, LookupError, TypeError) as error:
        kind = type(error).__name__
        raise Unusable(f"{path.name}: not a report of rgpd scan --format jsonl ({kind})") from error
    if report is None:
        raise Unusable(f"{path.name}: empty; write it with rgpd scan --format jsonl --all")
    if len(files) > 1:
        raise Unusable(f"{path.name}: {len(files)} files; give the report on one")
    return report


def _report(lines: list[dict[str, Any]]) -> Report:
    places = {(line["column"], line["column_index"]): line["rows"] for line in lines}
    found = [{**line, "first_at": line["first_at"] or ""} for line in lines if line["entity_type"]]
    return Report(
        status=COMPLETE if all(line["complete"] is True for line in lines) else PARTIAL,
        sha256="",
        size=0,
        rows=max(places.values()),
        columns=tuple(Column(name, index, rows) for (name, index), rows in places.items()),
        findings=tuple(Finding.from_dict(line) for line in found),
        engine="",
        rules_version="",
    )


def _reason(reason: Reason, lang: str) -> dict[str, Any]:
    words = legal.explain(reason.code, lang)
    return {
        "code": reason.code,
        "outcome": reason.outcome,
        "columns": list(reason.columns),
        "field": legal.field_of(reason),
        "sentence": words.sentence,
        "remedy": words.remedy,
        "articles": [{"label": item.label, "url": item.url} for item in words.articles],
    }


def _words(key: str, lang: str) -> dict[str, str]:
    return {part: legal.text("questions", key, part, lang) for part in ("label", "help")}


def _errors(given: Mapping[str, Any]) -> dict[str, str]:
    """For each answer that is not a possible one, what is expected."""
    errors = {}
    for field, value in legal.in_short(given).items():
        try:
            legal.check(field, value)
        except InvalidAnswer as error:  # noqa: PERF203 - each answer stands alone
            errors[field] = error.expected
    return errors


def _rules(decision: Decision, today: datetime.date) -> dict[str, str]:
    return {"rules_version": decision.rules_version, "today": today.isoformat()}
