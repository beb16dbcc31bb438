"""Which cells are given to the language model."""

from __future__ import annotations

import pytest

from ckanext.rgpd.core.detect.sentence import is_sentence


@pytest.mark.parametrize(
    "value",
    [
        "Mme Exempleau signale un nid-de-poule devant chez elle.",
        "Le voisin du second se plaint du bruit",
        "vu avec Paul Exempleau hier matin",
        "un mot de plus " * 4,
    ],
)
def test_speech_is_a_sentence(value: str) -> None:
    assert is_sentence(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "RAS",
        "12 bis rue de la Paix 44000 Nantes",
        "5, place du Moulin, 44000 Nantes avec cour",
        "Communauté de communes du Pays de Fictive",
        "AB-1234-CD-5678-EF-9012",
        "47.218371, -1.553621",
        "a" * 100_000,
    ],
)
def test_labels_codes_and_addresses_are_not(value: str) -> None:
    assert not is_sentence(value)
