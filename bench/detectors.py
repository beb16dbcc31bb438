"""The page of the detectors: ``python -m bench.detectors [--labels LABELS.csv FOLDER --set NAME]``.

Writes ``docs/detectors.md`` from the modules of ``core/detect/fr`` and, for its French reader, from
``detectors.yaml``. With a labelled folder (see :mod:`bench.detection`) the figures are measured
anew and kept in ``detectors.json``: numbers by entity type only, nothing of the files.
"""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import yaml

from bench.detection import Labelled, by_column, by_file, read
from ckanext.rgpd.core.detect.detector import HINT, STRONG, WEAK, Detector
from ckanext.rgpd.core.legal.vocabulary import label

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/detectors.md"
MODULES = ROOT / "ckanext/rgpd/core/detect/fr"
WORDS = Path(__file__).with_name("detectors.yaml")
FIGURES = Path(__file__).with_name("detectors.json")

#: What a score means, in the order of trust.
_LEVELS = {STRONG: "sûr", 0.75: "probable", WEAK: "à confirmer", HINT: "indice", 0.0: "écarté"}
#: What labels may call a kind, and what we call it.
_SAME = {
    "first_name": "person_name",
    "last_name": "person_name",
    "plate": "vehicle_plate",
    "ip": "ip_address",
    "siret_sole_trader": "siret_person",
    "postal_address_person": "postal_address",
}
_HEAD = """\
# Les détecteurs

*Cette page est écrite par `python -m bench.detectors` : changez les modules, pas elle.*

Un détecteur reconnaît une sorte de donnée personnelle, dans une table comme dans un texte.
Cette page dit de chacun ce qu’il trouve, ce qu’il laisse de côté, et ce que valent ses résultats.
Ce qui n’est pas détecté est dans [le guide du DPO](dpo.md#ce-qui-nest-pas-détecté).

Un en-tête seul ne décide jamais, ni une forme seule : chaque valeur reçoit un degré de confiance.

| Degré | Sens |
|---|---|
| sûr (0,9) | la clé, la forme, l’en-tête ou les mots qui précèdent le prouvent |
| probable (0,75) | la forme suffit, sans preuve |
| à confirmer (0,4) | ce pourrait être autre chose : retenu si toute la colonne se lit ainsi |
| indice (0,2) | ignoré, sauf si l’en-tête ou les mots qui précèdent le nomment |
| écarté (0) | la forme y est, mais la clé est fausse ou le contexte dit autre chose |

"""


@click.command()
@click.option("--labels", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--set", "name", default="", help="What the labelled set is called on the page.")
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
def main(labels: Path | None, folder: Path | None, name: str) -> None:
    """Write the page of the detectors; with a labelled folder, measure them first."""
    if labels and folder:
        day = f"{datetime.now(tz=timezone.utc):%Y-%m-%d}"
        figures = {"set": name, "date": day, **measured(read(labels, folder))}
        FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    PAGE.write_text(page(), encoding="utf-8")


def measured(columns: list[Labelled]) -> dict[str, Any]:
    """By entity type: columns labelled so, those found, those reported so, false alarms."""
    kinds: dict[str, Counter[str]] = {}
    for column in columns:
        if column.personal == "yes":
            counts = kinds.setdefault(_SAME.get(column.kind, column.kind), Counter())
            counts.update(columns=1, found=int(column.found))
        for kind in column.reported if column.personal != "grey" else ():
            counts = kinds.setdefault(kind, Counter())
            counts.update(reported=1, alarms=int(column.personal == "no"))
    return {
        "files": len({column.file for column in columns}),
        "columns": len(columns),
        "by_column": by_column(columns),
        "by_file": by_file(columns),
        "kinds": {kind: dict(counts) for kind, counts in sorted(kinds.items())},
    }


def page() -> str:
    """The whole page."""
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    sections = [_section(name, entry, figures["kinds"]) for name, entry in words.items()]
    return _set(_HEAD) + "\n".join(sections) + "\n" + "\n".join(_measures(figures)) + "\n"


def _set(text: str) -> str:
    """French as a printer sets it: no line breaks before what stands high."""
    return re.sub(r" ([:;?!»])", "\u00a0\\1", text)


def modules() -> list[str]:
    """The names of the detectors' modules."""
    return sorted(path.stem for path in MODULES.glob("[a-z]*.py"))


def _section(name: str, words: dict[str, Any], kinds: dict[str, dict[str, int]]) -> str:
    module = import_module(f"ckanext.rgpd.core.detect.fr.{name}")
    found = _detectors(module)
    types = dict.fromkeys(words.get("finds", [t for d in found for t in d.entity_types]))
    lines = [f"## {words['title']}", "", _set(words["says"]), ""]
    if types:
        named = (f"{label('entity_types', kind, 'fr')} (`{kind}`)" for kind in types)
        lines += [f"- Signale\u00a0: {', '.join(named)}."]
    lines += list(_shown(found))
    lines += [_figure(kind, kinds[kind]) for kind in types if kind in kinds]
    return "\n".join([*lines, "", *_technical(name, module)])


def _detectors(module: ModuleType) -> list[Detector]:
    return [value for value in vars(module).values() if isinstance(value, Detector)]


def _shown(found: Iterable[Detector]) -> Iterator[str]:
    """Examples with the trust they get, look-alikes, and the words that confirm."""
    for detector in found:
        examples = (f"`{_flat(text)}` ({_level(detector, text)})" for text in detector.examples)
        yield f"- Reconnaît\u00a0: {', '.join(examples)}."
        others = (
            f"`{_flat(text)}` ({_level(detector, text)})" for text in detector.counterexamples
        )
        yield f"- Laisse de côté\u00a0: {', '.join(others)}."
        if detector.context:
            yield f"- Mots qui confirment\u00a0: {', '.join(sorted(detector.context))}."


def _level(detector: Detector, text: str) -> str:
    scores = [hit.score for hit in detector.find(text)]
    return _LEVELS[max(scores)] if scores else "rien"


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _figure(kind: str, counts: dict[str, int]) -> str:
    """Recall and precision of one entity type."""
    parts = []
    if counts.get("columns"):
        parts.append(f"{counts['found']} colonnes trouvées sur {counts['columns']}")
    if counts.get("reported"):
        parts.append(f"{counts['alarms']} fausses alertes sur {counts['reported']} signalements")
    return f"- Mesuré, `{kind}`\u00a0: {', '.join(parts)}."


def _technical(name: str, module: ModuleType) -> Iterator[str]:
    prose = inspect.cleandoc(module.__doc__ or "").split("\n>>>")[0].strip()
    yield f"Source, forme et preuve, telles que le module `{name}.py` les donne (en anglais)\u00a0:"
    yield from ("", "```text", prose, "```", "")


def _measures(figures: dict[str, Any]) -> Iterator[str]:
    yield from ("## Les mesures", "")
    yield (
        f"Faites le {figures['date']} sur {figures['set']}\u00a0: {figures['files']} fichiers, "
        f"{figures['columns']} colonnes étiquetées à la main."
    )
    yield "Une colonne compte comme trouvée quand une donnée personnelle y est signalée."
    yield (
        "Les règles ont été écrites avec ce jeu sous les yeux, et il compte peu de colonnes de "
        "chaque sorte\u00a0: sur des fichiers jamais vus, attendez-vous à moins bien."
    )
    yield from ("", "```text", figures["by_column"], figures["by_file"], "```", "")
    yield "Pour mesurer sur vos propres fichiers étiquetés\u00a0:"
    yield from ("", "```bash", "python -m bench.detection labels.csv dossier --errors", "```")


if __name__ == "__main__":
    main()
