"""What a table says of its columns: whose numbers, addresses and mailboxes stand in it."""

from __future__ import annotations

import pytest

from ckanext.rgpd.core.detect.detectors import find
from ckanext.rgpd.core.detect.fr.cni import are_cards
from ckanext.rgpd.core.detect.fr.known_name import may_be_person, read_name
from ckanext.rgpd.core.detect.sensitive import category
from ckanext.rgpd.core.scan import Settings, scan
from ckanext.rgpd.core.types import Finding
from ckanext.rgpd.core.words import words
from tests.core import made

STREETS = [f"{n} rue des Lilas" for n in range(1, 41)]
HALLS = [f"Gymnase {name}" for name in "Nord Sud Est Ouest".split()] * 10
#: In no list of names.
SURNAMES = "Zyrkalu Zyrmone Zyrtavi Zyrbelo Zyrsani Zyrduro".split() * 7
FIRST = "Nathalie Mathieu Aurélie Sébastien Fatima Karim Chloé Thibault".split() * 5
KNOWN = "Lefebvre Gauthier Moreau Fournier Guérin Chevallier Lemoine Benali".split() * 5


def personal(**table: list[str]) -> dict[str, set[str]]:
    """The personal kinds found in a table, by column."""
    length = min(map(len, table.values()))
    rows = zip(*(values[:length] for values in table.values()), strict=True)
    report = scan(made.table([list(table), *map(list, rows)]), "a.csv", Settings(text=False))
    found: dict[str, set[str]] = {}
    for finding in report.personal:
        found.setdefault(finding.column, set()).add(finding.entity_type)
    return found


def finding(column: str, **table: list[str]) -> Finding:
    length = min(map(len, table.values()))
    rows = zip(*(values[:length] for values in table.values()), strict=True)
    report = scan(made.table([list(table), *map(list, rows)]), "a.csv", Settings(text=False))
    return next(finding for finding in report.personal if finding.column == column)


@pytest.mark.parametrize(
    "address",
    "ce.0291234b@ac-exemple.fr|0291234b@ac-exemple.fr|mairiedefictive@orange.fr|"
    "secretariatgeneral@exemple.fr|amicaledesanciens@gmail.com|ecole.primaire@exemple.fr|"
    "bibliothequefictive@orange.fr|fictive-tourisme@exemple.fr|etat-civil@exemple.fr".split("|"),
)
def test_the_mailbox_of_a_house_is_nobodys(address: str) -> None:
    assert [hit.entity_type for hit in find(address)] == ["email_generic"]


@pytest.mark.parametrize(
    "address",
    "jeanne.marche@orange.fr|claire.chateau@exemple.fr|paul.dubois@exemple.fr|"
    "c.lefebvre@exemple.fr|clubel@orange.fr|mairiez@orange.fr".split("|"),
)
def test_a_surname_that_is_also_a_service_is_somebodys(address: str) -> None:
    assert [hit.entity_type for hit in find(address)] != ["email_generic"]


@pytest.mark.parametrize(
    ("value", "full"),
    [
        ("Nathalie Lefebvre, Karim Benali", True),
        ("Nathalie Lefebvre ; Karim Benali ; Chloé Moreau", True),
        ("LEFEBVRE Nathalie et BENALI Karim", True),
        ("Lefebvre, Nathalie", True),
        ("Carottes râpées, Pommes vapeur", False),
        ("Jazz, Blues", False),
        ("Nathalie Lefebvre, Mairie de Fictive", False),
    ],
)
def test_several_names_in_one_cell(value: str, full: bool) -> None:
    assert read_name(value).full is full
    assert may_be_person(value) or not full


def test_a_table_that_says_nothing_is_taken_as_one_of_persons() -> None:
    number, sirets = [str(n) for n in range(40)], made.sirets(40)

    assert personal(c1=number, c2=sirets) == {"c2": {"siret_person"}}
    assert personal(c1=number, c2=STREETS) == {"c2": {"postal_address"}}


@pytest.mark.parametrize(
    "beside", [{"c3": HALLS}, {"siret": ["x"] * 40}, {"commune": ["Fictive"] * 40}]
)
def test_one_that_names_houses_or_says_anything_is_not(beside: dict[str, list[str]]) -> None:
    assert personal(c1=made.sirets(40), **beside) == {}
    assert personal(c1=STREETS, **beside) == {}


def test_the_name_of_a_thing_beside_its_keepers_mailbox_is_no_persons() -> None:
    mails = [f"{first.lower()}.{n}@gmail.com" for n, first in enumerate(FIRST)]
    things = [f"Composteur {name}" for name in SURNAMES]

    found = personal(**{"Nom du gîte": SURNAMES, "Propriétaire": KNOWN, "mail": mails})
    assert "Nom du gîte" not in found
    found = personal(
        nom=things, referent=[f"{f} {s}" for f, s in zip(FIRST, KNOWN, strict=True)], mail=mails
    )
    assert "nom" not in found
    assert found["referent"] == {"person_name"}


