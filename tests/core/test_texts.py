"""Short texts: what proves itself is found, what a portal rightly says is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ckanext.rgpd.core.texts import find_in


@pytest.mark.parametrize(
    ("text", "entity_type"),
    [
        ("Dossier de l'assuré 2 85 07 63 999 042 24", "nir"),
        ("Écrire à zenobie.tartempion@gmail.com", "email_personal"),
        ("Appeler le 06 39 98 41 27 le soir", "phone_mobile"),
    ],
)
def test_what_proves_itself_is_found_and_masked(text, entity_type):
    (finding,) = find_in({"notes": text})

    assert (finding.column, finding.entity_type) == ("notes", entity_type)
    (example,) = finding.examples_masked
    assert example not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Budget primitif 2024 de la commune",
        "Écrire à opendata@ville.exemple.fr ou appeler le 01 99 00 12 34",
        "Mairie, 1 place de la République, 75001 Paris",
        "Mis à jour le 12/03/2024, version 1.2.3, 36 000 lignes",
        "Référence ISBN 978-2-1234-5680-3",
    ],
)
def test_what_a_portal_rightly_says_is_not(text):
    assert find_in({"notes": text}) == ()


def test_no_language_model_is_loaded():
    program = (
        "import sys; from ckanext.rgpd.core.texts import find_in; find_in({'notes': 'Bonjour'});"
        "sys.exit(any(name in sys.modules for name in ('spacy', 'presidio_analyzer')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
