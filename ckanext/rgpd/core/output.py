"""A report as people and programs read it: text, JSON lines, a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from ckanext.rgpd.core.legal.vocabulary import label
from ckanext.rgpd.core.notes import sentence
from ckanext.rgpd.core.place import in_words
from ckanext.rgpd.core.types import Column, Finding, Report

_WORDS = {
    "fr": {
        "nothing": "aucune donnée à caractère personnel trouvée",
        "found": "données trouvées",
        "not_whole": "n'a pas été lu en entier",
        "column": "Colonne",
        "kind": "Nature",
        "rows": "Lignes",
        "first": "Première",
        "examples": "Exemples masqués",
        "sensitive": "très sensible",
        "not_personal": "ne désigne personne",
        "title": "Données à caractère personnel",
    },
    "en": {
        "nothing": "no personal data found",
        "found": "data found",
        "not_whole": "was not read whole",
        "column": "Column",
        "kind": "Kind",
        "rows": "Rows",
        "first": "First",
        "examples": "Masked examples",
        "sensitive": "very sensitive",
        "not_personal": "nobody's own",
        "title": "Personal data",
    },
}
_PROBLEMS = {
    "empty": ("fichier vide", "empty file"),
    "binary": ("ce n'est pas du texte", "not a text"),
    "wrong_extension": (
        "le contenu n'est pas celui que l'extension annonce",
        "the content is not what the extension says",
    ),
    "unknown_format": ("format inconnu", "unknown format"),
    "corrupt": ("fichier abîmé", "damaged file"),
    "encrypted": ("protégé par un mot de passe", "protected by a password"),
    "no_text_layer": (
        "pages sans texte, seulement des images",
        "pages without text, only pictures",
    ),
    "too_large": ("trop volumineux", "too large"),
    "timeout": ("lecture trop longue", "reading took too long"),
    "no_text_engine": (
        "texte libre non lu : installez ckanext-rgpd[text]",
        "free text not read: install ckanext-rgpd[text]",
    ),
    "not_fetched": ("cette adresse n'a pas été lue", "this address was not read"),
    "not_public": ("cette adresse n'est pas publique", "this address is not public"),
    "not_a_file": ("cette adresse n'est pas celle d'un fichier", "this is no file's address"),
    "engine_error": ("l'analyse a échoué", "the scan failed"),
}


def problem(report: Report, lang: str) -> str:
    """What stopped the reading and where, or "" where all was read."""
    if report.problem is None:
        return ""
    words = _PROBLEMS[report.problem][0 if lang == "fr" else 1]
    place = in_words(report.problem_place, lang)
    return f"{words} ({place})" if place else words


def printable(text: str) -> str:
    """``text`` on one line and without what could command a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def text(file: str, report: Report, lang: str) -> Iterator[str]:
    """Lines for a terminal."""
    words, file = _WORDS[lang], printable(file)
    stopped = problem(report, lang)
    if stopped:
        yield f"{file} : {words['not_whole']} : {stopped}"
    for note in report.notes:
        yield printable(f"{file} : {sentence(note, lang)}")
    if not report.findings:
        if not stopped:
            yield f"{file} : {words['nothing']}"
        return
    yield f"{file} : {words['found']} : {len(report.findings)}"
    for finding in report.findings:
        notes = _notes(finding, lang)
        yield (
            f"  {printable(finding.column)} : {label('entity_types', finding.entity_type, lang)}"
            f"{f' ({notes})' if notes else ''}, {finding.matched_rows}/{finding.rows}, "
            f"{finding.first_at} : {' ; '.join(finding.examples_masked)}"
        )


def _notes(finding: Finding, lang: str) -> str:
    words = _WORDS[lang]
    notes = [words["sensitive"]] * finding.sensitive
    notes += [words["not_personal"]] * (not finding.is_personal)
    if finding.suggested_basis:
        notes.append(label("d312_categories", finding.suggested_basis, lang))
    return ", ".join(notes)


def json_lines(file: str, report: Report, with_all: bool) -> Iterator[str]:
    """One JSON object for each finding and, ``with_all``, for each column without one."""
    found = {(finding.column_index, finding.column) for finding in report.findings}
    for finding in report.findings:
        yield _line(file, report, _finding_fields(finding))
    for column in report.columns if with_all else ():
        if (column.index, column.name) not in found:
            yield _line(file, report, _column_fields(column))


def _line(file: str, report: Report, fields: dict[str, Any]) -> str:
    return json.dumps({"file": file, **fields, "complete": report.complete}, ensure_ascii=False)


def _finding_fields(finding: Finding) -> dict[str, Any]:
    return {
        "column": finding.column,
        "column_index": finding.column_index,
        "entity_type": finding.entity_type,
        "is_personal": finding.is_personal,
        "sensitive": finding.sensitive,
        "suggested_basis": finding.suggested_basis,
        "score": finding.score,
        "rows": finding.rows,
        "matched_rows": finding.matched_rows,
        "distinct_matched": finding.distinct_matched,
        "first_at": finding.first_at,
        "examples_masked": list(finding.examples_masked),
    }


def _column_fields(column: Column) -> dict[str, Any]:
    return {
        "column": column.name,
        "column_index": column.index,
        "entity_type": None,
        "is_personal": False,
        "sensitive": False,
        "suggested_basis": None,
        "score": 0.0,
        "rows": column.rows,
        "matched_rows": 0,
        "distinct_matched": 0,
        "first_at": None,
        "examples_masked": [],
    }


def page(reports: Iterable[tuple[str, Report]], lang: str) -> str:
    """One page that needs nothing else; all that comes from the files is escaped."""
    words = _WORDS[lang]
    sections = "\n".join(_section(file, report, lang) for file, report in reports)
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{words["title"]}</title>
<style>body{{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:70rem}}
table{{border-collapse:collapse;width:100%}}
td,th{{border:1px solid #777;padding:.3rem;text-align:left}}
</style></head><body><h1>{words["title"]}</h1>
{sections}
</body></html>
"""


def _section(file: str, report: Report, lang: str) -> str:
    words = _WORDS[lang]
    stopped = problem(report, lang)
    note = f"<p><strong>{words['not_whole']} : {escape(stopped)}</strong></p>" if stopped else ""
    note += "".join(f"<p>{escape(sentence(item, lang))}</p>" for item in report.notes)
    if not report.findings:
        note += "" if stopped else f"<p>{words['nothing']}</p>"
        return f"<h2>{escape(file)}</h2>{note}"
    heads = "".join(
        f"<th scope='col'>{words[key]}</th>"
        for key in ("column", "kind", "rows", "first", "examples")
    )
    rows = "".join(_row(finding, lang) for finding in report.findings)
    return f"<h2>{escape(file)}</h2>{note}<table><tr>{heads}</tr>{rows}</table>"


def _row(finding: Finding, lang: str) -> str:
    kind = label("entity_types", finding.entity_type, lang)
    notes = _notes(finding, lang)
    cells = (
        finding.column,
        f"{kind} ({notes})" if notes else kind,
        f"{finding.matched_rows}/{finding.rows}",
        finding.first_at,
        " ; ".join(finding.examples_masked),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
