"""The questionnaire: which questions a case raises, and in what order they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.rgpd.core.legal.basis import suggested_category
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.vocabulary import Entry, entries

BASIS = "dcp_publication_basis"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask.

    ``key`` is the field name of the answer; its label and line of help are in ``questions``.
    ``kind`` is ``choice``, ``choices`` (several), ``secrets`` (several), ``columns`` (several of
    the file's), ``text``, ``url``, ``date`` or ``document`` (an address or the id of a resource).
    ``choices`` holds keys of ``vocabulary``, or names of columns where there is none;
    ``suggested`` are those that the scan found to fit, which come first. ``screen`` says where a
    form shows it, ``number`` which question of the procedure it is. What is not ``required`` has
    a presumed answer, or is only told to reusers.
    """

    key: str
    kind: str
    vocabulary: str | None
    choices: tuple[str, ...]
    required: bool
    suggested: tuple[str, ...] = ()
    screen: str = ""
    number: str = ""


def applicable(case: Case, *, perhaps_required: bool = False) -> tuple[Question, ...]:
    """All questions that the report and the answers raise, answered or not, screen by screen.

    ``perhaps_required`` leaves out those that no case ever requires.
    """
    raised = [
        _question(key, entry, case)
        for key, entry in entries("questions").items()
        if not (entry.get("hidden") or entry.get("reviewer"))
        and (not perhaps_required or _may_be_required(key, entry))
        and _applies(key, entry, case)
    ]
    order = list(entries("screens"))
    return tuple(sorted(raised, key=lambda question: order.index(question.screen)))


def _applies(key: str, entry: Entry, case: Case) -> bool:
    if key == BASIS:
        return case.personal or case.answers.get(BASIS) not in (None, "not_personal")
    if key == "covered_columns" and not _several_columns(case):
        return False
    return _for_basis(key, entry, case) and case.matches(entry.get("when", {}))


def _for_basis(key: str, entry: Entry, case: Case) -> bool:
    if "bases" not in entry:
        return True
    archives = is_archive(case.given("d312_category"))
    if archives and "archive_delay" in entry["bases"]:
        return True
    if archives and key in ("public_need_statement", "opposition_honoured"):
        return False
    return bool(set(entry["bases"]) & set(case.bases))


def _several_columns(case: Case) -> bool:
    return case.personal and case.one_place is None and bool(case.column_names)


def is_archive(category: str | None) -> bool:
    """Whether the category is one of D. 312-1-3 9°, kept for archive services."""
    return category is not None and bool(entries("d312_categories")[category].get("archives"))


def _question(key: str, entry: Entry, case: Case) -> Question:
    found = bool(set(entry.get("types", ())) & case.kinds.keys())
    return Question(
        key=key,
        kind=entry["kind"],
        vocabulary=entry.get("choices"),
        choices=_choices(key, entry, case),
        required=_required(key, entry, case) or found,
        suggested=_suggestion(key, case),
        screen=entry["screen"],
        number=entry["number"],
    )


def _may_be_required(key: str, entry: Entry) -> bool:
    return bool(entry.get("required")) or "types" in entry or key == "consent_evidence_ref"


def _required(key: str, entry: Entry, case: Case) -> bool:
    if key == "public_need_statement":
        return bool(suggested_category(case) != case.given("d312_category"))
    if key == "register_status":
        return case.given("register_ref") is None
    if key == "consent_evidence_ref":
        return "consent_written" not in (case.given("consent_criteria") or ["consent_written"])
    return bool(entry.get("required"))


def _choices(key: str, entry: Entry, case: Case) -> tuple[str, ...]:
    suggested = _suggestion(key, case)
    if entry["kind"] == "columns":
        return tuple(case.personal_columns or sorted(case.column_names))
    if "choices" not in entry:
        return ()
    choices = tuple(key for key in entries(entry["choices"]) if key not in suggested)
    return (*suggested, *choices)


def _suggestion(key: str, case: Case) -> tuple[str, ...]:
    """What the scan suggests: a category, itself a whole answer on the basis, and its columns."""
    category = suggested_category(case)
    if category and key in (BASIS, "d312_category"):
        return (category,)
    if category and key == "covered_columns":
        columns = {f.column for f in case.found if f.suggested_basis == category}
        return tuple(sorted(columns - set(case.columns_with("private_life"))))
    if key == "sector":
        return tuple(sector for kind, sector in _SECTORS.items() if kind in case.kinds)[:1]
    return ()


_SECTORS = {"meter_point": "energy", "cadastral_owner": "real_estate"}
