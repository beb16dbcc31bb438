"""Answers keyed by the numbers of the procedure (Q01 ... Q18), as answers keyed by field.

``yes``, ``no`` and ``unknown`` are taken for every number (also ``true``, ``false``, ``U``,
``oui``, ``non``); besides, the words of the table of the procedure and the keys of the field
that a number stands for. Any other value is kept as that field's answer, for ``validate`` to
judge. Keys that are field names already are left as they are, and win.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.rgpd.core.legal.vocabulary import UNKNOWN

_BASIS = "dcp_publication_basis"
_WORDS = {"oui": "yes", "true": "yes", "ok": "yes", "non": "no", "false": "no", "u": UNKNOWN}

# For each number: the field it stands for, and its answers in words.
_FIELDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "Q01": ("admin_document", {}),
    "Q02": ("document_status", {"yes": "finished", "no": "draft"}),
    "Q03": ("agent_authorised", {}),
    "Q04": ("third_party_rights", {"yes": "unlicensed", "no": "none"}),
    "Q05": ("secrets_present", {"yes": ["s5_2h_other_legal_secret"], "no": ["none"]}),
    "Q06": ("secret_treatment", {"yes": "redactable", "no": "not_redactable"}),
    "Q07": ("dcp_presence", {"yes": "personal", "no": "none"}),
    "Q08": ("register_status", {"yes": "entered", "no": "missing"}),
    "Q11": (
        "communicability",
        {
            "yes": "everyone",
            "full": "everyone",
            "no": "interested_only",
            "reserved": "interested_only",
        },
    ),
    "Q14b": (
        "persons_status",
        {"yes": "living", "alive": "living", "no": "deceased", "dead": "deceased"},
    ),
    "Q15": ("anonymisation_feasible", {"pseudonymised": "pseudonymised_only"}),
    "Q16": ("sector", {"no": "none"}),
    "Q17": (
        "dpo_status",
        {
            "positive": "favourable",
            "negative": "unfavourable",
            "pending": "requested",
            "no": "not_required",
        },
    ),
}
# The numbers that claim a basis, in the order in which bases are tried, and with which words.
_CLAIMS: Mapping[str, tuple[str, frozenset[str]]] = {
    "Q10": ("specific_law", frozenset({"yes"})),
    "Q12": ("d312_1_3", frozenset({"yes", "partly"})),
    "Q13": ("archive_delay", frozenset({"yes", "expired", "running"})),
    "Q14": ("explicit_consent", frozenset({"yes", "partial"})),
    "Q15": ("anonymised", frozenset({"done"})),
}
#: What else the answers to some numbers say.
_SAID: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("Q09", "no"): {"minors_present": "no"},
    ("Q09", "yes"): {"dcp_presence": "special_category"},
    ("Q09", UNKNOWN): {"minors_present": UNKNOWN},
    ("Q09", "special_category"): {"dcp_presence": "special_category"},
    ("Q09", "offence_data"): {"dcp_presence": "offence"},
    ("Q09", "minor_data"): {"minors_present": "yes"},
    ("Q12", "partly"): {"fields_necessary": "no"},
    ("Q14", "public_life"): {"public_life": "yes"},
    **{(number, UNKNOWN): {_BASIS: UNKNOWN} for number in ("Q10", "Q12", "Q13", "Q14")},
}
_NUMBERS = {number.lower(): number for number in (*_FIELDS, *_CLAIMS, "Q09")}


def by_field(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answers keyed by field: one dictionary for each basis claimed, in order of trial.

    Exactly one where the basis is named itself, or none is claimed. Q18, the licence, is not an
    answer but a fact of the dataset: it is left out.
    """
    keys = {key: _NUMBERS.get(key.lower(), "") for key in answers if key.lower() != "q18"}
    numbers = {number: _word(answers[key]) for key, number in keys.items() if number}
    own = {**_told(numbers), **{key: answers[key] for key, number in keys.items() if not number}}
    if _BASIS in own:
        return [own]
    claimed = [basis for number, (basis, _) in _CLAIMS.items() if _claims(numbers, number)]
    return [{**own, _BASIS: basis} for basis in claimed or _without_claim(numbers)] or [own]


def _word(value: Any) -> Any:
    """``yes``, ``no`` and ``unknown`` in one form; other values as they are."""
    text = str(value).strip().lower() if isinstance(value, (str, bool)) else None
    if text is None:
        return value
    word = _WORDS.get(text, text)
    return word if word in ("yes", "no", UNKNOWN) else value


def _told(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """What the numbers say, by field."""
    told: dict[str, Any] = {}
    for number, value in numbers.items():
        for item in value if isinstance(value, list) else [value]:
            told.update(_SAID.get((number, str(item)), {}))
        if number == "Q09":
            kinds = [item for item in _listed(value) if item.startswith("art")]
            told.update({"dcp_categories": kinds} if kinds else {})
        elif _is_category(number, value):
            told["d312_category"] = value
        elif number in _FIELDS and not _claims(numbers, number):
            field, words = _FIELDS[number]
            told[field] = words.get(value, value) if isinstance(value, str) else value
    return told


def _listed(value: Any) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def _claims(numbers: Mapping[str, Any], number: str) -> bool:
    value, words = numbers.get(number), _CLAIMS.get(number, ("", frozenset()))[1]
    return isinstance(value, str) and (value in words or _is_category(number, value))


def _is_category(number: str, value: Any) -> bool:
    return number == "Q12" and isinstance(value, str) and value.startswith("d312_")


def _without_claim(numbers: Mapping[str, Any]) -> list[str]:
    """No basis is claimed: nothing personal, or every basis asked about answered with no."""
    if numbers.get("Q07") == "no":
        return ["not_personal"]
    return ["none"] if _CLAIMS.keys() & numbers.keys() else []
