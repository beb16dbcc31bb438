"""Writes docs/law.md, the rules as a jurist reads them: ``python -m dev.law_page``.

All of it comes from the data files of core/legal, in French; a test fails while the page is not
the one that they give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ckanext.rgpd.core import legal

PAGE = Path(__file__).parents[1] / "docs/law.md"
Entry = Mapping[str, Any]

# ruff: noqa: E501 - a line of the page is a line here
INTRODUCTION = """\
# Les règles de droit appliquées

Cette page est tirée des données que le portail applique lui-même (`core/legal/data`) : ce qui est écrit ici est ce qui est fait.
Version des règles : {version}. Une décision garde la version sous laquelle elle a été prise.

Deux filtres s’appliquent, et aucun ne remplace l’autre : les **secrets** (articles L. 311-5 et L. 311-6 du CRPA), qu’une loi ou un règlement peut lever, et les **données personnelles** (article L. 312-1-2), que seuls ouvrent une loi, l’accord des personnes ou le décret du 10 décembre 2018.
Un document *communicable* n’est pas pour autant *publiable* en ligne.
Une réponse « Je ne sais pas » ne publie jamais. Ce qui n’a pas pu être vérifié est codé du côté prudent, et montré au DPO.
"""


def page() -> str:
    """The whole page."""
    parts = [
        INTRODUCTION.format(version=legal.RULES_VERSION),
        _section("Les issues, de la plus sévère à la plus douce", "outcomes", _outcome),
        _section("Les fondements", "bases", _basis),
        _section("Les catégories de l’article D. 312-1-3", "d312_categories", _helped),
        _table("Le questionnaire", _QUESTIONS, "questions", _question),
        _table("Les motifs", _REASONS, "reasons", _reason),
        _table("Les délais d’archives", _DELAYS, "archive_classes", _delay),
        _table("Le consentement", _CONSENT, "consent_criteria", _consent),
        _section("Les secrets", "secrets", _secret),
        _section("Les secteurs", "sectors", _sector),
        _table("Les données personnelles", _TYPES, "entity_types", _type),
        _table("Les points tranchés", _POINTS, "points", _point),
    ]
    return "\n".join(parts)


_QUESTIONS = ("N°", "Question", "Aide", "Sans réponse", "Textes")
_REASONS = ("Motif", "Issue", "Ce qui le changerait", "Textes")
_DELAYS = ("Documents", "Délai", "Point de départ", "Décès", "Source")
_CONSENT = ("Critère", "Niveau")
_TYPES = ("Donnée", "Classe", "Régime")
_POINTS = ("N°", "Ce qui est appliqué", "Source", "Appliqué par")


#: The texts behind a whole section, where its entries do not name their own.
_TEXTS = {
    "outcomes": ("crpa_l312_1_2",),
    "d312_categories": ("crpa_d312_1_3",),
    "consent_criteria": ("gdpr_7", "crpa_l312_1_2"),
    "secrets": ("crpa_l311_5", "crpa_l311_6"),
    "sectors": ("crpa_l312_1_2",),
    "entity_types": ("gdpr_4", "gdpr_9", "gdpr_10", "crpa_l311_6"),
    "archive_classes": ("cp_l213_2", "crpa_l311_8", "crpa_d312_1_3"),
}


def _section(title: str, kind: str, line: Callable[[str, Entry], str]) -> str:
    lines = [f"- {line(key, entry)}" for key, entry in legal.entries(kind).items()]
    return "\n".join([f"## {title}", "", *_source(kind), *lines, ""])


def _source(kind: str) -> list[str]:
    return [f"Textes : {_links(_TEXTS[kind])}.", ""] if kind in _TEXTS else []


def _table(
    title: str,
    heads: Iterable[str],
    kind: str,
    row: Callable[[str, Entry], Iterable[str]],
) -> str:
    heads = tuple(heads)
    entries = legal.entries(kind)
    lines = [_row(row(key, entry)) for key, entry in entries.items() if key != legal.UNKNOWN]
    head = [f"## {title}", "", *_source(kind), _row(heads), _row("---" for _ in heads)]
    return "\n".join([*head, *lines, ""])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell or "–" for cell in cells) + " |"


def _outcome(key: str, _entry: Entry) -> str:
    return f"{legal.label('outcomes', key, 'fr')} (`{key}`)"


def _basis(key: str, entry: Entry) -> str:
    links = _links(entry["articles"])
    return f"**{entry['label']['fr']}.** {entry['help']['fr']}" + (f" {links}." if links else "")


def _helped(_key: str, entry: Entry) -> str:
    return f"**{entry['label']['fr']}.** {entry['help']['fr']}"


def _question(key: str, entry: Entry) -> Iterable[str]:
    silent = "présumé" if entry.get("presumed") else "fermé" if entry.get("required") else "–"
    label = f"{entry['label']['fr']} (`{key}`)"
    return entry["number"], label, entry["help"]["fr"], silent, _links(entry["articles"])


def _reason(key: str, entry: Entry) -> Iterable[str]:
    outcome = entry.get("outcome")
    effect = legal.label("outcomes", outcome, "fr") if outcome else "–"
    if entry.get("dpo_required"):
        effect += ", avis du DPO"
    label = f"{entry['label']['fr']} (`{key}`)"
    return label, effect, entry["remedy"]["fr"], _links(entry["articles"])


def _delay(_key: str, entry: Entry) -> Iterable[str]:
    years = "jamais" if entry["years"] is None else f"{entry['years']} ans"
    death = f"{entry['after_death']} ans après" if "after_death" in entry else "–"
    source = entry["source"] + (" (à vérifier : avis du DPO)" if entry.get("unverified") else "")
    return entry["label"]["fr"], years, _STARTS[entry["start"]], death, source


_STARTS = {
    "latest_document": "document le plus récent",
    "closing": "clôture du registre",
    "death": "décès",
    "end_of_use": "fin de l’affectation",
}


def _consent(_key: str, entry: Entry) -> Iterable[str]:
    return entry["label"]["fr"], _LEVELS[entry["level"]]


_LEVELS = {
    "required": "obligatoire",
    "recommended": "recommandé",
    "good_practice": "bonne pratique",
    "by_channel": "obligatoire pour un formulaire en ligne",
}


def _secret(_key: str, entry: Entry) -> str:
    groups = {"l311_5": "communicable à personne", "l311_6": "communicable au seul intéressé"}
    group = groups.get(entry.get("group", ""))
    return entry["label"]["fr"] + (f" ({group})" if group else "")


def _sector(_key: str, entry: Entry) -> str:
    text = f"**{entry['label']['fr']}.**"
    if "help" in entry:
        text += f" {entry['help']['fr']}"
    needed = [legal.label("sector_requirements", key, "fr") for key in entry.get("requires", ())]
    return text + (f" Exigences : {' ; '.join(needed)}." if needed else "")


def _type(key: str, entry: Entry) -> Iterable[str]:
    marks = [
        "numéro grave : avis du DPO" if entry.get("severe") else "",
        "vie privée" if entry.get("private_life") else "",
        "catégorie particulière" if key.startswith("art9_") else "",
        "infraction" if key.startswith("art10_") else "",
    ]
    kind = legal.label("entity_classes", entry["class"], "fr")
    return entry["label"]["fr"], kind, ", ".join(mark for mark in marks if mark)


def _point(key: str, entry: Entry) -> Iterable[str]:
    source = entry["source"] + (" (à vérifier)" if entry.get("unverified") else "")
    return key, entry["label"]["fr"], source, ", ".join(f"`{code}`" for code in entry["coded"])


def _links(keys: Iterable[str]) -> str:
    articles = [legal.article(key, "fr") for key in keys]
    return ", ".join(f"[{item.label}]({item.url})" for item in articles)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
