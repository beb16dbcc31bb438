"""What publishers and reviewers do with the mouse and the keyboard.

Fields are found by their names and kinds, never by their wording.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

LAW = "loi n° 0000-000 du 1er janvier 2026, article 1"
LAW_URL = "https://www.legifrance.gouv.fr/"

NOTICE = ".rgpd-notice"
FINDINGS = ".rgpd-findings"
ADD = "#resource-edit button[value=go-dataset-complete]"


def follow(page: Page, link: str) -> None:
    """Press a link or a button that leads to another page."""
    with page.expect_navigation():
        page.locator(link).first.click()


def submit(page: Page, form: Locator) -> None:
    """Send a form by its button."""
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def new_dataset(page: Page, name: str) -> None:
    """Fill in the form of a public dataset under the Licence Ouverte; leads to its first file."""
    page.goto("/dataset/new")
    page.fill("[name=title]", name)
    # The page's script makes the address from the title, in its own time: do not race it.
    page.evaluate("name => { document.querySelector('[name=name]').value = name }", name)
    page.select_option("[name=license_id]", "lov2", force=True)
    page.select_option("[name=private]", "False")
    follow(page, "form#dataset-edit button[name=save]")


def choose_file(page: Page, name: str, content: bytes) -> None:
    """Put a file into the form of a resource, and name the resource like it."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#field-resource-upload", file)
    page.fill("[name=name]", name)


def send_first_file(page: Page, name: str, content: bytes) -> None:
    """Finish a new dataset with its first file; leads to the dataset's page."""
    choose_file(page, name, content)
    follow(page, "button[name=save][value=go-metadata]")


def send_file(page: Page, dataset: str, name: str, content: bytes) -> None:
    """Add a file to a dataset; leads back to the dataset's page."""
    page.goto(f"/dataset/{dataset}/resource/new")
    choose_file(page, name, content)
    follow(page, ADD)


def replace_file(page: Page, resource: dict[str, Any], name: str, content: bytes) -> None:
    """Send another file for the same resource."""
    page.goto(f"/dataset/{resource['package_id']}/resource/{resource['id']}/edit")
    page.locator("#field-resource-upload").wait_for(state="attached")
    choose_file(page, name, content)
    follow(page, "#resource-edit button[name=save]:not([value=delete])")


def case_of(resource: dict[str, Any]) -> str:
    """The address of a file's case."""
    return f"/dataset/{resource['package_id']}/resource/{resource['id']}/rgpd"


def declare_law(form: Locator, columns: tuple[str, ...]) -> None:
    """Answer in a case's form that a law orders the publication of these columns."""
    form.locator("[name=dcp_publication_basis][value=specific_law]").check()
    form.locator("[name=legal_reference]:enabled").fill(LAW)
    form.locator("[data-rgpd-basis=specific_law] summary").click()
    form.locator("[name=legal_reference_url]:enabled").fill(LAW_URL)
    form.locator("[name=text_nature][value=law]:enabled").check()
    form.locator("[name=text_scope][value=online_publication]:enabled").check()
    form.locator("[name=register_status][value=entered]").check()
    form.locator("[name=register_risk][value=low]").check()
    for column in columns:
        form.locator(f"[name=covered_columns][value='{column}']:enabled").check()


def decide(page: Page, decision: str, reason: str) -> None:
    """Fill in and send each form for a reviewer's decision on a case's page."""
    for rank in range(page.locator("form[action$='/decide']").count()):
        form = page.locator("form[action$='/decide']").nth(rank)
        form.locator(f"[name=decision][value={decision}]").check()
        form.locator("[name=reason]").fill(reason)
        submit(page, form)
