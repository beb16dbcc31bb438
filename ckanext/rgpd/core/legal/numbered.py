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

#: The bases in the order in which they are tried.
_ORDER = ("specific_law", "d312_1_3", "archive_delay", "explicit_consent", "anonymised")
_BASIS = "dcp_publication_basis"

# For each number: the field it stands for, and its answers in words.
_NUMBERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "Q01": ("admin_document", {}),
    "Q02": ("document_status", {"yes": "finished", "no": "draft"}),
    "Q03": ("agent_authorised", {}),
    "Q04": ("third_party_rights", {"yes": "unlicensed", "no": "none"}),
    "Q05": (
        "secrets_present",
        {"no": ["none"], "none": ["none"], "yes": ["s5_2h_other_legal_secret"]},
    ),
    "Q06": ("secret_treatment", {"yes": "redactable", "no": "not_redactable"}),
    "Q07": ("dcp_presence", {"yes": "personal", "no": "none"}),
    "Q08": ("register_status", {"yes": "entered", "no": "missing"}),
    "Q11": (
        "communicability",
        {
            "full": "everyone",
            "yes": "everyone",
            "reserved": "interested_only",
            "no": "interested_only",
        },
    ),
    "Q14b": (
        "persons_status",
        {"dead": "deceased", "alive": "living", "no": "deceased", "yes": "living"},
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
_WORDS = {True: "yes", False: "no", "oui": "yes", "non": "no", "u": UNKNOWN, "ok": "yes"}
# Numbers that claim a basis: the answers that do, and what else they say.
_CLAIMS: Mapping[str, tuple[str, frozenset[str]]] = {
    "Q10": ("specific_law", frozenset({"yes"})),
    "Q12": ("d312_1_3", frozenset({"yes", "partly"})),
    "Q13": ("archive_delay", frozenset({"yes", "expired", "running"})),
    "Q14": ("explicit_consent", frozenset({"yes", "partial"})),
    "Q15": ("anonymised", frozenset({"done"})),
}


def by_field(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answers keyed by field: one dictionary for each basis claimed, in order of trial.

    Exactly one where the basis is named itself, or none is claimed.
    """
    numbers = {_number(key): _word(value) for key, value in answers.items() if _number(key)}
    fields = {key: value for key, value in answers.items() if not _number(key)}
    own = {**_plain(numbers), **_sensitive(numbers), **_refined(numbers), **fields}
    if _BASIS in own:
        return [own]
    claimed = [
        basis for number, (basis, words) in _CLAIMS.items() if _claims(numbers.get(number), words)
    ]
    claimed.sort(key=_ORDER.index)
    if claimed:
        return [{**own, _BASIS: basis} for basis in claimed]
    basis = _no_claim(numbers)
    return [{**own, _BASIS: basis} if basis else own]


def _number(key: str) -> str:
    known = {number.lower(): number for number in (*_NUMBERS, *_CLAIMS, "Q09", "Q18")}
    return known.get(key.lower(), "")


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, str):
        word = value.strip()
        return _WORDS.get(
            word.lower(), word.lower() if word.lower() in ("yes", "no", UNKNOWN) else word
        )
    return value


def _plain(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that stand for one field; a claim is no answer to the field of its number."""
    plain = {}
    for number, value in numbers.items():
        if number in _NUMBERS and not _claims(value, _CLAIMS.get(number, ("", frozenset()))[1]):
            field, words = _NUMBERS[number]
            plain[field] = words.get(value, value) if isinstance(value, str) else value
    return plain


def _claims(value: Any, words: frozenset[str]) -> bool:
    return isinstance(value, str) and (value in words or value.startswith("d312_"))


def _sensitive(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Q09: ``no``, ``yes`` (special categories), or a list of what the file holds."""
    value = numbers.get("Q09")
    listed = value if isinstance(value, list) else [value]
    kinds = [item for item in listed if str(item).startswith(("art9_", "art10_"))]
    found: dict[str, Any] = {"dcp_categories": kinds} if kinds else {}
    if "minor_data" in listed or "minors" in listed:
        found["minors_present"] = "yes"
    if {"special_category", "yes"} & {str(item) for item in listed}:
        found["dcp_presence"] = "special_category"
    if "offence_data" in listed or "offence" in listed:
        found["dcp_presence"] = "offence"
    if value in ("no", UNKNOWN):
        found["minors_present"] = value
    return found


def _refined(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """What Q12, Q14 and the others say beside the basis that they claim."""
    found: dict[str, Any] = {}
    category = numbers.get("Q12")
    if isinstance(category, str) and category.startswith("d312_"):
        found["d312_category"] = category
    if category == "partly":
        found["fields_necessary"] = "no"
    if numbers.get("Q14") == "public_life":
        found["public_life"] = "yes"
    if UNKNOWN in (numbers.get(number) for number in ("Q10", "Q12", "Q13", "Q14")):
        found[_BASIS] = UNKNOWN
    return found


def _no_claim(numbers: Mapping[str, Any]) -> str | None:
    """No basis is claimed: nothing personal, or every basis answered with no."""
    if numbers.get("Q07") == "no":
        return "not_personal"
    return "none" if set(_CLAIMS) & set(numbers) else None
