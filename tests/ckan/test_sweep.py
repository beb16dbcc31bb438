"""What came in by a route that nobody thought of is found by the sweep, closed, and said."""

from __future__ import annotations

from pathlib import Path

import ckan.model as ckan_model
import pytest
from ckan.cli.cli import ckan

from ckanext.rgpd import escrow, gate, jobs
from ckanext.rgpd.model import RegisterLine, Version
from ckanext.rgpd.model.version import LINK, PENDING, RELEASED
from tests.ckan import made


def place_of(resource):
    return Path(escrow.ordinary_uploader({"id": resource["id"]}).get_path(resource["id"]))


@pytest.fixture
def sweep(cli):
    def run(*options):
        answer = cli.invoke(ckan, ["rgpd", "sweep", *options])
        assert answer.exit_code == 0, answer.output
        ckan_model.Session.expire_all()

    return run


def events(resource):
    lines = ckan_model.Session.query(RegisterLine).filter_by(resource_id=resource["id"])
    return [line.event for line in lines.order_by(RegisterLine.number)]


def test_bytes_laid_beside_a_held_file_are_taken_out(held, sweep):
    place_of(held).parent.mkdir(parents=True, exist_ok=True)
    place_of(held).write_text(made.PERSONAL)
    sweep()

    assert not place_of(held).exists()
    assert "swept" in events(held)
    assert not gate.is_open(held["id"])


def test_bytes_of_a_resource_that_is_gone_are_taken_out_and_kept(released, sweep, call, people):
    call(people.publisher, "resource_delete", id=released["id"])
    place_of(released).parent.mkdir(parents=True, exist_ok=True)
    place_of(released).write_text("laissé là")
    sweep()

    assert not place_of(released).exists()


def test_other_bytes_under_a_release_are_closed_and_read(released, sweep, read_files):
    place_of(released).write_text(made.PERSONAL)
    sweep()
    assert not gate.is_open(released["id"])
    read_files()

    assert not gate.is_open(released["id"])
    assert not place_of(released).exists()


def test_as_many_other_bytes_are_found_by_the_whole_sweep(released, sweep):
    place_of(released).write_text(made.CLEAN.replace("Piscine", "Enisicp"))
    sweep("--whole")

    assert not gate.is_open(released["id"])


def test_released_bytes_that_are_gone_are_brought_back(released, sweep):
    place_of(released).unlink()
    sweep()

    assert place_of(released).read_text() == made.CLEAN
    assert gate.is_open(released["id"])


def test_a_release_is_left_alone(released, sweep):
    before = events(released)
    sweep()

    assert events(released) == before
    assert place_of(released).exists()


def test_an_address_changed_in_the_database_is_closed(call, people, dataset, sweep):
    resource = call(
        people.publisher, "resource_create", package_id=dataset["id"], url="http://a.exemple/x.csv"
    )
    version = Version.current(resource["id"])[0]
    version.state = RELEASED
    ckan_model.Resource.get(resource["id"]).url = "http://b.exemple/y.csv"
    ckan_model.Session.commit()
    sweep()

    (link,) = Version.current(resource["id"])
    assert (link.kind, link.state, link.url) == (LINK, PENDING, "http://b.exemple/y.csv")


def test_what_redis_lost_is_queued_again(add_file, sweep, reset_redis):
    resource = add_file(made.never_read())
    reset_redis()
    sweep()

    queued, _running = jobs._job_ids()
    assert Version.current(resource["id"])[0].id in queued
