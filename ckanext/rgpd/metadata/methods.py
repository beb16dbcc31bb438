"""The summary document on protection methods (document synthétique sur les méthodes), in French.

Its contents are those of legal.md §5.3: the methods and the account of lost information, and what
lets somebody check them. It holds no value of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.rgpd.core import legal
from ckanext.rgpd.core.anonymise import CRITERIA, Measured
from ckanext.rgpd.metadata import vocabulary
from ckanext.rgpd.metadata.field import ANONYMISATION, Field

LANG = "fr"

ABSENT = "non renseigné"

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows of a label and a text."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the document is about: names, addresses, checksum, rows."""

    dataset: str
    resource: str
    publisher: str
    sha256: str
    updated: str


def document(
    subject: Subject,
    declared: Mapping[str, str],
    answers: Mapping[str, Any],
    measured: Measured | None,
    against: Sequence[str],
) -> list[Section]:
    """The document's sections, in their order; what was not declared is said to be so."""
    groups = {
        key: Section(vocabulary.label("anonymisation_groups", key, LANG), _rows(key, declared))
        for key in vocabulary.entries("anonymisation_groups")
    }
    return [
        Section("Fichier", _subject(subject, measured)),
        groups["frame"],
        groups["variables"],
        groups["risk"],
        Section("Trois critères", _criteria(answers)),
        groups["measures"],
        groups["software"],
        Section("Mesures faites par le portail", _measures(measured, against)),
        groups["control"],
    ]


def markdown(sections: Sequence[Section]) -> str:
    """The document as Markdown; what publishers typed is shown as typed, never as markup."""
    lines = ["# Document synthétique sur les méthodes de protection", ""]
    for section in sections:
        lines += [f"## {section.title}", ""]
        lines += [f"- **{_plain(label)}**\u00a0: {_plain(text)}" for label, text in section.rows]
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A text on one line, in which nothing is Markdown or HTML."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~>&<])", r"\\\1", " ".join(text.split()))
    return escaped.replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


def _subject(subject: Subject, measured: Measured | None) -> list[Row]:
    rows = [
        ("Jeu de données", subject.dataset),
        ("Ressource", subject.resource),
        ("Producteur", subject.publisher),
        ("Empreinte SHA-256", subject.sha256),
        ("Mis à jour le", subject.updated),
    ]
    count = str(measured.rows) if measured and measured.rows else ABSENT
    return [*[(label, text or ABSENT) for label, text in rows], ("Nombre de lignes", count)]


def _rows(group: str, declared: Mapping[str, str]) -> list[Row]:
    return [
        (field.text("label", LANG), _worded(field, declared.get(field.name, "")))
        for field in ANONYMISATION.values()
        if field.group == group
    ]


def _worded(field: Field, text: str) -> str:
    if not text:
        return ABSENT
    value = field.shown(text)
    kind = field.vocabulary
    if isinstance(value, dict):
        return ", ".join(f"{vocabulary.label(kind or '', k, LANG)} {v}" for k, v in value.items())
    values = value if isinstance(value, list) else [value]
    return ", ".join(vocabulary.label(kind, v, LANG) if kind else str(v) for v in values)


def _criteria(answers: Mapping[str, Any]) -> list[Row]:
    names = ("Individualisation", "Corrélation", "Inférence")
    rows = []
    for name, criterion in zip(names, CRITERIA, strict=True):
        result = str(answers.get(criterion) or "not_assessed")
        rows.append((name, legal.label("criterion_results", result, LANG)))
    analysis = str(answers.get("reid_risk_analysis_ref") or ABSENT)
    return [*rows, ("Analyse du risque de réidentification", analysis)]


def _measures(measured: Measured | None, against: Sequence[str]) -> list[Row]:
    found = [vocabulary.label("contradictions_of_measure", code, LANG) for code in against]
    warning = [("À noter", sentence) for sentence in found]
    if measured is None or measured.problem:
        return [("Mesures", "aucune"), *warning]
    rows = [
        ("k (plus petit groupe de lignes semblables)", str(measured.k)),
        ("Part des lignes uniques", f"{measured.uniqueness_rate:.4f}"),
        ("Risque du procureur, le plus grand", f"{measured.risk_max:.4f}"),
        ("Risque du procureur, moyen", f"{measured.risk_mean:.4f}"),
    ]
    for column, one in measured.sensitive.items():
        rows += [(f"l, {column}", str(one.l)), (f"t, {column}", f"{one.t:.4f}")]
    return [*rows, *warning]
