"""What a decision is about: what the scan found, and what the publisher answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.rgpd.core.legal.vocabulary import UNKNOWN
from ckanext.rgpd.core.types import Report


@dataclass(frozen=True, slots=True)
class Case:
    """A report and the possible answers about it."""

    report: Report
    answers: Mapping[str, Any]

    def given(self, field: str) -> Any:
        """The answer to ``field``, ``None`` where it is missing or ``unknown``."""
        value = self.answers.get(field)
        return None if value == UNKNOWN else value

    @property
    def basis(self) -> str | None:
        """The declared basis, ``None`` where it is missing or ``unknown``."""
        basis: str | None = self.given("dcp_publication_basis")
        return basis

    @property
    def personal(self) -> bool:
        """Whether the scan found anything about a natural person."""
        return bool(self.report.personal)

    @property
    def personal_columns(self) -> list[str]:
        """The names of the places where personal data were found, sorted."""
        return sorted({finding.column for finding in self.report.personal})

    @property
    def one_place(self) -> str | None:
        """The only place of the file (a text, a table of one column), ``None`` of several."""
        names = {column.name for column in self.report.columns}
        return names.pop() if len(names) == 1 else None
