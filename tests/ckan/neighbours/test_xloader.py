"""XLoader's own job: it fetches a file with its token and copies the rows past every action."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa

from ckanext.rgpd import gate, row_changes
from tests.ckan import made

TOKEN = "ckanext.xloader.api_token"


@pytest.fixture(autouse=True)
def token(ckan_config, monkeypatch, token_of, people, address):
    """XLoader works in the administrator's name, as its documentation says."""
    monkeypatch.setitem(ckan_config, TOKEN, token_of(people.admin["name"]))


@pytest.fixture
def rows():
    """The rows that XLoader wrote for a resource; none where there is no table."""

    def of(resource):
        with row_changes.engine().connect() as connection:
            if not sa.inspect(connection).has_table(resource["id"]):
                return None
            return [
                dict(row._mapping)
                for row in connection.execute(
                    sa.text(f'SELECT * FROM "{resource["id"]}" ORDER BY _id')
                )
            ]

    return of


def doors(resource, dataset):
    """Every door of the portal, and of XLoader, through which rows or words of them go out."""
    id = resource["id"]
    page = f"/dataset/{dataset['name']}/resource"
    return [
        f"/api/3/action/datastore_search?resource_id={id}",
        f"/api/3/action/datastore_search?resource_id={id}&include_total=false&limit=1",
        f'/api/3/action/datastore_search_sql?sql=SELECT * FROM "{id}"',
        f"/api/3/action/datastore_info?id={id}",
        f"/api/3/action/xloader_status?resource_id={id}",
        f"/api/3/action/resource_show?id={id}",
        f"/api/3/action/package_show?id={dataset['id']}",
        f"/datastore/dump/{id}",
        f"{page}_data/{id}",
        f"{page}/{id}",
        f"/dataset/{dataset['name']}",
        f"/dataset/{dataset['name']}/dictionary/{id}",
    ]


@pytest.fixture
def closed(refused, people, dataset):
    """Assert that strangers get nothing of a resource, its columns included."""

    def check(resource):
        assert not gate.is_open(resource["id"])
        words = (*made.SECRETS, "courriel", "habitants")
        for door in doors(resource, dataset):
            refused(door, [None, people.outsider, people.other_editor], words)

    return check


def test_rows_of_a_closed_file_are_closed(add_file, run_jobs, rows, closed, read_files):
    resource = add_file(made.PERSONAL, "habitants.csv", format="CSV")
    run_jobs()

    assert [row["nir"] for row in rows(resource)] == [made.SECRETS[0], made.SECRETS[1]]
    closed(resource)
    read_files()
    closed(resource)


def test_its_publisher_sees_the_rows_that_wait(add_file, run_jobs, call, people):
    resource = add_file(made.PERSONAL, "habitants.csv", format="CSV")
    run_jobs()

    found = call(people.publisher, "datastore_search", resource_id=resource["id"])
    assert found["records"][0]["nir"] == made.SECRETS[0]


def test_a_token_that_may_not_edit_loads_nothing(
    add_file, run_jobs, rows, ckan_config, monkeypatch, token_of, people, closed
):
    monkeypatch.setitem(ckan_config, TOKEN, token_of(people.outsider["name"]))
    resource = add_file(made.PERSONAL, "habitants.csv", format="CSV")
    run_jobs()

    assert rows(resource) is None
    closed(resource)


def test_rows_of_a_clean_file_are_open_once_they_were_read(
    add_file, run_jobs, read_files, call, rows
):
    resource = add_file(made.CLEAN, "lieux.csv", format="CSV")
    read_files()
    assert gate.is_open(resource["id"])
    run_jobs()

    assert len(rows(resource)) == 2
    assert not gate.is_open(resource["id"])
    read_files()
    assert gate.is_open(resource["id"])
    found = call(None, "datastore_search", resource_id=resource["id"])
    assert [record["lieu"] for record in found["records"]] == ["Piscine", "Marché couvert"]


def test_a_released_table_that_a_new_file_fills_is_closed_again(
    add_file, run_jobs, read_files, call, people, rows, closed
):
    header = ",".join(made.PERSONAL_ROWS[0])
    resource = add_file(f"{header}\n,,,,Centre\n", "habitants.csv", format="CSV")
    run_jobs()
    read_files()
    assert gate.is_open(resource["id"])

    call(
        people.publisher,
        "resource_patch",
        id=resource["id"],
        upload=made.upload(made.PERSONAL, "habitants.csv"),
    )
    run_jobs()
    assert rows(resource)[0]["nir"] == made.SECRETS[0]
    closed(resource)
    read_files()
    closed(resource)


def test_its_log_and_its_jobs_say_nothing_of_the_rows(add_file, run_jobs, call, people):
    resource = add_file(made.PERSONAL, "habitants.csv", format="CSV")
    run_jobs()

    status = call(people.publisher, "xloader_status", resource_id=resource["id"])
    assert status["status"] == "complete"
    assert [word for word in made.SECRETS if word in str(status)] == []


def test_rows_of_a_link_wait_with_it(call, people, dataset, run_jobs, rows, closed, read_files):
    from tests.ckan import stand_in

    with stand_in.serve() as server:
        resource = call(
            people.publisher,
            "resource_create",
            package_id=dataset["id"],
            url=server.page("/habitants.csv", made.PERSONAL, Content_Type="text/csv"),
            format="CSV",
        )
        run_jobs()

    assert len(rows(resource)) == 2
    closed(resource)


def test_submitting_is_for_those_who_may_edit(held, call, people):
    for user in (None, people.outsider, people.member):
        with pytest.raises(tk.NotAuthorized):
            call(user, "xloader_submit", resource_id=held["id"])
