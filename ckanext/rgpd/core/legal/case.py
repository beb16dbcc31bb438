"""What a decision is about: what the scan found, and what the publisher answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ckanext.rgpd.core.legal.vocabulary import UNKNOWN, entries
from ckanext.rgpd.core.types import Finding, Report

#: Values of ``dcp_presence`` that say there are personal data.
_PERSONAL = frozenset({"personal", "special_category", "offence", "pseudonymised"})
#: Bases that speak of personal data in the file as it is.
_ABOUT_PERSONS = frozenset({"specific_law", "d312_1_3", "explicit_consent", "archive_delay"})


@dataclass(frozen=True)
class Case:
    """A report and the possible answers about it, on one day.

    Without a ``report`` (nothing was scanned) the answers are all there is.
    """

    report: Report | None
    answers: Mapping[str, Any]
    licence_id: str | None
    today: datetime.date

    def given(self, field: str) -> Any:
        """The answer to ``field``, ``None`` where it is missing or ``unknown``."""
        value = self.answers.get(field)
        return None if value == UNKNOWN else value

    def matches(self, conditions: Mapping[str, Iterable[str]]) -> bool:
        """Whether each field has one of the values named (the ``when`` of the data files)."""
        return all(self._is(field, set(allowed)) for field, allowed in conditions.items())

    def _is(self, field: str, allowed: set[str]) -> bool:
        if field == "personal":
            return ("yes" if self.personal else "no") in allowed
        value = self.given(field)
        values = set(value) if isinstance(value, (list, Mapping)) else {value} - {None}
        if field == "secrets_present" and values - {"none"}:
            values.add("secret")
        return bool(values & allowed) or ("given" in allowed and bool(values))

    @cached_property
    def basis(self) -> str | None:
        """The declared basis, ``None`` where it is missing or ``unknown``."""
        basis: str | None = self.given("dcp_publication_basis")
        return basis

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """The declared basis, and those that single columns have."""
        own = [basis for basis in self.column_bases.values() if basis != "removed"]
        return tuple(dict.fromkeys([*([self.basis] if self.basis else []), *own]))

    @cached_property
    def column_bases(self) -> Mapping[str, str]:
        """The basis of each column that has one of its own, or ``removed``."""
        return self.given("columns_basis") or {}

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """What the scan found about natural persons."""
        return self.report.personal if self.report else ()

    @cached_property
    def kinds(self) -> Mapping[str, list[str]]:
        """The kinds of personal data found or declared, with the columns they were found in."""
        kinds: dict[str, set[str]] = {kind: set() for kind in self.given("dcp_categories") or ()}
        for finding in self.found:
            kinds.setdefault(finding.entity_type, set()).add(finding.column)
        return {kind: sorted(kinds[kind]) for kind in sorted(kinds)}

    @cached_property
    def declared_personal(self) -> bool:
        """Whether an answer says that there are personal data."""
        return bool(
            self.given("dcp_presence") in _PERSONAL
            or self.given("dcp_categories")
            or _ABOUT_PERSONS & set(self.bases)
        )

    @property
    def personal(self) -> bool:
        """Whether the scan found anything about a natural person, or the publisher says so."""
        return bool(self.found) or self.declared_personal

    @cached_property
    def personal_columns(self) -> list[str]:
        """The names of the places where personal data were found, sorted."""
        return sorted({finding.column for finding in self.found})

    @cached_property
    def column_names(self) -> frozenset[str]:
        """The names of all places that were read."""
        columns = self.report.columns if self.report else ()
        return frozenset(column.name for column in columns)

    @property
    def one_place(self) -> str | None:
        """The only place of the file (a text, a table of one column), ``None`` of several."""
        return next(iter(self.column_names)) if len(self.column_names) == 1 else None

    @property
    def complete(self) -> bool:
        """Whether all that was to be read was read."""
        return self.report is None or self.report.complete

    def columns_with(self, flag: str) -> list[str]:
        """The columns that hold a kind of data that ``entity_types`` flags so, sorted."""
        types = entries("entity_types")
        flagged = {kind for kind in self.kinds if types.get(kind, {}).get(flag)}
        return sorted({column for kind in flagged for column in self.kinds[kind]})
