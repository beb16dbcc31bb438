"""The files that the bench measures: made, the same each time, and of nobody.

Tables are written row by row from numbers that follow each other, so that a large one costs little
to make and most of its columns hold as many different values as those of real open data.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

#: A large prime: its multiples, taken within a range, are spread over all of it.
_SPREAD = 2_654_435_761
_STARTS = "Cla Mon Ver Bel Cha Sau Mar Roc Vil Fon Gra Lan Pon Tre Ker Lou Mir Nav Ost Pra".split()
_ENDS = "ville mont lieu fort seille court val rive gny sac ronde zac bourg nay sec combe".split()
_TOWNS = [start + end for start in _STARTS for end in _ENDS]
_KINDS = ("rue", "avenue", "allée", "chemin", "place", "impasse")
_THINGS = "Lilas Acacias Vignes Tilleuls Moulins Fontaines Ormes Prés Écoles Pins".split()
_STREETS = [f"{kind} des {thing} de {town}" for kind in _KINDS for thing in _THINGS
            for town in _TOWNS[::7]]  # fmt: skip
_FIRST = "Jeanne Paul Zoé Hugo Inès Marc Léa Yann Awa Rémi Nora Luc Maud Théo Anna Gilles".split()
_LAST = "Tartempion Exemple Modèle Lambda Durand Lefebvre Moreau Garnier Chevalier Roux".split()
_SALES = ("Vente", "Vente en l'état futur d'achèvement", "Échange", "Adjudication", "Expropriation")
_HOUSES = ("Maison", "Appartement", "Dépendance", "Local industriel, commercial ou assimilé", "")
_STATES = ("ouvert", "en cours", "clos", "sans suite")
_SERVICES = ("Voirie", "Espaces verts", "Propreté", "Éclairage public", "Eau")
_WHAT = (
    "Un nid-de-poule s'est formé devant le numéro {n}, il faudrait le combler avant l'hiver",
    "Le lampadaire {n} est éteint depuis plusieurs jours et la rue reste dans le noir",
    "Des déchets ont été déposés au pied du conteneur {n}, malgré le panneau d'interdiction",
    "La haie du numéro {n} déborde sur le trottoir et gêne le passage des poussettes",
    "Fuite d'eau sur la chaussée à hauteur du {n}, la réparation est à prévoir rapidement",
    "Le feu tricolore du carrefour {n} reste bloqué au rouge dans le sens de la montée",
    "Le banc {n} du jardin est cassé, une latte est à remplacer et deux vis manquent",
    "Stationnement gênant devant l'entrée {n} : les véhicules ne passent plus",
)
_WHERE = (
    "près de l'école Jules Ferry",
    "dans le quartier de la gare de {town}",
    "à l'angle de la {street}",
    "le long du canal, côté {town}",
    "au croisement avec l'avenue Victor Hugo",
)
_WHO = (
    "Signalé par Mme {last}, qui demande à être rappelée.",
    "Vu sur place avec {first} {last}, qui habite en face.",
)
_THEN = (
    "Le service est passé le lendemain.",
    "Une équipe interviendra la semaine prochaine si le temps le permet.",
    "Déjà signalé au mois de mars.",
    "Merci de faire le nécessaire.",
)
#: One text in so many names somebody.
_NAMED = 40

Rows = Iterator[str]


def sales() -> Rows:
    """Sales of land and houses: twelve columns, numbers and labels, nobody's name."""
    yield (
        "id_mutation,date_mutation,nature_mutation,valeur_fonciere,adresse_numero,"
        "adresse_nom_voie,code_postal,nom_commune,id_parcelle,type_local,longitude,latitude\n"
    )
    for n in count():
        k = n * _SPREAD
        town = k // 7 % len(_TOWNS)
        yield (
            f"2024-{n // 3:07d},2024-{k % 12 + 1:02d}-{k // 5 % 28 + 1:02d},{_SALES[k // 3 % 5]},"
            f"{k % 900_000 + 1000}.{k // 11 % 100:02d},{k // 13 % 240 + 1},"
            f"{_STREETS[k // 17 % len(_STREETS)].upper()},{10_000 + town * 271 % 85_000},"
            f"{_TOWNS[town]},{10_000 + town * 271 % 85_000}000{'ABCDEFG'[k % 7]}"
            f'{"HJKLM"[k % 5]}{k // 19 % 9999:04d},"{_HOUSES[k // 23 % 5]}",'
            f"{k // 29 % 10_000_000 / 1e6 - 4:.6f},{42 + k // 31 % 9_000_000 / 1e6:.6f}\n"
        )


