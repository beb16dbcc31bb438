"""The values of a file with personal data are in that file, and nowhere else on the portal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import fpdf
import pytest

from tests.browser import made, outside, places, steps
from tests.browser.test_story_ckanapi import ANSWERS, REASON


@dataclass(frozen=True)
class Told:
    """A dataset whose files went through all that can happen to a file, and their values."""

    released: dict[str, Any]
    closed: list[dict[str, Any]]
    released_secrets: tuple[str, ...]
    closed_secrets: tuple[str, ...]

    @property
    def secrets(self):
        return self.released_secrets + self.closed_secrets


@pytest.fixture(scope="module")
def story(api, send):
    """One file is released, one refused, one waits, and one could not be read to its end."""
    name = made.word("jeu-")
    api("publisher").action.package_create(
        name=name, title=name, owner_org="mairie-exemple", license_id="lov2"
    )
    persons = [made.personal_file() for _ in range(4)]
    table, text, record, cut = persons
    sent = [
        send(name, table.name, table.content),
        send(name, f"{made.word('lettre-')}.pdf", letter(text)),
        send(name, f"{made.word('fiches-')}.json", json.dumps(record.rows).encode()),
        send(name, f"{made.word('coupe-')}.json", json.dumps(cut.rows).encode()[:-20]),
    ]
    api("publisher").action.rgpd_declaration_update(resource_id=sent[0]["id"], answers=ANSWERS)
    for resource, decision in zip(sent, ("release", "refuse"), strict=False):
        api("dpo").action.rgpd_decision_create(
            resource_id=resource["id"], decision=decision, reason=REASON
        )
    return Told(sent[0], sent[1:], table.secrets, text.secrets + record.secrets + cut.secrets)


@pytest.mark.parametrize("look", [places.tables, places.documents, places.logs, places.keys])
def test_the_portal_keeps_no_value(portal, story, look):
    searched = list(look(portal))
    known = "rgpd" if look in (places.keys, places.logs) else story.released["package_id"]

    assert places.hold(searched, [known]), "the search finds what is there"
    assert places.hold(searched, story.secrets) == {}


def test_the_values_lie_in_the_escrow_and_once_released_where_ckan_serves_from(portal, story):
    found = places.hold(places.files(portal), story.secrets)
    served = {place for place in found if not place.startswith("rgpd_escrow/")}
    id = story.released["id"]

    assert len(found) > len(served)
    assert served == {f"resources/{id[:3]}/{id[3:6]}/{id[6:]}"}


def test_the_public_sees_no_value_on_any_page(page_of, api, story):
    addresses = outside.pages(outside.target(api("publisher"), story.closed[0]["id"]))
    assert holding(page_of(), addresses, story) == {}


@pytest.mark.parametrize("reader", ["publisher", "dpo"])
def test_those_in_charge_see_the_values_masked(page_of, story, reader):
    files = [story.released, *story.closed]
    addresses = [address for file in files for address in about(file)]
    assert holding(page_of(reader), [*about_all(story.released), *addresses], story) == {}


def holding(page, addresses, story):
    """The addresses whose answers hold a value of the files, with the values."""
    return {
        address: texts
        for address, answer in outside.answers(page, addresses)
        if (texts := [secret for secret in story.secrets if secret in answer.text()])
    }


def about(file):
    """What those in charge of a file read about it."""
    return [
        f"/dataset/{file['package_id']}/resource/{file['id']}",
        steps.case_of(file),
        f"/api/3/action/rgpd_report_show?resource_id={file['id']}",
        f"/api/3/action/rgpd_status_show?resource_id={file['id']}",
    ]


def about_all(file):
    """What they read about all files of its dataset."""
    return [
        f"/dataset/{file['package_id']}",
        f"/dataset/activity/{file['package_id']}",
        f"/api/3/action/package_show?id={file['package_id']}",
        f"/api/3/action/rgpd_register_list?package_id={file['package_id']}",
        "/rgpd/review",
        "/dashboard",
    ]


def letter(file):
    """A letter that names its persons, as a PDF."""
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for row in file.rows:
        sentence = (
            f"Madame {row['prenom']} {row['nom']}, joignable au {row['telephone']} ou à "
            f"l'adresse {row['courriel']}, a pour numéro de sécurité sociale {row['nir']}."
        )
        pdf.multi_cell(0, 6, sentence, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())