@pytest.mark.parametrize(
    ("surname", "first"),
    [("enfant_nom", "enfant_prenom"), ("Nom pilote", "Prénom pilote"), ("NOM_X", "PRENOM_X")],
)
def test_a_surname_and_a_first_name_of_the_same_person(surname: str, first: str) -> None:
    """Whatever their headers say of them, and in no list though they may be."""
    found = personal(**{surname: SURNAMES, first: [name[::-1].title() for name in SURNAMES]})

    assert found == {surname: {"person_name"}, first: {"person_name"}}


@pytest.mark.parametrize("header", ["equipement", "association", "batiment"])
def test_persons_under_the_header_of_a_thing(header: str) -> None:
    written = [f"{surname.upper()} {first}" for first in FIRST[:8] for surname in KNOWN[:5]]

    assert personal(n=STREETS, **{header: written})[header] == {"person_name"}


def test_a_variety_named_after_somebody_is_a_plant() -> None:
    roses = ["Madame Meilland", "Pierre de Ronsard", "Golden", "Monsieur Tillier"] * 10

    assert personal(variete=roses, nombre=[str(n) for n in range(40)]) == {}


def test_numbers_of_old_identity_cards_are_told_from_other_files() -> None:
    cards = [
        f"{9 + n % 9:02}{n % 12 + 1:02}{n % 89 + 1:02}{n * 7919 % 900000:06}" for n in range(90)
    ]
    times = [
        f"{9 + n % 9:02}{n % 12 + 1:02}{n % 28 + 1:02}{n * 7919 % 240000:06}" for n in range(90)
    ]

    assert are_cards(cards)
    assert not are_cards(times)


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("Âge", ["12", "45", "77 ans"], "age"),
        ("age", ["0-14 ans", "15-29 ans"], None),
        ("sexe", ["F", "M"], "sex"),
        ("Profession", ["Boulangère", "Retraité"], "profession"),
        ("Catégorie socio-professionnelle", ["Cadre", "Ouvrier"], "profession"),
        ("photo", ["https://exemple.fr/p/1.jpg", "p2.png"], "picture"),
        ("photo", ["oui", "non"], None),
        ("Nb enfants", ["1", "2"], "family_situation"),
        ("Situation familiale", ["marié", "veuve"], "family_situation"),
        ("Net à payer", ["1 200,00"], "income"),
        ("quotient_familial", ["812"], "income"),
        ("PAI", ["oui", "non"], "art9_health"),
        ("certificat_medical", ["oui", "non"], "art9_health"),
        ("groupe sanguin", ["A+", "O-"], "art9_health"),
        ("c4", ["CGT", "CFDT", "SUD"], "art9_trade_union"),
        ("quartier", ["Nord", "Sud"], None),
        ("origine", ["Maghreb"], "art9_racial_ethnic"),
        ("origine_demande", ["guichet", "web"], None),
        ("casier_judiciaire", ["néant"], "art10_offences"),
        ("Sanction disciplinaire", ["blâme"], "conduct"),
        ("appreciation", ["Élève agité"], "conduct"),
        ("discipline", ["judo", "boxe"], None),
        ("date_vaccination", ["01/02/2024"], None),
        ("adresse_mail_culte", ["x"], None),
        ("montant", ["12"], None),
        ("orientation sexuelle", ["x"], "art9_sex_life"),
        ("empreinte digitale", ["x"], "art9_biometric"),
        ("test ADN", ["x"], "art9_genetic"),
        ("sympathisant", ["oui"], "art9_political"),
        ("confession", ["x"], "art9_religious_philosophical"),
    ],
)
def test_what_is_said_of_a_person(header: str, values: list[str], kind: str | None) -> None:
    assert category(frozenset(words(header)), values) == kind


def test_the_position_of_a_home_is_personal_and_that_of_a_place_is_not() -> None:
    positions = [f"47.{n:06}" for n in range(218371, 218411)]
    people = {"nom": KNOWN, "prenom": FIRST, "latitude": positions}

    assert personal(**people, adresse=STREETS)["latitude"] == {"gps_home"}
    assert "latitude" not in personal(**people)
    assert personal(equipement=HALLS, adresse=STREETS, latitude=positions) == {}