def reports() -> Rows:
    """What inhabitants report to their town: twelve columns, one of them in their own words."""
    yield (
        "id,date_signalement,heure,service,etat,rue,commune,code_insee,longitude,latitude,"
        "photos,description\n"
    )
    for n in count():
        k = n * _SPREAD
        town = k // 7 % len(_TOWNS)
        yield (
            f"SIG-{n:08d},{k // 5 % 28 + 1:02d}/{k % 12 + 1:02d}/2024,"
            f"{k // 3 % 24:02d}:{k // 37 % 60:02d},"
            f"{_SERVICES[k // 3 % 5]},{_STATES[k // 41 % 4]},{_STREETS[k // 17 % len(_STREETS)]},"
            f"{_TOWNS[town]},{10_000 + town * 271 % 85_000},{k // 29 % 10_000_000 / 1e6 - 4:.6f},"
            f'{42 + k // 31 % 9_000_000 / 1e6:.6f},{k // 43 % 4},"{sentence(n)}"\n'
        )


def sentence(n: int) -> str:
    """The ``n``-th report: hardly two are the same, and one in forty names somebody."""
    k = n * _SPREAD
    what = _WHAT[k // 3 % len(_WHAT)].format(n=k // 47 % 5000)
    where = _WHERE[k // 53 % len(_WHERE)].format(
        town=_TOWNS[k // 59 % len(_TOWNS)], street=_STREETS[k // 61 % len(_STREETS)]
    )
    then = _THEN[k // 67 % len(_THEN)]
    if k // 71 % _NAMED == 0:
        first, last = _FIRST[k // 73 % len(_FIRST)], _LAST[k // 79 % len(_LAST)]
        then = _WHO[k // 83 % len(_WHO)].format(first=first, last=last)
    return f"{what}, {where}. {then}"


def persons() -> Rows:
    """A register of persons, nearly every column personal."""
    yield "nom;prenom;date_naissance;courriel;portable;adresse;code_postal;ville;dossier;montant\n"
    for n in count():
        k = n * _SPREAD
        first, last = _FIRST[k % len(_FIRST)], _LAST[k // 3 % len(_LAST)] + _ENDS[k // 7 % 16]
        yield (
            f"{last.upper()};{first};{k % 28 + 1:02d}/{k // 5 % 12 + 1:02d}/{1930 + k // 11 % 75};"
            f"{first.lower()}.{last.lower()}{n}@exemple.fr;06 39 98 {k // 13 % 100:02d} "
            f"{k // 17 % 100:02d};{k // 19 % 200 + 1} {_STREETS[k // 23 % len(_STREETS)]};"
            f"{10_000 + k // 29 % 85_000};{_TOWNS[k // 31 % len(_TOWNS)]};D{n:07d};"
            f"{k // 37 % 90_000 / 100:.2f}\n"
        )


def table(path: Path, rows: Callable[[], Rows], size: int) -> None:
    """Write ``rows`` until the file has about ``size`` bytes."""
    lines = rows()
    with path.open("w", encoding="utf-8", newline="") as file:
        while file.tell() < size:
            file.write("".join(islice(lines, 20_000)))


def short_table(path: Path, rows: Callable[[], Rows], number: int) -> None:
    """Write a heading and the first lines of ``rows``, ``number`` lines in all."""
    path.write_text("".join(islice(rows(), number)), encoding="utf-8")


def workbook(path: Path, number: int) -> None:
    """A workbook with ``number`` rows of sales in one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("ventes")
    for row in csv.reader(islice(sales(), number + 1)):
        sheet.append([float(cell) if cell.isdecimal() else cell for cell in row])
    book.save(path)


def document(path: Path, pages: int) -> None:
    """A PDF of as many pages, with thirty reports on each."""
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_font("helvetica", size=9)
    for page in range(pages):
        pdf.add_page()
        pdf.multi_cell(0, text="\n".join(sentence(page * 30 + n) for n in range(30)))
    pdf.output(str(path))
