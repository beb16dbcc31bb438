"""Tables as other hands write them: short headers, parts in columns, several persons in a cell."""

from __future__ import annotations

import io
import json
from itertools import cycle, islice

import pytest

from ckanext.rgpd.core.scan import Settings, scan
from tests.core import made
from tests.core.detect.test_name_columns import FIRST as FIRST_NAMES
from tests.core.detect.test_table_company import FIRST, KNOWN, STREETS, personal

NUMBERS = [str(number) for number in range(40)]
FULL = [f"{first} {surname}" for first, surname in zip(FIRST, KNOWN, strict=True)]
UPPER = [f"{surname.upper()} {first}" for first, surname in zip(FIRST, KNOWN, strict=True)]


def forty(*values: str) -> list[str]:
    return list(islice(cycle(values), 40))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("à prévenir", [f"{name} (mère)" for name in FULL]),
        ("à prévenir", [f"{name} (grand-mère)" for name in UPPER]),
        ("membres du jury", [f"{a} ; {b}" for a, b in zip(FULL, FULL[3:], strict=False)]),
        ("équipe", [f"{a}|{b}" for a, b in zip(FULL, FULL[3:], strict=False)]),
        ("c3", [f"{first} Zyrkalu" for first in FIRST[:8]]),  # a surname that no list holds
        ("entreprise", [f"{name} EI" for name in UPPER]),
        ("raison sociale", [*forty("Garage Fictif SARL")[:30], "Jeanne ZYRKALU EI"]),
    ],
)
def test_persons_are_named(header: str, values: list[str]) -> None:
    assert personal(n=NUMBERS, **{header: values})[header] == {"person_name"}


@pytest.mark.parametrize(
    ("header", "values", "beside"),
    [
        ("titulaire", ["COLAS FRANCE", "DUMEZ LAGORSSE", "SODEXO"], {"titulaireSiret": NUMBERS}),
        ("nom_declarant", ["DINUM", "DGEC", "ADEME"], {"siren_declarant": NUMBERS}),
        ("responsable", ["DGA Ressources", "Direction générale", "Service technique"], {}),
        (
            "beneficiaire",
            ["CCAS de Redon", "OGEC Saint-Yves", "SNSM de Royan", "MJC", "Croix-Rouge", "CPIE"],
            {},
        ),
        ("patronyme", KNOWN[:8], {"naissances_1891_1990": NUMBERS}),
        ("twitter_verified", ["True", "False"], {"prenom": FIRST, "nom": KNOWN}),
    ],
)
def test_what_others_write_there_is_nobody(
    header: str, values: list[str], beside: dict[str, list[str]]
) -> None:
    repeated = values if header == "patronyme" else forty(*values)

    assert header not in personal(**{header: repeated}, **beside)


def test_first_names_with_their_sex_and_nothing_else_are_a_list() -> None:
    rows = [[name, "MF"[number % 2]] for number, name in enumerate(FIRST_NAMES)]
    more = [[name, sex, number] for (name, sex), number in zip(rows, KNOWN, strict=False)]

    assert not scan(made.table(rows), "a.csv", Settings(text=False)).personal
    assert scan(made.table(more), "a.csv", Settings(text=False)).personal


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("MATR", [f"A{10230 + number}" for number in range(40)], "internal_id"),
        ("REF_FISC", made.tax_numbers(40), "tax_spi"),
        ("permis_cond", made.shaped("99AA99999", 40), "id_document"),
        ("num_compte", made.shaped("99999999999", 40), "rib"),
        ("twitter", [f"@jexempleau{number}" for number in range(40)], "username"),
        ("adr_voie", forty("rue des Lilas", "allée du Stade", "impasse du Four"), "postal_address"),
    ],
)
def test_a_number_or_an_address_beside_persons(header: str, values: list[str], kind: str) -> None:
    beside = {"nom": KNOWN, "prenom": FIRST, "code_guichet": NUMBERS, "cle_rib": NUMBERS}

    assert personal(**beside, **{header: values})[header] == {kind}


def test_an_account_without_its_bank_beside_it_is_any_number() -> None:
    accounts = made.shaped("99999999999", 40)

    assert "num_compte" not in personal(nom=KNOWN, prenom=FIRST, num_compte=accounts)


def test_the_legal_form_of_a_sole_trader_as_a_code() -> None:
    found = personal(siret=made.sirets(40), cat_jur=["1000"] * 40, ape=forty("4321A", "9602A"))

    assert found == {"siret": {"siret_person"}}


def test_devices_are_their_users_where_the_table_speaks_of_these() -> None:
    devices = [f"00:00:5e:00:53:{number:02x}" for number in range(160, 200)]

    assert personal(adr_mac=devices, borne=NUMBERS) == {}
    assert personal(adr_mac=devices, borne=NUMBERS, client=NUMBERS) == {"adr_mac": {"mac_address"}}


@pytest.mark.parametrize(
    ("who", "header", "values", "kind"),
    [
        ("agent", "orga_syndicale", ["CGT", "CFDT", "FO"], "art9_trade_union"),
        ("candidat", "bulletin_b2", ["Néant", "Condamnation 2019 - vol"], "art10_offences"),
        (
            "eleve",
            "repas",
            ["Halal", "Casher", "Sans porc", "Standard", "Végétarien"],
            "art9_religious_philosophical",
        ),
    ],
)
def test_what_is_said_of_them_is_sensitive(
    who: str, header: str, values: list[str], kind: str
) -> None:
    found = personal(**{who: UPPER, header: forty(*values)})

    assert found == {who: {"person_name"}, header: {kind}}


