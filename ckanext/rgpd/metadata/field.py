"""The dataset's own fields: what each one takes, and when it must be given (legal.md §7.1).

They are declared in ``fields.yaml``. Values are kept as text: a list as JSON, a yes or no as
``true`` or ``false``, a date as YYYY-MM-DD.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk

from ckanext.rgpd.metadata import vocabulary

MAX_LENGTH = 2000  # characters

ANY = "any"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``required_when`` names other fields, and the values that make it necessary.

    A ``shared`` one is the same for most datasets of an organisation.
    """

    name: str
    kind: str
    group: str
    public: bool
    choices: str | None
    past: bool
    shared: bool
    required_when: Mapping[str, Any]
    words: Mapping[str, Any]

    def text(self, part: str, lang: str) -> str:
        """Its ``label`` or ``help``."""
        return vocabulary.text(self.words, part, lang)

    @property
    def vocabulary(self) -> str | None:
        """The closed list that its values come from."""
        return "true_false" if self.kind == "yes_no" else self.choices

    def check(self, value: Any) -> str:
        """The text to store, empty for an empty value; raises ``Invalid`` with what is wrong."""
        if isinstance(value, str):
            value = value.strip()
        if value is None or value in ("", [], ()):
            return ""
        text = _FORMS[self.kind](self, value)
        if len(text) > MAX_LENGTH:
            raise tk.Invalid(tk._("At most {number} characters.").format(number=MAX_LENGTH))
        return text

    def shown(self, text: str) -> Any:
        """A stored text as ``package_show`` gives it: a list, true or false, or the text."""
        if self.kind in ("choices", "columns", "figures"):
            return json.loads(text)
        if self.kind in ("number", "share"):
            return float(text) if "." in text else int(text)
        return text == "true" if self.kind == "yes_no" else text


def missing(values: Mapping[str, str], fields: Iterable[Field] | None = None) -> dict[str, str]:
    """The empty fields that the others make necessary, each with the field that does so."""
    found = {}
    for field in fields or FIELDS.values():
        if not values.get(field.name):
            for other, wanted in field.required_when.items():
                if _holds(values.get(other), wanted):
                    found[field.name] = other
    return found


def _holds(text: str | None, wanted: Any) -> bool:
    return bool(text) if wanted == ANY else text in wanted


def _text(_field: Field, value: Any) -> str:
    if not isinstance(value, (str, int, float)):
        raise tk.Invalid(tk._("This is not one of the possible values."))
    text = str(value)
    if not all(char.isprintable() or char in "\r\n\t" for char in text):
        raise tk.Invalid(tk._("This is not one of the possible values."))
    return text


def _url(field: Field, value: Any) -> str:
    text = _text(field, value)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or set(text) & set(" <>\"'\\"):
        raise tk.Invalid(tk._("Give a full address, beginning with https://"))
    return text


def _contact(field: Field, value: Any) -> str:
    text = _text(field, value)
    if re.fullmatch(r"[^\s@<>\"']+@[^\s@<>\"']+", text):
        return text
    try:
        return _url(field, text)
    except tk.Invalid as error:
        message = tk._("Give an e-mail address, or a page beginning with https://")
        raise tk.Invalid(message) from error


def _choice(field: Field, value: Any) -> str:
    text = _text(field, value)
    if text not in vocabulary.entries(field.vocabulary or ""):
        raise tk.Invalid(tk._("This is not one of the possible values."))
    return text


def _choices(field: Field, value: Any) -> str:
    """A list; a form sends one choice as a text, and a stored list comes back as JSON."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise tk.Invalid(tk._("This is not one of the possible values.")) from error
    chosen = value if isinstance(value, (list, tuple)) else [value]
    checked = [_choice(field, item) for item in chosen if item != ""]
    possible = vocabulary.entries(field.vocabulary or "")
    return json.dumps([key for key in possible if key in checked]) if checked else ""


def _columns(field: Field, value: Any) -> str:
    """Names of columns: a list, or a text with one a line."""
    names = value.splitlines() if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)):
        raise tk.Invalid(tk._("This is not one of the possible values."))
    checked = [text for name in names if (text := _text(field, name).strip())]
    return json.dumps(list(dict.fromkeys(checked)), ensure_ascii=False) if checked else ""


def _number(field: Field, value: Any) -> str:
    text = _text(field, value).replace(",", ".").replace("\u00a0", "").replace(" ", "")
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,15}(\.\d{1,15})?", text):
        raise tk.Invalid(tk._("Give a number."))
    return text


def _share(field: Field, value: Any) -> str:
    text = _number(field, value)
    if float(text) > 1:
        raise tk.Invalid(tk._("Give a number from 0 to 1."))
    return text


def _figures(field: Field, value: Any) -> str:
    """Numbers by the keys of a list."""
    if not isinstance(value, Mapping):
        raise tk.Invalid(tk._("This is not one of the possible values."))
    given = {key: item for key, item in value.items() if item not in ("", None)}
    checked = {_choice(field, key): float(_number(field, item)) for key, item in given.items()}
    return json.dumps(checked) if checked else ""


def _yes_no(field: Field, value: Any) -> str:
    return _choice(field, str(value).lower())


def _date(field: Field, value: Any) -> str:
    try:
        day = datetime.date.fromisoformat(_text(field, value))
    except ValueError as error:
        raise tk.Invalid(tk._("Give a date as YYYY-MM-DD.")) from error
    if field.past and day > datetime.datetime.now(datetime.timezone.utc).date():
        raise tk.Invalid(tk._("This date is in the future."))
    return day.isoformat()


_FORMS: Mapping[str, Callable[[Field, Any], str]] = {
    "choice": _choice,
    "choices": _choices,
    "columns": _columns,
    "contact": _contact,
    "date": _date,
    "figures": _figures,
    "number": _number,
    "share": _share,
    "text": _text,
    "url": _url,
    "yes_no": _yes_no,
}


def _field(name: str, entry: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        kind=entry["kind"],
        group=entry["group"],
        public=entry["public"],
        choices=entry.get("choices"),
        past=entry.get("past", False),
        shared=entry.get("shared", False),
        required_when=entry.get("required_when", {}),
        words=entry,
    )


def _declared(name: str) -> Mapping[str, Field]:
    return {key: _field(key, entry) for key, entry in vocabulary.load(name).items()}


#: All fields of a dataset that may be written from outside, by name, in the order of the form.
FIELDS = _declared("fields.yaml")

#: What is declared of an anonymised content.
ANONYMISATION = _declared("anonymisation.yaml")
