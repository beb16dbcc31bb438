"""The values that travel through the core: findings, reports, declarations, decisions.

All are frozen, hold no raw personal value, and turn into plain dictionaries (JSON) and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

#: What ``Report.status`` may be. Only ``complete`` can lead to a release without a reviewer.
COMPLETE = "complete"
PARTIAL = "partial"
UNSUPPORTED = "unsupported_format"
FAILED = "failed"

#: The outcomes that let a content out.
PUBLISHING = ("publish", "publish_conditions")

#: Why a content was not read, or not whole; the glue has a sentence for each.
PROBLEMS = frozenset(
    {
        "empty",  # no byte, or no column
        "binary",  # named as text, holds binary data
        "wrong_extension",  # the content is of another format than the name says
        "unknown_format",  # no reader for it
        "corrupt",  # the format's own rules are broken
        "encrypted",  # a password is needed
        "no_text_layer",  # pages that are only pictures
        "too_large",  # a limit of size, rows, cells or memory stopped the reading
        "timeout",  # a limit of time stopped the reading
        "no_text_engine",  # free text, and no language model installed to read it
        "not_fetched",  # an address whose content could not be read
        "not_public",  # an address that is not, or leads to what is not, on the public internet
        "not_a_file",  # an address of a page or a service
        "engine_error",  # the scanner itself failed
    }
)

#: What is said beside the findings; it does not keep a content closed.
NOTES = frozenset(
    {
        "repaired",  # letters were encoded twice; they were repaired before they were read
        "pictures",  # pictures beside a text; nobody looked at them
        "place_taken",  # a picture says where it was taken
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of personal data found in one place (design §5 gives the fields)."""

    entity_type: str
    column: str
    column_index: int | None
    is_personal: bool
    sensitive: bool
    suggested_basis: str | None
    score: float
    rows: int
    matched_rows: int
    distinct_matched: int
    first_at: str
    examples_masked: tuple[str, ...]
    rules: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        """The finding that :func:`dataclasses.asdict` wrote."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        known["examples_masked"] = tuple(known["examples_masked"])
        known["rules"] = tuple(known.get("rules", ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Column:
    """A place that was read: a table column or a whole text; ``name`` as in ``Finding.column``.

    ``shapes`` are the main shapes of its values (:func:`ckanext.rgpd.core.look.shape`).
    """

    name: str
    index: int | None
    rows: int
    shapes: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Column:
        """The column that :func:`dataclasses.asdict` wrote."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**{**known, "shapes": tuple(known.get("shapes", ()))})


@dataclass(frozen=True, slots=True)
class Note:
    """What whoever reads a report should know, though all was read: a key of :data:`NOTES`, how
    many places it is about, and the first of them ("" where it is about the whole).
    """

    kind: str
    count: int
    places: tuple[str, ...]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Note:
        """The note that :func:`dataclasses.asdict` wrote."""
        return cls(data["kind"], data["count"], tuple(data["places"]))


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one file version, and what was read of it."""

    status: str
    sha256: str
    size: int
    rows: int
    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]
    engine: str
    rules_version: str
    problem: str | None = None
    problem_place: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every cell, page and member was read."""
        return self.status == COMPLETE

    @property
    def personal(self) -> tuple[Finding, ...]:
        """The findings about natural persons."""
        return tuple(finding for finding in self.findings if finding.is_personal)

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, read back by :meth:`from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The report that :meth:`as_dict` wrote."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        known["columns"] = tuple(Column.from_dict(item) for item in known["columns"])
        known["findings"] = tuple(Finding.from_dict(item) for item in known["findings"])
        known["notes"] = tuple(Note.from_dict(item) for item in known.get("notes", ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Declaration:
    """The publisher's answers, keyed by the field names of legal.md §7 (without prefix)."""

    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome was collected: machine code, the article behind it, and what it concerns.

    ``columns`` names the columns concerned, where the reason is about columns; ``field`` the
    answer, where the rules do not say already which one a code is about.
    """

    code: str
    outcome: str | None = None
    columns: tuple[str, ...] = ()
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the law says of one version, with every reason, under one version of the rules.

    ``release_date`` is the first day (ISO 8601) on which an embargo may end, ``end_date`` the
    last one on which the publication is allowed.
    """

    outcome: str
    reasons: tuple[Reason, ...]
    basis: str | None
    dpo_required: bool
    rules_version: str
    release_date: str | None = None
    end_date: str | None = None

    @property
    def publishes(self) -> bool:
        """Whether this outcome lets the bytes out."""
        return self.outcome in PUBLISHING

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return asdict(self)
