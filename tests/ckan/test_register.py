"""The register: one line an event, each chained to the one before."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from contextlib import contextmanager
from itertools import pairwise

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan.cli.cli import ckan
from sqlalchemy.exc import DBAPIError

from ckanext.rgpd import downloads, register
from ckanext.rgpd.model import Download, RegisterHead, RegisterLine, Version
from ckanext.rgpd.register import CHANGED, MISSING, REPLACED, UNCHAINED


def lines():
    return list(ckan_model.Session.scalars(sa.select(RegisterLine).order_by(RegisterLine.number)))


def test_each_event_leaves_its_line(people, held, call):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="release",
        reason="Autorisée.",
    )

    events = [line.event for line in lines() if line.resource_id == held["id"]]
    assert events == ["upload", "scan", "hold", "release"]


def test_each_line_is_chained_to_the_one_before(released):
    chain = lines()

    assert len(chain) >= 2
    for before, line in pairwise(chain):
        assert line.number == before.number + 1
        assert line.previous == before.hash
    assert all(line.hash == line.compute_hash() for line in chain)


def test_a_changed_line_no_longer_fits_its_hash(released):
    line = lines()[-1]
    ckan_model.Session.expunge(line)

    line.details = {**line.details, "outcome": "block"}

    assert line.hash != line.compute_hash()


def test_the_register_is_for_reviewers(people, released, call):
    for user in (None, people.outsider, people.publisher):
        with pytest.raises(tk.NotAuthorized):
            call(user, "rgpd_register_list")
    found = call(people.dpo, "rgpd_register_list", resource_id=released["id"])["results"]
    assert {line["event"] for line in found} == {"upload", "scan", "release"}


# Nobody changes it, and whoever did is found out

UPSERT = """
    INSERT INTO rgpd_register SELECT * FROM rgpd_register
    ON CONFLICT (number) DO UPDATE SET event = 'release'
"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rgpd_register SET event = 'release' WHERE number = 1",
        "UPDATE rgpd_register SET event = 'release' WHERE false",
        "DELETE FROM rgpd_register WHERE number = 1",
        "DELETE FROM rgpd_register",
        "TRUNCATE rgpd_register",
        "TRUNCATE rgpd_register CASCADE",
        UPSERT,
    ],
)
def test_the_database_lets_nobody_change_it(released, statement):
    before = [line.hash for line in lines()]
    ckan_model.Session.rollback()

    with pytest.raises(DBAPIError, match="takes new lines only"):
        ckan_model.Session.execute(sa.text(statement))
    ckan_model.Session.rollback()

    assert [line.hash for line in lines()] == before


def test_what_empties_all_of_ckans_tables_leaves_it_alone():
    assert RegisterLine.__table__.name not in ckan_model.repo.metadata.tables


@contextmanager
def without_trigger():
    """The database as its owner could make it; what is done here is undone in the end."""
    session = ckan_model.Session
    session.rollback()
    session.execute(sa.text("ALTER TABLE rgpd_register DISABLE TRIGGER ALL"))
    try:
        yield lambda statement, **values: session.execute(sa.text(statement), values)
    finally:
        session.rollback()


def renumber(run: Callable, pairs: dict[int, int]) -> None:
    for number in pairs:
        run("UPDATE rgpd_register SET number = -number WHERE number = :number", number=number)
    for number, new in pairs.items():
        run(
            "UPDATE rgpd_register SET number = :new WHERE number = :number",
            number=-number,
            new=new,
        )


def faults(exported=()):
    ckan_model.Session.expire_all()
    return [(fault.number, fault.last, fault.what) for fault in register.verify(exported)]


@pytest.fixture
def last(released):
    """The number of the last of a dozen lines at least."""
    for _ in range(12):
        RegisterLine.append("scan_requested", resource_id=released["id"])
    ckan_model.Session.commit()
    return RegisterHead.read()[0]


def test_a_whole_register_has_no_fault(last):
    assert faults() == []


@pytest.mark.parametrize(
    "change",
    [
        "event = 'release'",
        "at = at + interval '1 second'",
        "user_id = 'somebody'",
        'details = \'{"outcome": "publish"}\'',
        "package_id = NULL, resource_id = NULL",
    ],
)
def test_a_changed_line_is_found(last, change):
    with without_trigger() as run:
        run(f"UPDATE rgpd_register SET {change} WHERE number = :number", number=last - 5)

        assert faults() == [(last - 5, last - 5, CHANGED)]


def test_a_line_changed_with_its_own_hash_is_found_by_the_next(last):
    with without_trigger() as run:
        line = ckan_model.Session.get(RegisterLine, last - 5)
        ckan_model.Session.expunge(line)
        line.event = "release"
        run(
            "UPDATE rgpd_register SET event = 'release', hash = :hash WHERE number = :number",
            number=last - 5,
            hash=line.compute_hash(),
        )

        assert faults() == [(last - 4, last - 4, UNCHAINED)]


def test_removed_lines_are_found_wherever_they_were(last):
    for gone in ((last - 5, last - 4), (last - 1, last)):
        with without_trigger() as run:
            run("DELETE FROM rgpd_register WHERE number BETWEEN :a AND :b", a=gone[0], b=gone[1])

            assert faults() == [(*gone, MISSING)]


