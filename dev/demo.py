"""Uploads the demonstration datasets through the API, as any client would: ``demo.py ENV``.

ENV holds CKAN_URL and PUBLISHER_TOKEN. A dataset that is already there is left as it is.
Everybody and everything in the files is invented; the telephone numbers come from the
range that ARCEP reserves for fiction, and the NIRs only have a valid key.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import ckanapi
import fpdf
import openpyxl

Row = tuple[str | int, ...]

TOILETS: list[Row] = [
    ("identifiant", "nom", "adresse", "accessible_pmr", "ouverture"),
    ("T-01", "Place du Marché", "1 place du Marché", "oui", "24h/24"),
    ("T-02", "Gare routière", "12 avenue de la Gare", "oui", "06:00-22:00"),
    ("T-03", "Jardin public", "3 allée des Tilleuls", "non", "08:00-19:00"),
    ("T-04", "Port fluvial", "quai de la Loire", "oui", "08:00-20:00"),
]
BUDGET: list[Row] = [
    ("Chapitre", "Libellé", "Voté 2025", "Réalisé 2025"),
    (11, "Charges à caractère général", 412_000, 398_250),
    (12, "Charges de personnel", 655_000, 649_870),
    (65, "Autres charges de gestion courante", 88_000, 86_120),
    (66, "Charges financières", 21_000, 20_940),
]
ELECTED: list[Row] = [
    ("nom_elu", "prenom_elu", "fonction", "date_debut_mandat"),
    ("Vauquelin", "Solène", "Maire", "2020-07-03"),
    ("Drouillet", "Marceau", "Premier adjoint", "2020-07-03"),
    ("Kermarec", "Annaïg", "Adjointe à la culture", "2020-07-03"),
    ("Belhomme", "Octave", "Conseiller municipal", "2020-07-03"),
]
CHILDREN = [  # name, first name, first thirteen figures of the NIR, guardian's login
    ("Tournebise", "Maëlle", "2170337261042", "s.tournebise"),
    ("Aubrelicque", "Timéo", "1160537261108", "aubrelicque.j"),
    ("Fontvieille", "Inès", "2151137050077", "karim.fontvieille"),
    ("Quesnoy", "Achille", "1180237261015", "quesnoy.famille"),
    ("Lahaye-Morvan", "Zélie", "2160937195063", "p.lahaye"),
]
DELIBERATION = """\
DÉLIBÉRATION DU CONSEIL MUNICIPAL D'EXEMPLE-SUR-LOIRE
Séance du 12 mars 2026

Objet : attribution d'une aide exceptionnelle au logement

Sur proposition de Mme Solène Vauquelin, maire, le conseil municipal décide d'attribuer
une aide de 450 euros à Monsieur Bertrand Aubrelicque, demeurant 14 rue des Mariniers,
et une aide de 300 euros à Madame Sandrine Tournebise, demeurant 2 impasse du Lavoir.

La présente délibération est adoptée à l'unanimité.
"""


def nir(figures: str) -> str:
    """The number followed by its key."""
    return f"{figures}{97 - int(figures) % 97:02d}"


def canteen() -> Iterable[Row]:
    """Registrations to a school canteen: what must never be published."""
    yield "nom", "prenom", "nir", "courriel_responsable", "telephone", "regime"
    for rank, (name, first_name, figures, login) in enumerate(CHILDREN):
        phone = f"06 39 98 {10 + rank:02d} {37 + rank:02d}"
        yield name, first_name, nir(figures), f"{login}@exemple.fr", phone, "standard"


def csv_file(rows: Iterable[Row]) -> bytes:
    """A CSV file as French offices make them: semicolons, UTF-8."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def xlsx_file(rows: Iterable[Row]) -> bytes:
    """A workbook of one sheet."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Feuille1")
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def pdf_file(text: str) -> bytes:
    """A PDF of one page with a text layer."""
    document = fpdf.FPDF()
    document.add_page()
    document.set_font("Helvetica", size=11)
    document.multi_cell(0, 6, text)
    return bytes(document.output())


class Demo(NamedTuple):
    """One dataset with one file."""

    name: str
    title: str
    notes: str
    file_name: str
    content: Callable[[], bytes]


DEMOS = [
    Demo(
        "toilettes-publiques",
        "Toilettes publiques",
        "Liste des toilettes publiques de la commune.",
        "toilettes.csv",
        lambda: csv_file(TOILETS),
    ),
    Demo(
        "inscriptions-cantine",
        "Inscriptions à la cantine scolaire",
        "Inscriptions de l'année, exportées du logiciel de la cantine.",
        "inscriptions.csv",
        lambda: csv_file(canteen()),
    ),
    Demo(
        "elus-municipaux",
        "Conseil municipal",
        "Liste des membres du conseil municipal et de leurs fonctions.",
        "elus.csv",
        lambda: csv_file(ELECTED),
    ),
    Demo(
        "budget-2025",
        "Budget 2025",
        "Dépenses de fonctionnement, par chapitre.",
        "budget.xlsx",
        lambda: xlsx_file(BUDGET),
    ),
    Demo(
        "deliberation-aide-logement",
        "Délibération du 12 mars 2026",
        "Délibération du conseil municipal sur une aide au logement.",
        "deliberation.pdf",
        lambda: pdf_file(DELIBERATION),
    ),
]


def licence(portal: ckanapi.RemoteCKAN) -> str:
    """The Licence Ouverte where the portal knows it, else the ODbL."""
    known = {item["id"] for item in portal.action.license_list()}
    return next(name for name in ("lov2", "etalab-2.0", "odc-odbl") if name in known)


def upload(portal: ckanapi.RemoteCKAN, demo: Demo, license_id: str) -> None:
    """Makes the dataset and its resource, unless they are there."""
    dataset = find(portal, demo.name) or portal.action.package_create(
        name=demo.name,
        title=demo.title,
        notes=demo.notes,
        owner_org="mairie-exemple",
        license_id=license_id,
    )
    if dataset["resources"]:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, demo.file_name)
        path.write_bytes(demo.content())
        with path.open("rb") as file:
            portal.action.resource_create(
                package_id=dataset["id"], name=demo.file_name, upload=file
            )
    print(f"    {demo.name}: {demo.file_name}")


def find(portal: ckanapi.RemoteCKAN, name: str) -> dict[str, Any] | None:
    """The dataset, or None."""
    try:
        return portal.action.package_show(id=name)
    except ckanapi.NotFound:
        return None


def main(env_file: str) -> None:
    """Uploads what is missing to the portal of ``env_file``."""
    lines = Path(env_file).read_text().splitlines()
    env = dict(line.split("=", 1) for line in lines)
    with ckanapi.RemoteCKAN(env["CKAN_URL"], apikey=env["PUBLISHER_TOKEN"]) as portal:
        license_id = licence(portal)
        for demo in DEMOS:
            upload(portal, demo, license_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
