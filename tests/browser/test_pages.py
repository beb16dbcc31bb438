"""The pages as people meet them: accessible, on a telephone, in both languages, without errors.

``RGPD_SCREENSHOTS=1 bash dev/test browser -k pages`` takes the pictures of ``docs/images`` anew.
"""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dev import demo
from tests.browser import made, steps
from tests.browser.portal import CHECKOUT
from tests.browser.test_story_ckanapi import ANSWERS

IMAGES = CHECKOUT / "docs" / "images"
#: The parts of the pages that are ours; the queue is a page of its own.
OURS = ".rgpd-notice, .rgpd-panel, .rgpd-form, .rgpd-fields, .primary table:has(a[href$='/rgpd'])"
ELECTED = made.csv_bytes(
    [
        ("nom_elu", "prenom_elu", "fonction", "date_debut_mandat"),
        ("Vauquelin", "Solène", "Maire", "2020-07-03"),
        ("Drouillet", "Marceau", "Premier adjoint", "2020-07-03"),
    ]
)
MANDATE = {
    "dcp_publication_basis": "d312_1_3",
    "d312_category": "d312_6_political_life",
    "public_need_statement": "Les habitants doivent savoir qui les représente.",
    "register_status": "entered",
    "register_risk": "low",
    "covered_columns": ["nom_elu", "prenom_elu"],
}


@pytest.fixture(scope="module")
def held(api, send):
    """A file that waits for its publisher's answers."""
    content = demo.csv_file(demo.canteen())
    return add(api, send, "Inscriptions à la cantine scolaire", "inscriptions.csv", content)


@pytest.fixture(scope="module")
def declared(api, send):
    """A file that waits for the reviewer."""
    resource = add(api, send, "Aides au logement attribuées", "aides.csv")
    api("publisher").action.rgpd_declaration_update(resource_id=resource["id"], answers=ANSWERS)
    return resource


@pytest.fixture(scope="module")
def released(api, send):
    """A list of elected persons, published under the decree."""
    resource = add(api, send, "Conseil municipal", "elus.csv", ELECTED)
    api("publisher").action.rgpd_declaration_update(resource_id=resource["id"], answers=MANDATE)
    return resource


def add(api, send, title, name, content=None):
    dataset = api("publisher").action.package_create(
        name=made.word("jeu-"), title=title, owner_org="mairie-exemple", license_id="lov2"
    )
    return send(dataset["id"], name, content or made.personal_file().content)


#: What each page is for: its reader, and its address for the three resources above.
PAGES = {
    "upload-findings": ("publisher", lambda held, declared, released: dataset_of(held)),
    "case": ("publisher", lambda held, declared, released: steps.case_of(held)),
    "decision": ("dpo", lambda held, declared, released: steps.case_of(declared)),
    "review": ("dpo", lambda held, declared, released: "/rgpd/review"),
    "panel": ("anonymous", lambda held, declared, released: dataset_of(released)),
    "under-review": ("anonymous", lambda held, declared, released: dataset_of(held)),
    "dataset-form": ("publisher", lambda held, declared, released: "/dataset/new"),
}


def dataset_of(resource):
    return f"/dataset/{resource['package_id']}"


@pytest.fixture(params=PAGES)
def open_page(request, page_of, held, declared, released):
    """One of the pages, at a width, in a language."""
    reader, address = PAGES[request.param]

    def open_it():
        page = page_of(reader)
        page.goto(address(held, declared, released))
        page.locator(OURS).first.wait_for()
        if open_it.name == "case":
            page.locator("[value=specific_law]").check()
        return page

    open_it.name = request.param
    return open_it


def test_a_page_is_accessible_and_fits_a_telephone(open_page, script_errors):
    page = open_page()
    include = [[part] for part in OURS.split(", ") if page.locator(part).count()]

    violations = Axe().run(page, context={"include": include}).response["violations"]
    page.set_viewport_size({"width": 400, "height": 900})

    assert not [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]
    assert page.evaluate(TOO_WIDE, OURS) == []
    assert script_errors == []


#: The parts that stick out of the screen, or whose content does; tables scroll in their own frame.
TOO_WIDE = """selector => [...document.querySelectorAll(selector)].flatMap(part =>
  [part, ...part.querySelectorAll("*")].filter(element =>
    !element.closest(".table-responsive *, .visually-hidden") && element.checkVisibility()
    && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  ).map(element => element.outerHTML.slice(0, 200)))"""


@pytest.mark.parametrize(
    ("prefix", "words", "others"),
    [
        ("", ("Vos réponses", "Données personnelles trouvées"), ("Your answers", "found in")),
        ("/en", ("Your answers", "Personal data found"), ("Vos réponses", "trouvées")),
    ],
)
def test_the_case_speaks_the_readers_language(page_of, held, prefix, words, others):
    page = page_of("publisher")
    page.goto(prefix + steps.case_of(held))
    text = page.locator("[role=main]").inner_text()
    assert [word for word in words if word not in text] == []
    assert [word for word in others if word in text] == []


def test_a_chosen_basis_shows_its_questions_and_keeps_the_others_away(page_of, held):
    page = page_of("publisher")
    page.goto(steps.case_of(held))
    assert not page.locator("[name=legal_reference]").is_visible()

    page.locator("[value=specific_law]").check()
    assert page.locator("[name=legal_reference]:enabled").is_visible()
    page.locator("[value=d312_1_3]").check()
    assert not page.locator("[name=legal_reference]").is_visible()
    assert page.locator("[name=public_need_statement]:enabled").is_visible()


def test_a_file_and_its_rows_have_questions_of_their_own(page_of, api, dataset, send):
    file = made.personal_file()
    resource = send(dataset["id"], file.name, file.content)
    made.push_rows(api("publisher"), resource["id"], file)
    page = page_of("publisher")
    page.goto(steps.case_of(resource))
    forms = page.locator("form[action$='/declare']")
    expect(forms).to_have_count(2)

    second = forms.nth(1).locator("[value=specific_law]")
    forms.nth(1).locator(f"label[for='{second.get_attribute('id')}']").click()

    assert second.is_checked()


#: What a picture shows of its page: everything between the theme's head and foot, or less.
PARTS = {"dataset-form": ".rgpd-fields", "panel": ".rgpd-panel"}


def test_a_picture_can_be_taken(open_page, tmp_path):
    folder = IMAGES if os.environ.get("RGPD_SCREENSHOTS") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{open_page.name}.png"

    open_page().locator(PARTS.get(open_page.name, ".primary")).screenshot(path=path)

    assert path.stat().st_size > 10_000
