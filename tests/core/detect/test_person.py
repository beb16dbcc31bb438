"""Names of persons: what headers promise, what looks like a name, what only carries one."""

from __future__ import annotations

import pytest

from ckanext.rgpd.core.detect.fr import person


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Nom", person.NAME),
        ("NAME", person.NAME),
        ("DCD_NOM", person.NAME),
        ("nom_usage", person.SURNAME),
        ("Nom de naissance", person.SURNAME),
        ("Nom de l'élu", person.SURNAME),
        ("nomCandidat", person.SURNAME),
        ("last_name", person.SURNAME),
        ("Patronyme", person.SURNAME),
        ("Prénom", person.FIRST_NAME),
        ("prenomCandidat", person.FIRST_NAME),
        ("First Name", person.FIRST_NAME),
        ("Nom et prénom", person.FULL_NAME),
        ("nom_complet", person.FULL_NAME),
        ("Responsable légal", person.ROLE),
        ("demandeur", person.ROLE),
        ("Nom de la commune", None),
        ("nom_voie", None),
        ("Nom établissement", None),
        ("nom_scientifique", None),
        ("acheteur.nom", None),
        ("Prénom de la rue", None),
        ("renommée", None),
        ("surnombre", None),
        ("montant", None),
        ("", None),
    ],
)
def test_a_header_promises_a_person_or_nothing(header: str, role: str | None) -> None:
    assert person.header_role(header) == role


@pytest.mark.parametrize(
    "value",
    "Jeanne|EXEMPLEAU|D'INVENTON|N’GUYEN|LE FAUX|Marie-Odile|Loïc|José María|Mme EXEMPLEAU Jeanne|"
    "Exempleau, Jeanne|J.-P. Exempleau|Li|Émile de La Tour".split("|"),
)
def test_names_of_all_shapes_look_like_names(value: str) -> None:
    assert person.looks_like_name(value)


@pytest.mark.parametrize(
    "value",
    "NOM1||J|12|rue Exempleau|Parc de la Mairie|Maçonnerie Exempleau SARL|Service technique|"
    "Jeanne!|de la|AB-12|jeanne@exemple.fr|Non|un nom bien trop long pour etre celui de quelqu un"
    " de vivant".split("|"),
)
def test_what_is_no_name_does_not_look_like_one(value: str) -> None:
    assert not person.looks_like_name(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("EXEMPLEAU Jeanne", True),
        ("Jeanne EXEMPLEAU", True),
        ("LE FAUX Marie-Odile", True),
        ("Jeanne Exempleau", False),
        ("EXEMPLEAU JEANNE", False),
        ("EXEMPLEAU", False),
    ],
)
def test_the_way_administrations_write_persons_is_recognised(value: str, expected: bool) -> None:
    assert person.is_surname_first(value) is expected


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("signalé hier par ", "Jeanne Exempleau"),
        ("Monsieur ", "Exempleau"),
        ("", "Jeanne Exempleau"),
        ("le rapport a été remis à ", "Paul d'Inventon"),
    ],
)
def test_somebody_is_named(before: str, name: str) -> None:
    assert person.names_somebody(name, before)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("rue ", "Jean Jaurès"),
        ("avenue du Général ", "Paul Exempleau"),
        ("école ", "Jeanne Exempleau"),
        ("l'entreprise ", "Paul Exempleau"),
        ("vu avec ", "Exempleau"),
        ("", "Mairie Exempleau"),
        ("", "bonjour"),
    ],
)
def test_a_place_named_after_somebody_is_nobody(before: str, name: str) -> None:
    assert not person.names_somebody(name, before)
