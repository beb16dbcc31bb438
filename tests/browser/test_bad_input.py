"""Whatever is sent, and whatever is down: one clear sentence, nothing out, nothing lost."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import bad, made, places, steps

PROBLEM = f"{steps.NOTICE} > p:not(:has(a))"


@pytest.mark.parametrize("mistake", bad.FILES)
def test_a_file_that_cannot_be_read_is_kept_closed_and_explained(page_of, dataset, mistake):
    name, make, words = bad.FILES[mistake]
    publisher, content = page_of("publisher"), make()

    steps.send_file(publisher, dataset["name"], name, content)

    sentence = publisher.locator(PROBLEM).inner_text()
    assert [word for word in words if word not in sentence] == []
    assert publisher.locator(".rgpd-reasons li").count() == 0, "one sentence, not two"
    assert_closed_and_kept(page_of, api_resource(publisher, dataset), content)


def test_a_number_inside_a_cell_of_100_000_characters_is_found(page_of, dataset):
    publisher, content = page_of("publisher"), bad.long_cell()

    steps.send_file(publisher, dataset["name"], "notes.csv", content)

    assert "NIR" in publisher.locator(steps.FINDINGS).inner_text()
    assert_closed_and_kept(page_of, api_resource(publisher, dataset), content)


def test_without_a_worker_the_file_waits_and_its_page_follows(page_of, dataset, portal):
    publisher, file = page_of("publisher"), made.personal_file()

    with portal.without("worker"):
        steps.send_file(publisher, dataset["name"], file.name, file.content)
        assert "lecture" in publisher.locator(f"{steps.NOTICE}-pending").inner_text().lower()
        assert_closed_and_kept(page_of, api_resource(publisher, dataset), file.content)
        assert places.hold(places.keys(portal), file.secrets) == {}, "the queue holds no value"

    expect(publisher.locator(steps.FINDINGS)).to_be_visible(timeout=30_000)


def test_without_redis_the_file_waits_and_is_read_when_the_worker_is_back(page_of, dataset, portal):
    publisher, file = page_of("publisher"), made.personal_file()

    with portal.without("redis"):
        steps.send_file(publisher, dataset["name"], file.name, file.content)
        assert "lecture" in publisher.locator(f"{steps.NOTICE}-pending").inner_text().lower()
        assert_closed_and_kept(page_of, api_resource(publisher, dataset), file.content)

    expect(publisher.locator(steps.FINDINGS)).to_be_visible(timeout=30_000)


def test_without_solr_the_form_keeps_what_was_typed_and_the_file(page_of, dataset, portal):
    publisher, file = page_of("publisher"), made.personal_file()
    publisher.goto(f"/dataset/{dataset['name']}/resource/new")
    steps.choose_file(publisher, file.name, file.content)
    publisher.fill("[name=name]", "Habitants")
    publisher.fill("[name=description]", "Une description bien longue.")

    with portal.without("solr"):
        steps.follow(publisher, steps.ADD)
        assert "moteur de recherche" in publisher.locator(".error-explanation").inner_text()
        assert file.name in publisher.locator(".rgpd-kept").inner_text()
        assert publisher.locator("[name=name]").input_value() == "Habitants"
        description = publisher.locator("[name=description]").input_value()
        assert description == "Une description bien longue."

    steps.follow(publisher, steps.ADD)
    assert publisher.locator(steps.FINDINGS).is_visible()
    resource = api_resource(publisher, dataset)
    assert (resource["name"], resource["description"]) == ("Habitants", description)
    assert_closed_and_kept(page_of, resource, file.content)


def api_resource(publisher, dataset):
    """The dataset's only resource, as its publisher is shown it."""
    answer = publisher.request.get(f"/api/3/action/package_show?id={dataset['id']}")
    (resource,) = answer.json()["result"]["resources"]
    return resource


def assert_closed_and_kept(page_of, resource, content):
    address = urlsplit(resource["url"]).path
    assert page_of().request.get(address).status == 403
    kept = page_of("publisher").request.get(address).body()
    assert hashlib.sha256(kept).digest() == hashlib.sha256(content).digest()
