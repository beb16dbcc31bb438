"""The publisher's answers: which are possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from ckanext.rgpd.core.errors import InvalidAnswer
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, Entry, entries
from ckanext.rgpd.core.types import Declaration

_MAX_TEXT = 4000  # characters
_MAX_URL = 2000  # characters
_MAX_CHOSEN = 16_384  # columns of the widest sheet of a workbook
_RESOURCE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_Form = Callable[[object], object]


def validate(declaration_answers: Mapping[str, object]) -> Declaration:
    """The declaration made of these answers, empty ones left out.

    Raises :class:`InvalidAnswer` at the first field that no question has, or value that is not
    one of those its question takes.
    """
    checked = {field: check(field, value) for field, value in declaration_answers.items()}
    return Declaration({field: value for field, value in checked.items() if value is not None})


def check(field: str, value: object) -> object:
    """One answer in its stored form, ``None`` for an empty one; raises :class:`InvalidAnswer`."""
    question = entries("questions").get(field)
    if question is None:
        raise InvalidAnswer(field, "the field name of a question")
    if isinstance(value, str):
        value = value.strip()
    if value is None or value in ("", [], ()):
        return None
    if value == UNKNOWN and not question.get("reviewer"):
        return UNKNOWN
    form, expected = _choice_form(question) if "choices" in question else _FORMS[question["kind"]]
    stored = form(value)
    if stored is None:
        raise InvalidAnswer(field, expected)
    return stored


def reviewer_fields() -> frozenset[str]:
    """The fields that only a reviewer may answer; what a publisher sends for them is not kept."""
    return frozenset(key for key, entry in entries("questions").items() if entry.get("reviewer"))


def usable(answers: Mapping[str, object]) -> tuple[dict[str, Any], bool]:
    """The answers that are possible ones, and whether all were.

    One given to an older questionnaire may be so no more: that must not raise in a decision.
    """
    kept: dict[str, Any] = {}
    valid = True
    for field, value in answers.items():
        try:
            kept[field] = check(field, value)
        except InvalidAnswer:  # noqa: PERF203 - each answer stands alone
            valid = False
    return {field: value for field, value in kept.items() if value is not None}, valid


def _choice_form(question: Entry) -> tuple[_Form, str]:
    possible = tuple(entries(question["choices"]))
    listed = ", ".join(possible)
    if question["kind"] == "choices":
        return partial(_some_of, possible), f"a list of some of {listed}"
    return partial(_one_of, possible), f"one of {listed}"


def _one_of(possible: tuple[str, ...], value: object) -> object:
    return value if isinstance(value, str) and value in possible else None


def _some_of(possible: tuple[str, ...], value: object) -> list[str] | None:
    chosen = _several(value)
    if chosen is None or any(item not in possible for item in chosen):
        return None
    return [key for key in possible if key in chosen]


def _several(value: object) -> list[str] | None:
    if isinstance(value, str):
        return [value]  # a form sends a single choice so
    if not isinstance(value, (list, tuple)) or len(value) > _MAX_CHOSEN:
        return None
    return list(dict.fromkeys(value)) if all(isinstance(item, str) for item in value) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        return None
    return value if all(char.isprintable() or char in "\r\n\t" for char in value) else None


def _url(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > _MAX_URL or not value.isprintable():
        return None
    if any(char in " <>\"'\\" for char in value):
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.hostname else None


def _document(value: object) -> str | None:
    if isinstance(value, str) and _RESOURCE_ID.fullmatch(value):
        return value
    return _url(value)


# For each kind of question: the form its answer is stored in, and what to say of another.
_FORMS: Mapping[str, tuple[_Form, str]] = {
    "columns": (_several, "a list of column names"),
    "text": (_text, f"plain text of at most {_MAX_TEXT} characters"),
    "url": (_url, "an address that begins with http:// or https://"),
    "document": (_document, "an http(s) address or the id of a resource"),
}