def test_an_emptied_register_is_found(last):
    with without_trigger() as run:
        run("TRUNCATE rgpd_register")

        assert faults() == [(1, last, MISSING)]


def test_lines_that_changed_places_are_found(last):
    with without_trigger() as run:
        renumber(run, {last - 5: last - 4, last - 4: last - 5})

        found = faults()
        assert {number for number, _, what in found if what == CHANGED} == {last - 5, last - 4}


def test_lines_that_were_moved_up_over_a_gap_are_found(last):
    with without_trigger() as run:
        run("DELETE FROM rgpd_register WHERE number = :number", number=last - 5)
        for number in range(last - 4, last + 1):
            renumber(run, {number: number - 1})

        assert {what for _, _, what in faults()} == {CHANGED, UNCHAINED, MISSING}


def exported_lines(cli):
    """What the command writes; Click of CKAN 2.11 has the errors in the same stream."""
    stdout = cli.invoke(ckan, ["rgpd", "register", "export"]).stdout
    return [line for line in stdout.splitlines() if line.startswith("{")]


def test_a_whole_new_chain_is_found_against_an_earlier_export(last, cli, tmp_path):
    earlier = tmp_path / "register.jsonl"
    earlier.write_text("\n".join(exported_lines(cli)), encoding="utf-8")
    with without_trigger() as run:
        previous = None
        for line in lines():
            ckan_model.Session.expunge(line)
            line.previous = line.previous if previous is None else previous
            line.event = "release" if line.number == last - 2 else line.event
            previous = line.hash = line.compute_hash()
            run(
                "UPDATE rgpd_register SET event = :event, previous = :previous, hash = :hash"
                " WHERE number = :number",
                event=line.event,
                previous=line.previous,
                hash=line.hash,
                number=line.number,
            )
        RegisterHead.write(last, previous)

        assert faults() == []
        exported = earlier.read_text(encoding="utf-8").splitlines()
        assert faults(exported) == [(n, n, REPLACED) for n in range(last - 2, last + 1)]


def test_the_command_says_where_and_ends_with_an_error(last, cli, tmp_path):
    whole = cli.invoke(ckan, ["rgpd", "register", "verify"])
    assert (whole.exit_code, whole.stdout) == (0, "The register is whole.\n")

    exported = exported_lines(cli)
    assert [json.loads(line)["number"] for line in exported] == list(range(1, last + 1))
    longer = {**json.loads(exported[-1]), "number": last + 1}
    kept = tmp_path / "kept.jsonl"
    kept.write_text("\n".join([*exported, json.dumps(longer)]), encoding="utf-8")
    cut = cli.invoke(ckan, ["rgpd", "register", "verify", str(kept)])
    assert (cut.exit_code, cut.stdout) == (1, f"line {last + 1}: missing\n")

    kept.write_text("no export\n", encoding="utf-8")
    assert cli.invoke(ckan, ["rgpd", "register", "verify", str(kept)]).exit_code == 1


# Downloads of released personal files


@pytest.fixture
def personal(call, people, held):
    """A file with personal data that a reviewer released."""
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="release",
        reason="Autorisée.",
    )
    return held


def downloads_of(resource):
    query = sa.select(RegisterLine).filter_by(event="download", resource_id=resource["id"])
    return [line.details for line in ckan_model.Session.scalars(query)]


def test_downloads_of_a_personal_file_are_counted_by_day(personal, released, fetch, call, people):
    address = f"/dataset/{personal['package_id']}/resource/{personal['id']}/download"
    for name in ("", "/a.csv", "/b.csv"):
        assert fetch(address + name).status_code == 200
    fetch(f"/dataset/{released['package_id']}/resource/{released['id']}/download")
    counted = {row.version_id: row.count for row in ckan_model.Session.scalars(sa.select(Download))}
    status = call(people.publisher, "rgpd_status_show", resource_id=personal["id"])
    assert counted[status["versions"][0]["version_id"]] == 3
    assert downloads_of(personal) == [], "the day is not over"

    today = datetime.datetime.now(datetime.timezone.utc).date()
    downloads.close_days(today + datetime.timedelta(days=1))
    downloads.close_days(today + datetime.timedelta(days=1))

    assert downloads_of(personal) == [{"day": today.isoformat(), "count": 3}]
    assert downloads_of(released) == []
    assert faults() == []


def test_the_first_download_of_a_day_closes_the_days_before(personal, fetch, call, people):
    status = call(people.publisher, "rgpd_status_show", resource_id=personal["id"])
    version_id = status["versions"][0]["version_id"]
    day = datetime.date(2026, 1, 2)
    Download.count_one(version_id, day)
    Download.count_one(version_id, day)
    ckan_model.Session.commit()

    fetch(f"/dataset/{personal['package_id']}/resource/{personal['id']}/download")

    assert downloads_of(personal) == [{"day": "2026-01-02", "count": 2}]


def test_what_hands_nothing_out_is_not_counted(personal, app, fetch):
    address = f"/dataset/{personal['package_id']}/resource/{personal['id']}"
    fetch(address)
    app.test_client().head(f"{address}/download")
    app.get(f"{address}/download", headers={"Range": "bytes=5-9"})

    ids = [version.id for version in Version.current(personal["id"])]
    query = sa.select(Download).where(Download.version_id.in_(ids))
    assert list(ckan_model.Session.scalars(query)) == []
