"""The words of the core's machine keys, in the reader's language."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.helpers import helper_functions as h
from flask import has_request_context

from ckanext.rgpd import portal_rules
from ckanext.rgpd.core import judgement, legal, types
from ckanext.rgpd.core.notes import sentence
from ckanext.rgpd.core.place import in_words
from ckanext.rgpd.metadata import vocabulary


def lang() -> str:
    """The reader's language, French or English: the law is worded in no other."""
    reader = h.lang() if has_request_context() else tk.config["ckan.locale_default"]
    return "fr" if str(reader).startswith("fr") else "en"


def label(kind: str, key: str) -> str:
    """The label of a key of a legal vocabulary."""
    return vocabulary.label(kind, key, lang())


def entity_type(key: str) -> str:
    """The label of a kind of personal data, a portal's own among them."""
    if key not in legal.entries("entity_types"):
        return portal_rules.entity_type(key, lang())
    return label("entity_types", key)


def choices(kind: str) -> list[dict[str, str]]:
    """A vocabulary as a form's options, in the order of the law."""
    return [{"value": key, "text": label(kind, key)} for key in vocabulary.entries(kind)]


def reason(item: dict[str, Any]) -> dict[str, Any]:
    """A reason with its sentence, its remedy, its article, and the question that it is about."""
    rule = legal.entries("reasons").get(item["code"], {})
    if not rule and item["code"] != judgement.REASON:
        return {**portal_rules.explained(item, lang()), "blocks": _blocks(item), "field": None}
    explanation = _explain(item["code"])
    return {
        "code": item["code"],
        "outcome": item.get("outcome"),
        "blocks": _blocks(item),
        "columns": list(item.get("columns") or ()),
        "field": item.get("field") or rule.get("field"),
        **asdict(explanation),
    }


def _blocks(item: dict[str, Any]) -> bool:
    return item.get("outcome") not in (None, *types.PUBLISHING)


def main_reason(reasons: list[dict[str, Any]]) -> str:
    """The sentence of what keeps a file closed: of the worst outcome, the first."""
    order = list(legal.entries("outcomes"))
    blocking = [item for item in reasons if item["blocks"]]
    worst = min(blocking, key=lambda item: order.index(item["outcome"]), default=None)
    return worst["sentence"] if worst else ""


def _explain(code: str) -> legal.Explanation:
    """A reason of the law in words, or the one that is ours."""
    if code != judgement.REASON:
        return legal.explain(code, lang())
    sentence = tk._("The data protection officer judged that these data are not personal.")
    remedy = tk._("The judgement can be revoked; it ends once the column looks different.")
    return legal.Explanation(code, sentence, remedy, ())


def public_need(category: str) -> str:
    """Why the public needs a category that the scan itself suggested, where nobody said it."""
    entry = legal.entries("d312_categories").get(category, {})
    return legal.text("d312_categories", category, "need", lang()) if "need" in entry else ""


def problem(report: types.Report) -> str:
    """One sentence on why a file was not read whole, and the way on; empty if it was."""
    if report.complete:
        return ""
    sentence = _problems().get(report.problem or "", _problems()["engine_error"])
    if report.problem_place:
        sentence += f" ({in_words(report.problem_place, lang())})"
    return sentence


def notes(report: types.Report) -> list[str]:
    """What else to know about the reading, a sentence each."""
    return [sentence(note, lang()) for note in report.notes]


def _problems() -> dict[str, str]:
    return {
        "empty": tk._("This file is empty: there is nothing to publish. Send the right file."),
        "binary": tk._(
            "This file is named as a table or a text but holds something else. "
            "Export it again, or give it its true extension."
        ),
        "wrong_extension": tk._(
            "This file's content is not what its extension says. Give it its true extension."
        ),
        "unknown_format": tk._(
            "This kind of file cannot be read, so nobody can say whether it holds personal data. "
            "Send it as CSV, XLSX, JSON or PDF, or ask the data protection officer."
        ),
        "corrupt": tk._(
            "This file is damaged and could not be read. Open it, save it again and send it anew."
        ),
        "encrypted": tk._(
            "This file is protected by a password and could not be read. "
            "Remove the protection and send it again."
        ),
        "no_text_layer": tk._(
            "Some pages are only pictures and could not be read. "
            "Send a file with text, or ask the data protection officer."
        ),
        "too_large": tk._(
            "This file is larger than what can be read whole. "
            "Split it, or ask the portal's administrator."
        ),
        "timeout": tk._(
            "Reading this file took too long and was stopped. "
            "Split it, or ask the portal's administrator."
        ),
        "no_text_engine": tk._(
            "This portal has no language model, so the free text was not read. "
            "Ask the portal's administrator, or the data protection officer."
        ),
        "not_fetched": tk._(
            "The portal could not read what stands behind this address. "
            "Check that anybody can open it, or send the file itself."
        ),
        "not_public": tk._(
            "This address does not lead to the public internet, where anybody can read it. "
            "Correct it, or send the file itself."
        ),
        "not_a_file": tk._(
            "This address leads to a page or a service, of which nobody can say that all was "
            "read. Give the address of a file, or wait for the data protection officer."
        ),
        "engine_error": tk._(
            "The scan failed. Start it again; if it fails again, ask the portal's administrator."
        ),
    }


def question(item: legal.Question) -> dict[str, Any]:
    """A question with its label, its line of help and its worded choices."""
    return {
        **asdict(item),
        "articles": [
            asdict(legal.article(key, lang()))
            for key in legal.entries("questions")[item.key]["articles"]
        ],
        "label": legal.text("questions", item.key, "label", lang()),
        "help": legal.text("questions", item.key, "help", lang()),
        "options": [_option(item.vocabulary, key) for key in item.choices],
    }


def _option(vocabulary: str | None, key: str) -> dict[str, str]:
    if vocabulary is None:
        return {"value": key, "text": key, "help": ""}
    if key not in legal.entries(vocabulary):  # a category of the decree, told as the basis
        vocabulary = "d312_categories"
    entry = legal.entries(vocabulary)[key]
    help_text = legal.text(vocabulary, key, "help", lang()) if "help" in entry else ""
    return {"value": key, "text": label(vocabulary, key), "help": help_text}


def basis_articles(basis: str) -> list[legal.Article]:
    """The articles behind a basis of publication."""
    entry = legal.entries("bases").get(basis, {})
    return [legal.article(key, lang()) for key in entry.get("articles", ())]


def question_label(key: str) -> str:
    """The wording of a question; its key where a portal's own rules ask it."""
    return label("questions", key)


def in_order(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers in the order of their questions: the database gives them back in its own."""
    order = list(legal.entries("questions"))
    return {key: answers[key] for key in [*order, *answers] if key in answers}


def answer(key: str, value: Any) -> str:
    """An answer in words."""
    vocabulary = legal.entries("questions").get(key, {}).get("choices")
    values = value if isinstance(value, (list, dict)) else [value]
    words = (label(vocabulary, str(item)) if vocabulary else str(item) for item in values)
    return ", ".join(words)
