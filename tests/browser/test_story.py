"""The main job, in Chromium: a file waits, is declared, is released, and starts again."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser import made, outside, steps

REASON = "La loi citée ordonne cette publication."
REFUSAL = "Le numéro de sécurité sociale ne se publie pas."


def test_a_file_waits_until_the_law_lets_it_go(page_of, api):
    file = made.personal_file()
    publisher, anonymous, editor2 = page_of("publisher"), page_of(), page_of("editor2")

    resource = uploads_and_sees_what_was_found(publisher, api("publisher"), file)
    made.push_rows(api("publisher"), resource["id"], file)
    target = outside.target(api("publisher"), resource["id"])
    for reader in (anonymous, editor2):
        gets_neither_file_nor_rows(reader, target, file)

    answers_the_questions(publisher, resource)
    gets_neither_file_nor_rows(anonymous, target, file)

    finds_the_case_and_decides(page_of("dpo"), resource, "release", REASON)
    downloads(anonymous, resource, file)
    sees_why_it_is_public(anonymous, target)
    assert file.secrets[0] in anonymous.request.get(outside.rows(target)[0]).text()

    steps.replace_file(publisher, resource, "nouveau.csv", made.personal_file().content)
    gets_neither_file_nor_rows(anonymous, target, file)


def test_a_refused_file_stays_closed_and_its_publisher_reads_why(page_of, dataset, send):
    file = made.personal_file()
    resource = send(dataset["name"], file.name, file.content)

    dpo = page_of("dpo")
    dpo.goto(steps.case_of(resource))
    steps.decide(dpo, "refuse", REFUSAL)

    publisher, anonymous = page_of("publisher"), page_of()
    publisher.goto(steps.case_of(resource))
    assert REFUSAL in publisher.locator(steps.NOTICE).inner_text()
    activity = f"/dataset/activity/{dataset['name']}"
    publisher.goto(activity)
    refusal = publisher.locator(".activity .rgpd-refused-package")
    assert "a refusé" in refusal.inner_text()
    steps.follow(publisher, f".activity .rgpd-refused-package a[href$='/{resource['id']}/rgpd']")
    assert REFUSAL in publisher.locator(steps.NOTICE).inner_text()

    anonymous.goto(activity)
    assert anonymous.locator(".activity li").count() > 0
    assert anonymous.locator(".activity .rgpd-refused-package").count() == 0
    assert anonymous.request.get(urlsplit(resource["url"]).path).status == 403
    assert publisher.request.get(urlsplit(resource["url"]).path).body() == file.content


def uploads_and_sees_what_was_found(page, api, file):
    name = made.word("jeu-")
    steps.new_dataset(page, name)
    steps.send_first_file(page, file.name, file.content)

    rows = page.locator(f"{steps.FINDINGS} tbody tr")
    seen = {row.locator("th").inner_text(): row.inner_text() for row in rows.all()}
    assert set(seen) == set(made.PERSONAL)
    assert "NIR" in seen["nir"]
    assert f"{len(file.rows)} sur {len(file.rows)}" in seen["nir"]
    assert "2****" in seen["nir"]
    assert "***@***.fr" in seen["courriel"]
    assert not [secret for secret in file.secrets if secret in page.content()]
    return api.action.package_show(id=name)["resources"][0]


def gets_neither_file_nor_rows(page, target, file):
    addresses = [*outside.files(target), *outside.rows(target)]
    for address, answer in outside.answers(page, addresses):
        assert answer.status >= 400, address
        assert not outside.revealed(target, file.secrets, address, answer.text()), address


def answers_the_questions(page, resource):
    """Once for the file, once for the rows."""
    page.goto(steps.case_of(resource))
    forms = page.locator("form[action$='/declare']")
    expect(forms).to_have_count(2)
    for form in (forms.nth(0), forms.nth(1)):
        steps.declare_law(form, made.PERSONAL)
        steps.submit(page, form)
    assert "délégué à la protection des données" in page.locator(steps.NOTICE).inner_text()


def finds_the_case_and_decides(page, resource, decision, reason):
    page.goto("/rgpd/review")
    while not page.locator(f"table a[href$='/{resource['id']}/rgpd']").count():
        steps.follow(page, "a[rel=next][href*='/rgpd/review?page=']")
    steps.follow(page, f"table a[href$='/{resource['id']}/rgpd']")
    steps.decide(page, decision, reason)
    assert reason in page.locator(steps.NOTICE).inner_text()


def downloads(page, resource, file):
    page.goto(f"/dataset/{resource['package_id']}/resource/{resource['id']}")
    with page.expect_download() as download:
        page.locator(f"a[href*='/{resource['id']}/download']").first.click()
    assert Path(download.value.path()).read_bytes() == file.content


def sees_why_it_is_public(page, target):
    page.goto(f"/dataset/{target.dataset['name']}")
    panel = page.locator(".rgpd-panel")
    for text in ("Licence Ouverte", "Disposition législative spécifique", "dpo@exemple.fr"):
        assert text in panel.inner_text()
    assert panel.locator(f"a[href='{steps.LAW_URL}']").inner_text() == steps.LAW
    assert panel.locator("a[rel=license]").count() == 1
