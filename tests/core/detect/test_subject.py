"""What a table is about, by its headers and what was found in it."""

from __future__ import annotations

import pytest

from ckanext.rgpd.core.detect.subject import ORGANISATIONS, PERSONS, PLACES, UNKNOWN, subject
from ckanext.rgpd.core.types import Finding


def finding(entity_type: str, matched: int = 10, column: str = "c") -> Finding:
    return Finding(
        entity_type, column, 0, True, False, None, 0.9, 10, matched, matched, "row 2", (), ("made",)
    )


@pytest.mark.parametrize(
    ("headers", "found", "expected"),
    [
        ("nom|prenom|adresse", [finding("person_name")], PERSONS),
        ("c1|c2|c3", [finding("nir")], PERSONS),
        ("c1|c2|c3", [finding("nir", matched=1)], UNKNOWN),
        ("denomination|siret|contact", [finding("person_name", column="contact")], ORGANISATIONS),
        ("nom|latitude|longitude|equipement", [], PLACES),
        (
            "nom_association|objet|president",
            [finding("person_name", column="president")],
            ORGANISATIONS,
        ),
        ("annee|montant", [], UNKNOWN),
        ("", [], UNKNOWN),
    ],
)
def test_a_table_is_about_persons_organisations_or_places(
    headers: str, found: list[Finding], expected: str
) -> None:
    assert subject(headers.split("|"), found) == expected
