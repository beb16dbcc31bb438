"""A reviewer ticks what was found by mistake: the next file opens by itself, until revoked."""

from __future__ import annotations

import os

from axe_playwright_python.sync_playwright import Axe

from tests.browser import made, steps
from tests.browser.test_pages import IMAGES, TOO_WIDE

WHY = "Ce sont les numéros des bornes d’appel, attribués à personne."


def posts(count):
    rows = [(made.phone(), made.word("Place ")) for _ in range(count)]
    return made.csv_bytes([("telephone", "lieu"), *rows])


def test_what_a_reviewer_calls_not_personal_is_not_asked_twice(
    page_of, api, dataset, send, tmp_path, script_errors
):
    resource = send(dataset["name"], "bornes.csv", posts(30))
    dpo, publisher = page_of("dpo"), page_of("publisher")
    dpo.goto(steps.case_of(resource))
    dpo.locator("[name=not_personal]").check()
    picture(dpo, tmp_path, "judgement")
    steps.decide(dpo, "release", WHY)
    assert "Jugé non personnel" in dpo.locator(steps.FINDINGS).inner_text()

    steps.replace_file(publisher, resource, "bornes.csv", posts(40))
    publisher.goto(steps.case_of(resource))
    assert api("publisher").action.rgpd_status_show(resource_id=resource["id"])["released"]
    assert WHY in publisher.locator(steps.NOTICE).inner_text()

    dpo.goto("/rgpd/judgements")
    assert_accessible(dpo)
    picture(dpo, tmp_path, "judgements")
    steps.submit(dpo, dpo.locator("form[action*='/revoke']").first)
    assert not api("publisher").action.rgpd_status_show(resource_id=resource["id"])["released"]
    assert WHY not in dpo.locator("[role=main]").inner_text()
    assert script_errors == []


def picture(page, tmp_path, name):
    folder = IMAGES if os.environ.get("RGPD_SCREENSHOTS") else tmp_path
    page.locator(".primary").screenshot(path=folder / f"{name}.png")


def assert_accessible(page):
    violations = Axe().run(page, context={"include": [[".primary"]]}).response["violations"]
    assert [v["id"] for v in violations if v["impact"] in ("serious", "critical")] == []
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.evaluate(TOO_WIDE, ".primary article") == []
    page.set_viewport_size({"width": 1280, "height": 900})