def test_a_childs_name_says_so() -> None:
    found = finding("Nom enfant", **{"Nom enfant": KNOWN, "Prénom enfant": FIRST})

    assert "minor" in found.rules


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("irve@syndicat-exemple.fr", "email_generic"),
        ("sig@exemple.fr", "email_generic"),
        ("tran@exemple.fr", "email_work"),
        ("irve@orange.fr", "email_personal"),
        ("irve.zyr@exemple.fr", "email_work"),
    ],
)
def test_an_acronym_is_a_services_mailbox(address: str, kind: str) -> None:
    assert [hit.entity_type for hit in find(address)] == [kind]


@pytest.mark.parametrize(
    "office", ["Monsieur le Préfet", "Madame la Présidente", "M. le Maire", "Mme l'Adjointe"]
)
def test_an_office_with_a_title_is_nobodys_name(office: str) -> None:
    assert personal(n=STREETS, destinataire=[office] * 40) == {}


def test_names_as_registers_write_them() -> None:
    owners = [f"{surname.upper()}/{first.upper()}" for first in FIRST[:8] for surname in KNOWN[:5]]
    dead = [f"{surname.upper()}*{first.upper()}/" for first in FIRST[:8] for surname in KNOWN[:5]]
    doors = ["Nord/Sud", "Est/Ouest", "A/B", "24/7"] * 10

    assert personal(ddenom=owners, dnomcp=dead, porte=doors).keys() == {"ddenom", "dnomcp"}


def test_the_name_and_birth_of_a_horse() -> None:
    names = ["Ulysse", "Bella", "Oscar", "Luna"] * 10
    years = [str(2001 + n % 18) for n in range(40)]

    assert personal(nom=names, race=["Pur-sang"] * 40, naissance=years) == {}


@pytest.mark.parametrize(
    ("header", "kind"),
    [("ne", "birth_date"), ("Né(e) le", "birth_date"), ("jdatnss", "birth_date")],
)
def test_headers_of_births(header: str, kind: str) -> None:
    people = {"nom": KNOWN, "prenom": FIRST}

    assert personal(**people, **{header: made.birth_dates(40)})[header] == {kind}


def test_the_place_after_the_date_of_birth() -> None:
    people = {"NOM": KNOWN, "PRÉNOM": FIRST}
    towns = ["Fictive-sur-Mer", "Exempleville"] * 20

    beside_birth = personal(**people, **{"NÉ(E) LE": made.birth_dates(40), "À": towns})
    assert beside_birth["À"] == {"birth_place"}
    assert "À" not in personal(**people, À=towns)


def test_one_right_key_among_sixty_wrong_ones_is_chance_under_any_header() -> None:
    wrong = [rib[:-2] + f"{int(rib[-2:]) % 97 + 1:02}" for rib in made.ribs(60)]

    assert personal(cle_rib=[*wrong, made.ribs(1)[0]], n=[str(n) for n in range(61)]) == {}
    assert personal(rib=[*wrong[:5], *made.ribs(4)], n=[str(n) for n in range(9)])


def test_an_organisations_number_beside_some_persons_is_not_theirs() -> None:
    names = [f"Mme {first} {name}" for first, name in zip(FIRST, KNOWN, strict=True)]

    found = personal(nomBeneficiaire=names, idBeneficiaire=made.sirets(40), association=HALLS)
    assert "idBeneficiaire" not in found


@pytest.mark.parametrize(
    "things",
    [
        ["Les Archers", "La Boule d'Or", "Espérance sportive", "Union fictive", "Zyrkalu"],
        ["MJC Zyrkalu", "MPT Zyrmone", "CLSH Zyrtavi", "SMS Zyrbelo", "Zyrsani"],
    ],
)
def test_clubs_with_private_mailboxes_are_no_persons(things: list[str]) -> None:
    mails = [f"zyr{n}@gmail.com" for n in range(40)]

    assert "nom" not in personal(nom=things * 8, courriel=mails)
    assert "porteur" not in personal(porteur=things * 8, projet=HALLS)


def test_a_birth_at_the_end_of_a_path() -> None:
    people = {"adherent.nom": KNOWN, "adherent.prenom": FIRST}
    found = personal(**people, **{"adherent.ne": made.birth_dates(40)})

    assert found["adherent.ne"] == {"birth_date"}
    assert personal(vent_ne=made.birth_dates(40), n=[str(n) for n in range(40)]) == {}


def test_who_made_a_work_has_no_telephone_on_its_label() -> None:
    artists = [f"{surname.upper()} {first}" for first in FIRST[:8] for surname in KNOWN[:5]]
    phones = [f"01 99 00 12 {n:02}" for n in range(40)]

    assert "telephone" not in personal(musee=HALLS, artiste=artists, telephone=phones)
    assert "telephone" in personal(n=["1"] * 40, adherent=artists, telephone=phones)
