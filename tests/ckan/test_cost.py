"""What the portal asks its database does not grow with the number of files."""

from __future__ import annotations

import ckan.model as ckan_model
import pytest
import sqlalchemy as sa
from ckan.tests import factories
from sqlalchemy.engine import Engine

from ckanext.rgpd import asking
from tests.ckan import made


@pytest.fixture
def queries(monkeypatch):
    """The statements that are sent to the databases: by SQLAlchemy, and past it."""
    sent = []

    def note(connection, cursor, statement, *rest):
        sent.append(statement)

    def note_asked(connection, question, values, ask=asking._answer):
        sent.append(question)
        return ask(connection, question, values)

    monkeypatch.setattr(asking, "_answer", note_asked)
    sa.event.listen(Engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(Engine, "before_cursor_execute", note)


def ours(sent):
    return [statement for statement in sent if "rgpd_" in statement]


def test_a_dataset_of_many_files_costs_no_more_questions_than_one(
    add_file, people, read_files, call, queries
):
    counts = []
    for number in (1, 6):
        dataset = factories.Dataset(
            owner_org=people.organisation["id"], user=people.publisher, license_id="lov2"
        )
        for _ in range(number):
            add_file(made.CLEAN, package_id=dataset["id"])
        read_files()
        counts.append([])
        for action, data in (
            ("package_show", {"id": dataset["id"]}),
            ("package_search", {"fq": f"id:{dataset['id']}"}),
            ("rgpd_compliance_show", {"id": dataset["id"]}),
        ):
            ckan_model.Session.remove()
            queries.clear()
            call(None, action, **data)
            counts[-1].append(len(ours(queries)))

    assert counts[0] == counts[1]


PAGES = pytest.mark.parametrize(
    "address",
    [
        "/api/3/action/package_search?fq=name:{dataset}",
        "/api/3/action/package_show?id={dataset}",
        "/dataset/{dataset}",
        "/dataset/{dataset}/resource/{resource}/download/fichier.csv",
    ],
    ids=["search", "show", "page", "download"],
)


@pytest.fixture
def asked(app, dataset, released, queries):
    """How many questions of ours a page costs, once it has been read before."""

    def count(address):
        path = address.format(dataset=dataset["name"], resource=released["id"])
        app.get(path, status=200)
        queries.clear()
        app.get(path, status=200)
        return len(ours(queries))

    return count


@PAGES
def test_a_reader_costs_one_question(asked, address):
    assert asked(address) == 1, "where things stand"


@PAGES
def test_a_table_costs_its_database_one_question_more(asked, address, rows_beside, read_files):
    read_files()

    assert asked(address) == 2, "where things stand, and which rows changed"