def test_without_a_person_a_vote_for_a_union_is_a_result() -> None:
    assert personal(syndicat=forty("CGT", "CFDT", "FO"), voix=NUMBERS) == {}


@pytest.mark.parametrize(
    ("address", "personal_"),
    [
        ("inventaire-forestier@exemple.fr", False),
        ("bonjour@exemple.fr", False),
        ("jeanne-zyrkalu@exemple.fr", True),
        ("zyrkalu@exemple.fr", True),
    ],
)
def test_a_mailbox_is_about_a_matter_or_is_somebodys(address: str, personal_: bool) -> None:
    assert ("courriel" in personal(n=NUMBERS, courriel=[address] * 40)) is personal_


def test_what_hangs_on_a_person_in_a_tree_is_that_persons() -> None:
    people = [
        {"nom": surname, "prenom": first, "contact": {"adresse": street}}
        for surname, first, street in zip(KNOWN, FIRST, STREETS, strict=True)
    ]
    clubs = [
        {"club": "Judo fictif", "adresse": street, "contact": {"nom": surname, "prenom": first}}
        for surname, first, street in zip(KNOWN, FIRST, STREETS, strict=True)
    ]

    assert _columns(people) == {"nom", "prenom", "contact.adresse"}
    assert _columns({"lignes": people}) == {
        "lignes.nom",
        "lignes.prenom",
        "lignes.contact.adresse",
    }
    assert _columns(clubs) == {"contact.nom", "contact.prenom"}


def _columns(content: object) -> set[str]:
    file = io.BytesIO(json.dumps(content).encode())
    return {finding.column for finding in scan(file, "a.json", Settings(text=False)).personal}


def test_births_in_short_headers_and_american_order() -> None:
    births = [f"{number % 12 + 1:02}/{number % 28 + 1:02}/19{number + 50}" for number in range(40)]

    assert personal(loc_dnai=births, n=NUMBERS) == {"loc_dnai": {"birth_date"}}
    assert personal(dob=births, n=NUMBERS) == {"dob": {"birth_date"}}


def test_mobiles_with_their_country_and_no_plus() -> None:
    mobiles = [f"3363998{number:04}" for number in range(40)]

    assert personal(numero=mobiles, n=NUMBERS) == {"numero": {"phone_mobile"}}
    assert personal(ref_produit=mobiles, n=NUMBERS) == {}


def test_a_place_has_a_usual_name_too() -> None:
    stations = forty("ABBEVILLE", "ROSNAY", "LE MAS", "SAINT-GERMAIN", "Lemoine", "SERVIERES")

    assert personal(num_poste=NUMBERS, nom_usuel=stations) == {}
    assert personal(prenom=FIRST, nom_usuel=KNOWN)["nom_usuel"] == {"person_name"}


def test_who_is_named_for_an_office_does_not_live_at_its_address() -> None:
    beside = {"civilite": forty("M.", "Mme"), "nom": KNOWN, "adresse": STREETS}

    assert "adresse" in personal(**beside)
    assert "adresse" not in personal(**beside, fonction=forty("directeur", "attaché de presse"))


def test_an_opinion_without_a_verb_may_name_somebody() -> None:
    opinions = forty("Accueil parfait", "Accueil désagréable de la part de Nathalie Lefebvre")
    rows = [["n", "avis"], *map(list, zip(NUMBERS, opinions, strict=True))]

    report = scan(made.table(rows), "a.csv")

    assert {finding.column for finding in report.personal} == {"avis"}


def test_a_name_with_its_telephone_in_one_cell() -> None:
    contacts = [
        f"{first} {surname} : 02 61 91 00 {number:02}"
        for number, (first, surname) in enumerate(zip(FIRST, KNOWN, strict=True))
    ]

    assert "person_name" in personal(marche=NUMBERS, referents=contacts)["referents"]


def test_names_with_spaces_between_as_in_a_printed_list() -> None:
    names = [f"{surname.upper()}   {first}" for first, surname in zip(FIRST, KNOWN, strict=True)]

    assert personal(**{"NOM  PRENOM": names, "n": NUMBERS})["NOM  PRENOM"] == {"person_name"}


def test_a_service_has_a_mailbox_too() -> None:
    services = forty("billetterie@theatre.fr", "stats@ville.fr", "franceservices@ville.fr")

    assert personal(contact=services, n=NUMBERS) == {}
    assert personal(contact=forty("exempleau@ville-exemple.fr"), n=NUMBERS) != {}


def test_births_whose_years_have_two_digits_need_no_header() -> None:
    births = [f"{n * 11 % 28 + 1:02}/{n % 12 + 1:02}/{n * 7 % 40 + 50}" for n in range(40)]
    visits = [f"{n * 11 % 28 + 1:02}/{n % 12 + 1:02}/{n % 3 + 21}" for n in range(40)]

    found = personal(nom=KNOWN, prenom=FIRST, c3=births, c4=visits)

    assert found.keys() == {"nom", "prenom", "c3"}


def test_the_address_of_whom_another_column_names_as_no_person() -> None:
    clubs = forty("Judo Club", "Les Gais Lurons", "A.C.C.A", "100% sport")
    beside = {"naissance_depute": [""] * 40, "adresse_beneficiaire": STREETS}

    assert personal(nom_beneficiaire=clubs, **beside) == {}
    assert "adresse_beneficiaire" in personal(nom_beneficiaire=UPPER, **beside)
