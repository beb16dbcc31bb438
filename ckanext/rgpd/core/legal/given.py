"""What is wrong with the answers themselves: unknown, impossible, contradicting, too early."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.dates import first_day
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries
from ckanext.rgpd.core.types import Reason

#: Dates that may lie ahead; all others are of what has happened.
_AHEAD = "publication_end_date"


def answer_reasons(case: Case, impossible: Iterable[str]) -> list[Reason]:
    """One reason for each answer that keeps the file closed, whatever it is about."""
    unknown = [field for field in entries("questions") if case.answers.get(field) == UNKNOWN]
    return [
        *(because("answer_invalid", field=field) for field in sorted(impossible)),
        *(because("answer_unknown", field=field) for field in unknown),
        *(because("answers_contradict", field=field) for field in _contradicting(case)),
        *(because("date_in_future", field=field) for field in _too_early(case)),
    ]


def contradictions(case: Case) -> list[tuple[str, str]]:
    """Each contradiction of the answers: the field where it is shown, and its key."""
    return [
        (next(iter(entry["answers"])), key)
        for key, entry in entries("contradictions").items()
        if case.matches(entry["answers"])
    ]


def _contradicting(case: Case) -> list[str]:
    """The fields where contradictions are shown."""
    return list(dict.fromkeys(field for field, _ in contradictions(case)))


def _too_early(case: Case) -> list[str]:
    dates = [key for key, entry in entries("questions").items() if entry["kind"] == "date"]
    given = {field: case.given(field) for field in dates if field != _AHEAD}
    return [field for field, text in given.items() if text and first_day(text) > case.today]
