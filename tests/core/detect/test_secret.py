"""What sentences say of the persons they name, and what they say of nobody."""

from __future__ import annotations

import time

import pytest

from ckanext.rgpd.core.detect.before import names_house, names_place, words_before
from ckanext.rgpd.core.detect.detector import Hit
from ckanext.rgpd.core.detect.fr.known_name import names_somebody
from ckanext.rgpd.core.detect.secret import secrets
from ckanext.rgpd.core.scan import Settings, scan
from tests.core import made

NAME = "Mme Zyrkalu"


def told(text: str) -> set[str]:
    start = text.find(NAME)
    named = [Hit("person_name", start, start + len(NAME), 0.9, "made")] if start >= 0 else []
    return {hit.entity_type for hit in secrets(text, named)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Arrêt maladie de {} jusqu'en mai", "art9_health"),
        ("{} a fourni un certificat médical", "art9_health"),
        ("{} est enceinte de six mois", "art9_health"),
        ("{} est adhérente de la CGT", "art9_trade_union"),
        ("{}, militante du parti fictif", "art9_political"),
        ("{} demande le départ anticipé pendant le ramadan", "art9_religious_philosophical"),
        ("{}, d'origine malienne", "art9_racial_ethnic"),
        ("{} a fait état de son orientation sexuelle", "art9_sex_life"),
        ("test ADN demandé pour {}", "art9_genetic"),
        ("empreintes digitales de {} relevées", "art9_biometric"),
        ("{} a été mise en examen", "art10_offences"),
        ("{} condamnée à six mois avec sursis", "art10_offences"),
        ("Sanction disciplinaire : {}", "conduct"),
        ("{} est peu fiable", "conduct"),
        ("{} est en instance de divorce", "family_situation"),
        ("{} en surendettement", "income"),
    ],
)
def test_what_is_said_near_a_name(text: str, kind: str) -> None:
    assert told(text.format(NAME)) == {kind}
    assert told(text.format("le service")) == set()


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME} préside la commission dans l'enceinte du stade",
        f"Sursis à statuer sur la demande de {NAME}",
        f"{NAME}, adjointe à la santé et aux sports",
        f"{NAME} signe.\n\nLe règlement prévoit un arrêt maladie.",
        f"{NAME} " + "et ainsi de suite " * 12 + "arrêt maladie",
    ],
)
def test_what_is_not_said_of_the_person_named(text: str) -> None:
    assert told(text) == set()


def test_many_names_and_phrases_take_linear_time() -> None:
    text = "Arrêt maladie de Mme Zyrkalu. " * 20_000
    named = [Hit("person_name", n * 30 + 17, n * 30 + 28, 0.9, "made") for n in range(20_000)]

    begin = time.process_time()
    assert len(secrets(text, named)) == 20_000
    assert time.process_time() - begin < 10


def test_a_remark_in_a_table_says_what_it_tells() -> None:
    rows: list[list[object]] = [["id", "note"], [1, "Arrêt maladie de Mme Exempleau"], [2, "RAS"]]

    findings = scan(made.table(rows), "a.csv", Settings(text=False)).personal

    assert {(f.entity_type, f.sensitive) for f in findings} == {
        ("person_name", False),
        ("art9_health", True),
    }


@pytest.mark.parametrize(
    ("before", "place", "house"),
    [
        ("fermeture de la rue du ", True, False),
        ("dans la rue, ", False, False),
        ("convention avec l'association ", False, True),
        ("le président de l'association, ", False, False),
        ("signalé par ", False, False),
    ],
)
def test_the_word_before_a_name(before: str, place: bool, house: bool) -> None:
    previous = words_before(before)

    assert (names_place(previous), names_house(previous)) == (place, house)


@pytest.mark.parametrize(
    ("name", "before", "somebody"),
    [
        ("Nathalie Lefebvre", "vu avec ", True),
        ("Nathalie Lefebvre", "le challenge ", False),
        ("Yves Rocher", "achat chez ", False),
        ("Jean Lefebvre", "le lot attribué à ", False),
        ("Nathalie Lefebvre Immobilier", "vu avec ", False),
    ],
)
def test_companies_and_events_that_are_named_after_persons(
    name: str, before: str, somebody: bool
) -> None:
    assert names_somebody(name, before) is somebody
