"""The publisher's answers: which are possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from ckanext.rgpd.core.errors import InvalidAnswer
from ckanext.rgpd.core.legal.dates import last_day
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, Entry, entries
from ckanext.rgpd.core.types import Declaration

_MAX_TEXT = 4000  # characters
_MAX_URL = 2000  # characters
_MAX_CHOSEN = 16_384  # columns of the widest sheet of a workbook
_RESOURCE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_MAX_DIGITS = 15
_PENDING = "pending"

_Form = Callable[[object], object]


def validate(declaration_answers: Mapping[str, object]) -> Declaration:
    """The declaration made of these answers, empty ones left out.

    Raises :class:`InvalidAnswer` at the first field that no question has, or value that is not
    one of those its question takes.
    """
    given = in_short(declaration_answers)
    checked = {field: check(field, value) for field, value in given.items()}
    return Declaration({field: value for field, value in checked.items() if value is not None})


def in_short(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers, a category of D. 312-1-3 given as the basis told as the two answers it is."""
    category = answers.get("dcp_publication_basis")
    if isinstance(category, str) and category != UNKNOWN and category in entries("d312_categories"):
        return {**answers, "dcp_publication_basis": "d312_1_3", "d312_category": category}
    return dict(answers)


def check(field: str, value: object) -> object:
    """One answer in its stored form, ``None`` for an empty one; raises :class:`InvalidAnswer`."""
    question = entries("questions").get(field)
    if question is None:
        raise InvalidAnswer(field, "the field name of a question")
    if isinstance(value, str):
        value = value.strip()
    if value is None or value in ("", [], (), {}):
        return None
    if not question.get("reviewer") and _is_unknown(question, value):
        return UNKNOWN
    form, expected = _choice_form(question) if "choices" in question else _FORMS[question["kind"]]
    stored = form(value)
    if stored is None:
        raise InvalidAnswer(field, expected)
    return stored


def _is_unknown(question: Entry, value: object) -> bool:
    """Whether the answer is ``unknown``, or one of several vocabulary keys that it names is."""
    among = "choices" in question and isinstance(value, (list, tuple, Mapping))
    return value == UNKNOWN or (among and UNKNOWN in list(value))  # type: ignore[call-overload]


def reviewer_fields() -> frozenset[str]:
    """The fields that only a reviewer may answer; what a publisher sends for them is not kept."""
    return frozenset(key for key, entry in entries("questions").items() if entry.get("reviewer"))


def usable(answers: Mapping[str, object]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers that are possible ones, and the fields of those that are not.

    One given to an older questionnaire may be so no more: that must not raise in a decision.
    """
    kept: dict[str, Any] = {}
    impossible = []
    for field, value in in_short(answers).items():
        try:
            kept[field] = check(field, value)
        except InvalidAnswer:  # noqa: PERF203 - each answer stands alone
            impossible.append(field)
    return {field: value for field, value in kept.items() if value is not None}, tuple(impossible)


def _choice_form(question: Entry) -> tuple[_Form, str]:
    possible = tuple(entries(question["choices"]))
    listed = ", ".join(possible)
    if question["kind"] == "choices":
        return partial(_some_of, possible), f"a list of some of {listed}"
    if question["kind"] == "secrets":
        return partial(_secrets, possible), f"a list of some of {listed}, “none” alone"
    return partial(_one_of, possible), f"one of {listed}"


def _one_of(possible: tuple[str, ...], value: object) -> object:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return value if isinstance(value, str) and value in possible else None


def _some_of(possible: tuple[str, ...], value: object) -> list[str] | None:
    chosen = _several(value)
    if chosen is None or any(item not in possible for item in chosen):
        return None
    return [key for key in possible if key in chosen]


def _secrets(possible: tuple[str, ...], value: object) -> dict[str, str] | None:
    """Secrets with what becomes of each (``pending``: as ``secret_treatment`` says for all)."""
    states = value if isinstance(value, Mapping) else dict.fromkeys(_several(value) or (), _PENDING)
    allowed = (_PENDING, *entries("secret_treatments"))
    if not states or any(state not in allowed for state in states.values()):
        return None
    if any(key not in possible for key in states) or ("none" in states and len(states) > 1):
        return None
    return {key: str(states[key]) for key in possible if key in states}


def _columns_basis(value: object) -> dict[str, str] | None:
    if not isinstance(value, Mapping) or len(value) > _MAX_CHOSEN:
        return None
    possible = [*entries("bases"), "removed"]
    possible = [basis for basis in possible if basis not in (UNKNOWN, "none")]
    given = [isinstance(key, str) and basis in possible for key, basis in value.items()]
    return dict(value) if all(given) else None


def _date(value: object) -> str | None:
    return value if isinstance(value, str) and last_day(value) else None


def _number(value: object) -> int | float | None:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value) if len(value) <= _MAX_DIGITS else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if 0 <= value < 10**_MAX_DIGITS else None


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
    "columns_basis": (_columns_basis, "a dictionary of columns, each with its basis or “removed”"),
    "date": (_date, "a date: 1930, 1930-05 or 1930-05-31"),
    "number": (_number, "a number, 0 or more"),
    "document": (_document, "an http(s) address or the id of a resource"),
}
