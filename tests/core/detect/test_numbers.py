"""Numbers of persons in tables: header, key and company decide; look-alikes stay silent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ckanext.rgpd.core.detect import detectors
from ckanext.rgpd.core.detect.detector import BELIEVED
from ckanext.rgpd.core.detect.fr import birth
from ckanext.rgpd.core.scan import Settings, scan
from ckanext.rgpd.core.types import Finding
from tests.core import made

PATTERNS_ONLY = Settings(text=False)


def findings(headers: list[str], rows: list[list[object]]) -> list[Finding]:
    return list(scan(made.table([headers, *rows]), "a.csv", PATTERNS_ONLY).findings)


def kinds(header: str, values: list[str]) -> set[str]:
    """The personal kinds found in one column beside a neutral one."""
    rows: list[list[object]] = [[number, value] for number, value in enumerate(values)]
    return {f.entity_type for f in findings(["id", header], rows) if f.is_personal}


def beside_persons(header: str, values: list[str]) -> set[str]:
    """The personal kinds found in one column beside a surname and a first name."""
    people = made.people(len(values))
    rows: list[list[object]] = [[*who, value] for who, value in zip(people, values, strict=True)]
    found = findings(["nom", "prenom", header], rows)
    return {f.entity_type for f in found if f.is_personal and f.column == header}


def wrong(values: list[str]) -> list[str]:
    """The same numbers, each with a wrong last digit."""
    return [value[:-1] + str((int(value[-1]) + 1) % 10) for value in values]


NEW_CARDS = made.shaped("A9A99AA9A", 60)
PASSPORTS = made.shaped("29AA99999", 60)
PLATES = made.shaped("AA-999-AA", 60)
PUPILS = made.shaped("999999999AA", 60)
PAYMENT_CARDS = made.with_luhn(made.shaped("497099999999999", 30))
ADDRESSES = [f"203.0.113.{number}" for number in range(1, 60)]


@pytest.mark.parametrize(
    ("kind", "telling", "values"),
    [
        ("tax_spi", "numero_fiscal", made.tax_numbers(30)),
        ("rpps", "Identifiant PP", made.rpps(30)),
        ("rib", "RIB", made.ribs(30)),
        ("payment_card", "carte_bancaire", PAYMENT_CARDS),
        ("cni", "n° CNI", NEW_CARDS),
        ("passport", "passeport", PASSPORTS),
        ("vehicle_plate", "immatriculation", PLATES),
        ("ine", "INE", PUPILS),
        ("ip_address", "ip", ADDRESSES),
        ("birth_date", "Né(e) le", made.birth_dates(60)),
    ],
)
def test_a_number_is_found_under_a_telling_header_and_under_none(
    kind: str, telling: str, values: list[str]
) -> None:
    assert kinds(telling, values) == {kind}
    assert kinds("c2", values) == {kind}
    assert kinds(telling, values[:1]) == {kind}


@pytest.mark.parametrize(
    ("kind", "header", "values"),
    [
        ("id_document", "titre_sejour", ["7503123456", "9912345678"]),
        ("id_document", "num_permis_conduire", ["13AA00002", "880575200123"]),
        ("adeli", "ADELI", ["441234567", "2A9312345"]),
        ("cni", "carte_identite", ["880692310285"]),
        ("vehicle_plate", "plaque", ["1234 AB 75", "12 ABC 2A"]),
        ("username", "nom_utilisateur", ["jexemple", "p.modelier", "zfictivet2"]),
        ("meter_point", "PDL", ["09123456789012"]),
        ("meter_point", "pce", ["GI123456"]),
        ("mac_address", "adresse_mac", ["01-02-03-04-05-06", "01-02-03-04-05-07"]),
        ("ip_address", "ip", ["10.1.2.3", "2001:db8::1:2:3:4"]),
        ("username", "login", ["jexemple", "p.modelier", "zfictivet2"]),
        ("pseudonym", "hash_usager", [f"{n:032x}" for n in range(9, 20)]),
        ("birth_date", "date_naissance", ["12 mars 1980", "1er avril 1975"]),
    ],
)
def test_what_has_no_key_needs_its_header(kind: str, header: str, values: list[str]) -> None:
    assert kinds(header, values) == {kind}
    assert kinds("c2", values) == set()


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("numero_fiscal", wrong(made.tax_numbers(30))),
        ("rpps", wrong(made.rpps(30))),
        ("carte_bancaire", wrong(PAYMENT_CARDS)),
        ("rib", [f"{rib[:-2]}{int(rib[-2:]) % 97 + 1:02}" for rib in made.ribs(30)]),
        ("immatriculation", made.shaped("AO-999-AI", 30)),
        ("ine", made.shaped("999999999OI", 30)),
        ("ip", ["300.1.2.3", "127.0.0.1"]),
    ],
)
def test_a_wrong_key_is_never_reported(header: str, values: list[str]) -> None:
    assert kinds(header, values) == set()


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("ean", ["3760123456789", *made.shaped("3999999999999", 60)]),
        ("c2", made.shaped("2999999999999", 400)),  # some have a right tax key by chance
        ("c2", made.shaped("10999999999", 200)),  # one in ten has Luhn's key
        ("c2", made.shaped("30006000019999999999999", 200)),
        ("siret", made.sirets(60)),
        ("identifiant", made.sirets(60)),
        ("siren", [siret[:9] for siret in made.sirets(60)]),
        ("ref_produit", NEW_CARDS),
        ("num_lot", PASSPORTS),
        ("code_article", PLATES),
        ("reference", PUPILS),
        ("c2", [f"24AB{number:05}" for number in range(60)]),  # an office's own numbers
        ("c2", [f"AB-{number:03}-CD" for number in range(1, 60)]),
        ("c2", [f"2024{number:06}AB" for number in range(60)]),
        ("c2", made.shaped("991199999999", 60)),  # twelve digits alone are any number
        ("c2", made.shaped("99999999999999", 60)),
        ("version", ["1.2.3.4", "10.3.96.1", "2.0.0.12"]),
        ("c2", [f"{n % 7}.{n % 20}.{n % 3}.{n % 11}" for n in range(60)]),
        ("c2", made.shaped("9999999999", 1) * 30 + made.shaped("9999999999A", 9)),
        ("article", ["5.1.2.3", "5.1.2.4"]),
        ("code_insee", ["44109", "2A004", "75056"]),
        ("montant", ["1234567890123", "12345678901", "100.25"]),
        ("coordonnees", ["47.218371, -1.553621", "48.117266, -1.677793"]),
        ("horodatage", ["02/06/2025 12:30", "2025-06-02T12:30:00"]),
        ("vehicule", ["308 SW 92", "208 GT 75"]),
        ("capteur", ["00-01-02", "A1:B2"]),
        ("checksum", [f"{number:040x}" for number in range(9, 20)]),
        ("licence", ["CC-BY", "Licence Ouverte 2.0"]),
        ("utilisateur", ["Ville", "Département"]),
    ],
)
def test_a_look_alike_is_nobodys(header: str, values: list[str]) -> None:
    assert kinds(header, values) == set()


WORKDAYS = [
    day
    for number in range(1, 3000)
    if (day := date(1960, 1, 4) + timedelta(days=6 * number)).weekday() < 5
]


@pytest.mark.parametrize(
    ("header", "days"),
    [
        ("date", [date(2024, 1, 1) + timedelta(days=number) for number in range(300)]),
        ("c2", [date(1990, 1, 1) + timedelta(days=10 * number) for number in range(300)]),
        ("c2", WORKDAYS),  # an administration's
        ("c2", [date(1950 + number, 1 + number % 12, 1) for number in range(70)]),
        ("date_creation", [date(1941, 1, 7) + timedelta(days=61 * n) for n in range(300)]),
        ("date_construction", [date(1941, 1, 7) + timedelta(days=61 * n) for n in range(300)]),
    ],
)
def test_a_date_is_no_birth_because_it_is_a_date(header: str, days: list[date]) -> None:
    assert kinds(header, [f"{day:%d/%m/%Y}" for day in days]) == set()


def test_a_date_beside_names_is_a_birth_where_it_is_long_past() -> None:
    born = [f"{date(1950, 1, 7) + timedelta(days=61 * number):%d/%m/%Y}" for number in range(60)]
    raced = [f"{date(2019, 1, 7) + timedelta(days=31 * number):%d/%m/%Y}" for number in range(60)]

    assert beside_persons("Date", born) == {"birth_date"}
    assert beside_persons("Date", raced) == set()


def test_births_that_are_counted_are_nobodys() -> None:
    rows: list[list[object]] = [[str(year), 700 + year % 50] for year in range(1990, 2020)]

    assert findings(["annee_naissance", "nombre"], rows) == []
    assert findings(["lieu_naissance", "effectif"], [["Nantes", 12], ["Rezé", 7]]) == []


def test_a_birth_place_needs_a_person_or_a_birth_beside_it() -> None:
    assert beside_persons("commune_naissance", ["Nantes", "Rezé"]) == {"birth_place"}
    assert kinds("lieu_naissance", ["Nantes", "Rezé"]) == set()
    rows: list[list[object]] = [["17/05/1985", "Nantes"], ["18/06/1979", "Rezé"]]
    assert {f.entity_type for f in findings(["ne_le", "ne_a"], rows)} == {
        "birth_date",
        "birth_place",
    }


@pytest.mark.parametrize(
    ("headers", "others", "personal"),
    [
        (["siret_auto_entrepreneur"], [[]], True),
        (["siret", "nom", "prenom", "activite"], [["EXEMPLEAU", "Jeanne", "Taxi"]], True),
        (["siret", "categorieJuridique"], [["1000"]], True),
        (["siret", "forme_juridique"], [["Entrepreneur individuel"]], True),
        (["siret", "type_titulaire"], [["Personne physique"]], True),
        (["siret", "raison_sociale"], [["EXEMPLEAU Jeanne (EI)"]], True),
        (["siret", "type"], [["1000"]], False),
        (["siret", "forme_juridique"], [["SARL"]], False),
        (["siret", "categorieJuridique"], [["5710"]], False),
        (["siret", "raison_sociale"], [["Menuiserie Exempleau SARL"]], False),
        (
            ["siret", "raison_sociale", "nom_gerant", "prenom_gerant"],
            [["Menuiserie du Port", "EXEMPLEAU", "Jeanne"]],
            False,
        ),
        (["siret_employeur", "nom", "prenom"], [["EXEMPLEAU", "Jeanne"]], False),
    ],
)
def test_a_siret_is_personal_where_the_table_says_whose_it_is(
    headers: list[str], others: list[list[object]], personal: bool
) -> None:
    rows = [[siret, *others[0]] for siret in made.sirets(20)]

    found = {finding.entity_type for finding in findings(headers, rows)}

    assert ("siret_person" in found) is personal


def test_one_sole_trader_among_companies_is_located() -> None:
    rows: list[list[object]] = [[siret, "SAS"] for siret in made.sirets(50)]
    rows[30][1] = "Entrepreneur individuel"

    found = {f.entity_type: f for f in findings(["siret", "forme juridique"], rows)}

    trader = found["siret_person"]
    assert (trader.column, trader.matched_rows, trader.first_at) == ("siret", 1, "row 32")


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        ("matricule", ["A00012", "A00013", "A00099"], {"internal_id"}),
        ("num_allocataire", ["AL7732150", "AL7732151", "AL7732152"], {"internal_id"}),
        ("N° licence", ["03815966559", "03840197483", "03899818337"], {"internal_id"}),
        ("num_dossier", ["2024001", "2024002", "2024003"], set()),
        ("rang", ["1", "2", "3"], set()),
        ("id", [f"{number:040x}" for number in range(9, 12)], {"pseudonym"}),
        ("twitter", ["@jexempleau", "@zfictivet", "@pmodelier"], {"username"}),
    ],
)
def test_a_number_beside_names_may_be_theirs(
    header: str, values: list[str], expected: set[str]
) -> None:
    assert beside_persons(header, values) == expected
    if header in ("num_allocataire", "twitter", "id"):
        assert kinds(header, values) == set()


def test_the_owner_of_a_parcel_is_one_in_a_table_of_parcels() -> None:
    owners: list[list[object]] = [["AB 12", "EXEMPLEAU Jeanne"], ["AC 7", "Commune d'Exemple"]]

    land = findings(["parcelle", "proprietaire"], owners)
    halls = findings(["salle", "proprietaire"], [["Salle A", "Commune"], ["B", "Ville"]])

    assert "cadastral_owner" in {finding.entity_type for finding in land}
    assert halls == []


@pytest.mark.parametrize(
    ("header", "thing", "value"),
    [
        ("prm", "batiment", "09123456789012"),
        ("mac", "capteur", "00:00:5E:00:53:AF"),
        ("ip", "serveur", "203.0.113.7"),
    ],
)
def test_the_number_of_a_thing_is_said_and_is_not_personal(
    header: str, thing: str, value: str
) -> None:
    found = findings([header, thing], [[value, "École"], [value, "Mairie"]])

    assert [finding.is_personal for finding in found] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passeport 12AB34567, délivré à Nantes.", ["passport"]),
        ("Son numéro fiscal est le 3023217600053.", ["tax_spi"]),
        ("Le véhicule AB-123-CD stationnait rue du Port.", ["vehicle_plate"]),
        ("L'élève (INE 120890177FH) est admise.", ["ine"]),
        ("Virement sur 30006 00001 12345678901 89 ce jour.", ["rib"]),
        ("Connexion depuis l'adresse IP 203.0.113.7 hier.", ["ip_address"]),
        ("La pièce AB-123-CD est à commander.", []),
        ("Voir la version 203.0.113.7 du logiciel.", []),
        ("Marché 2024AB12345, lot 3023217600053.", []),
        ("La salle a été immatriculée 12-2024.", []),
    ],
)
def test_in_a_text_the_words_before_decide(text: str, expected: list[str]) -> None:
    hits = [hit for hit in detectors.find(text) if hit.score >= BELIEVED]

    assert [hit.entity_type for hit in hits] == expected


def test_births_fall_on_all_days() -> None:
    days = [date(1941, 3, 5) + timedelta(days=181 * number) for number in range(100)]

    assert birth.are_spread_as_births(days, of_persons=False)
    assert not birth.are_spread_as_births(WORKDAYS, of_persons=False)
    assert not birth.are_spread_as_births(days[:10], of_persons=True)


def test_a_few_numbers_beside_names_are_theirs() -> None:
    for kind, values in (("passport", PASSPORTS), ("vehicle_plate", PLATES), ("ine", PUPILS)):
        assert beside_persons("col_3", values[:4]) == {kind}
        assert kinds("c2", values[:4]) == set()


def test_a_password_is_its_holders_whatever_it_is_called() -> None:
    assert kinds("mot_de_passe", ["azerty12", "Exemple!9", "soleil44"]) == {"username"}
    assert kinds("mdp", ["", "", ""]) == set()


def test_the_birth_of_an_animal_is_nobodys() -> None:
    rows: list[list[object]] = [["Rex", "17/05/2019"], ["Médor", "18/06/2020"]]

    assert findings(["chien", "date_naissance"], rows) == []
    assert findings(["eleve", "date_naissance"], rows)


def test_two_digits_of_a_year_say_nothing_of_a_century() -> None:
    recent = [f"{1 + n % 28:02}/{1 + n % 12:02}/{18 + n % 7}" for n in range(80)]

    assert kinds("c2", recent) == set()
    assert beside_persons("date", recent) == set()
    assert kinds("date_naissance", recent) == {"birth_date"}
