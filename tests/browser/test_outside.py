"""What others get of a closed file: that there is one, and nothing else."""

from __future__ import annotations

import pytest

from tests.browser import made, outside

READERS = ["anonymous", "editor2", "member"]


@pytest.fixture(scope="module")
def file():
    return made.personal_file()


@pytest.fixture(scope="module")
def closed(api, send, file):
    """A closed resource with everything that may hang on one: rows, a view, a description."""
    publisher = api("publisher")
    name = made.word("jeu-")
    publisher.action.package_create(
        name=name, title=name, owner_org="mairie-exemple", license_id="lov2"
    )
    resource = send(name, file.name, file.content, description=made.word("description-"))
    made.push_rows(publisher, resource["id"], file)
    publisher.action.resource_view_create(
        resource_id=resource["id"], title="Table", view_type="datatables_view"
    )
    return outside.target(publisher, resource["id"])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("ask", [outside.files, outside.rows, outside.handling])
def test_others_are_refused(page_of, closed, file, reader, ask):
    page = page_of(reader)
    given = {
        address: answer.status
        for address, answer in outside.answers(page, ask(closed))
        if answer.status < 300
        or outside.revealed(closed, file.secrets, address, answer.text())
        or (answer.status >= 500 and "rgpd" in address)
    }
    assert given == {}


@pytest.mark.parametrize("reader", READERS)
def test_others_see_nothing_of_it_on_any_page(page_of, closed, file, reader):
    page = page_of(reader)
    found = {
        address: texts
        for address, answer in outside.answers(page, outside.pages(closed))
        if (texts := outside.revealed(closed, file.secrets, address, answer.text()))
    }
    assert found == {}


@pytest.mark.parametrize("reader", READERS)
def test_others_see_that_a_file_is_being_checked(page_of, closed, reader):
    page = page_of(reader)
    id, name = closed.resource["id"], closed.dataset["name"]
    for address in (f"/dataset/{name}", f"/dataset/{name}/resource/{id}"):
        page.goto(address)
        assert "données personnelles" in page.locator(".rgpd-notice").inner_text()
        assert closed.file_name not in page.content()


@pytest.mark.parametrize("reader", READERS)
def test_the_table_of_a_page_asks_for_rows_in_vain(page_of, closed, file, reader):
    page = page_of(reader)
    page.goto(f"/dataset/{closed.dataset['name']}")
    answer = outside.ajax(page, closed.views[0])
    assert answer.status >= 400
    assert not outside.revealed(closed, file.secrets, "", answer.text())
