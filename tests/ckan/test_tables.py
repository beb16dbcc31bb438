"""DataStore tables: closed from the first changed row, and only what changed is read again."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa

from ckanext.rgpd import gate, jobs, row_changes, table_reading
from ckanext.rgpd.model import Report, Version
from tests.ckan import made

FIELDS = [{"id": "lieu", "type": "text"}, {"id": "nir", "type": "text"}]


def places(first, last):
    return [{"lieu": f"Piscine {number}", "nir": ""} for number in range(first, last)]


@pytest.fixture
def read_tables(monkeypatch):
    """The worker's job on a table, in this process; gives how many rows each reading read."""
    counted = []
    mark_read = table_reading.mark_read

    def count(changes, rows):
        counted.append((rows, "all" if changes.ranges is None else "added"))
        mark_read(changes, rows)

    monkeypatch.setattr(table_reading, "mark_read", count)

    def read(resource_id):
        counted.clear()
        jobs.requeue()
        ckan_model.Session.commit()
        for version in Version.current(resource_id):
            jobs.scan_version(version.id)
        return list(counted)

    return read


@pytest.fixture
def table(dataset, call, people, read_tables):
    answer = call(
        people.publisher,
        "datastore_create",
        resource={"package_id": dataset["id"], "name": "table"},
        fields=FIELDS,
        records=places(0, 1000),
    )
    assert read_tables(answer["resource_id"]) == [(1000, "all")]
    assert gate.is_open(answer["resource_id"])
    return answer["resource_id"]


def insert(resource_id, rows):
    """As XLoader's COPY does: past every action."""
    with row_changes.engine().begin() as connection:
        query = sa.text(f'INSERT INTO "{resource_id}" (lieu, nir) VALUES (:lieu, :nir)')
        connection.execute(query, rows)


def append(call, people, table, rows):
    call(
        people.publisher,
        "datastore_upsert",
        resource_id=table,
        force=True,
        method="insert",
        records=rows,
    )


def test_of_rows_that_were_added_only_they_are_read(table, call, people, read_tables):
    append(call, people, table, places(1000, 1100))

    assert not gate.is_open(table)
    assert read_tables(table) == [(100, "added")]
    assert gate.is_open(table)
    report = Report.get(Version.current(table)[0].report_id).value
    assert report.rows == 1100


def test_personal_rows_among_the_added_close_the_table(table, call, people, read_tables):
    append(call, people, table, [{"lieu": "Stade", "nir": made.SECRETS[0]}])

    assert read_tables(table) == [(1, "added")]
    assert not gate.is_open(table)
    report = Report.get(Version.current(table)[0].report_id).value
    assert [finding.entity_type for finding in report.personal] == ["nir"]


def test_a_table_with_findings_is_read_whole_again(table, call, people, read_tables):
    append(call, people, table, [{"lieu": "Stade", "nir": made.SECRETS[0]}])
    read_tables(table)

    call(
        people.publisher,
        "datastore_delete",
        resource_id=table,
        force=True,
        filters={"lieu": "Stade"},
    )
    append(call, people, table, places(2000, 2001))

    assert (1001, "all") in read_tables(table)
    assert gate.is_open(table)


def test_a_table_that_has_doubled_is_read_whole(table, call, people, read_tables):
    append(call, people, table, places(1000, 2001))

    assert read_tables(table) == [(2001, "all")]


def test_rows_changed_in_place_have_the_table_read_whole(table, read_tables):
    with row_changes.engine().begin() as connection:
        connection.execute(sa.text(f"UPDATE \"{table}\" SET lieu = 'Stade' WHERE _id = 7"))

    assert not gate.is_open(table)
    assert read_tables(table) == [(1000, "all")]


def test_rows_that_passed_no_action_close_the_table_at_once(table, call, read_tables):
    insert(table, [{"lieu": "Stade", "nir": made.SECRETS[0]}])

    with pytest.raises(tk.NotAuthorized):
        call(None, "datastore_search", resource_id=table)
    assert read_tables(table) == [(1, "added")]
    assert not gate.is_open(table)


def test_rows_that_come_while_a_table_is_read_are_not_taken_for_read(table, monkeypatch, call):
    """They come after the rows were fetched and before the decision."""
    insert(table, places(1000, 1001))
    scan_file = table_reading.join.join
    monkeypatch.setattr(
        "ckanext.rgpd.table_reading.join.join",
        lambda *reports: (
            insert(table, [{"lieu": "x", "nir": made.SECRETS[0]}]) or scan_file(*reports)
        ),
    )
    for version_id in table_reading.take_up():
        jobs.scan_version(version_id)

    assert {version.state for version in Version.current(table)} == {"released"}
    assert not gate.is_open(table)


def test_a_table_that_nobody_told_us_of_is_closed(released, read_files, fetch):
    """As one that an engine made in the DataStore itself."""
    id = released["id"]
    with row_changes.engine().begin() as connection:
        connection.execute(sa.text(f'CREATE TABLE "{id}" (_id serial, lieu text)'))
        connection.execute(sa.text(f"INSERT INTO \"{id}\" (lieu) VALUES ('Bassin inconnu')"))
        connection.execute(sa.text(f'GRANT SELECT ON "{id}" TO datastore_reader'))

    assert not gate.is_open(id)
    for path in (
        f"/api/action/datastore_search?resource_id={id}",
        f'/api/action/datastore_search_sql?sql=SELECT * FROM "{id}"',
        f"/api/action/datastore_info?id={id}",
        f"/datastore/dump/{id}",
        f"/datastore/api_info/{id}",
    ):
        answer = fetch(path)
        assert answer.status_code in (403, 404), path
        assert "Bassin" not in answer.body, path
    jobs.requeue()
    read_files()
    assert gate.is_open(id)


def test_a_datastore_that_does_not_answer_closes(table, monkeypatch):
    broken = sa.create_engine("postgresql://nobody:nothing@127.0.0.1:1/nothing")
    monkeypatch.setattr(row_changes, "engine", lambda: broken)

    assert not gate.is_open(table)
