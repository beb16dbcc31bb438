"""When a part fails, the file stays closed, nothing is lost, and one sentence says what to do."""

from __future__ import annotations

import os

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pysolr
import pytest
import redis
from ckan.tests import factories

from ckanext.rgpd import gate, jobs, outbox, reading
from ckanext.rgpd.core import scan
from ckanext.rgpd.model import Decision, Report, Version
from ckanext.rgpd.model.version import HELD, PENDING, SCANNING
from tests.ckan import made


def version_of(resource):
    return Version.current(resource["id"])[0]


@pytest.mark.parametrize(
    ("content", "filename", "problem"),
    [
        (b"", "vide.csv", "empty"),
        (b"\x00\x01\xff\xfe" * 500, "binaire.csv", "binary"),
        (b"PK\x03\x04" + b"\x00" * 200, "casse.xlsx", "corrupt"),
        (b"quelque chose", "inconnu.xyz", "unknown_format"),
        (b'{"a": [1, 2', "casse.json", "corrupt"),
        (b"%PDF-1.4\nrien", "casse.pdf", "corrupt"),
    ],
)
def test_a_file_that_cannot_be_read_stays_closed_with_one_sentence(
    add_file, read_files, call, people, fetch, content, filename, problem
):
    resource = add_file(content, filename)
    read_files()

    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]
    version = status["versions"][0]
    assert version["problem"].endswith((".", ")"))
    assert Report.get(version_of(resource).report_id).value.problem == problem
    own = fetch(resource["url"].replace("http://test.rgpd", ""), people.publisher)
    assert own.data == content


def test_a_cell_of_100_000_characters_does_no_harm(add_file, read_files, call, people):
    cell = "Un lieu sans histoire. " * 4500
    resource = add_file(f'lieu,texte\nPiscine,"{cell}"\n', "long.csv")
    read_files()

    assert version_of(resource).state != SCANNING
    assert Report.get(version_of(resource).report_id) is not None


def test_while_the_worker_is_stopped_the_file_is_closed_and_its_page_says_so(
    add_file, call, people, fetch
):
    resource = add_file(made.CLEAN)

    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert status["state"] == "pending_scan"
    assert not status["released"]
    page = fetch(
        f"/dataset/{resource['package_id']}/resource/{resource['id']}/rgpd", people.publisher
    )
    assert "rgpd-notice-pending" in page.body


def test_without_redis_the_file_is_kept_closed_and_read_when_redis_is_back(
    add_file, read_files, monkeypatch
):
    def fail(*args, **kwargs):
        raise redis.exceptions.ConnectionError("no answer")

    with monkeypatch.context() as patch:
        patch.setattr("ckan.lib.jobs.enqueue", fail)
        resource = add_file(made.CLEAN)
    assert version_of(resource).state == PENDING

    read_files()  # a worker that starts takes up what was left

    assert gate.is_open(resource["id"])


def test_without_solr_nothing_is_saved_and_the_form_keeps_its_file(
    dataset, people, call, monkeypatch
):
    def fail(*args, **kwargs):
        raise pysolr.SolrError("no answer")

    form = {"package_id": dataset["id"], "upload": made.upload(made.CLEAN, "lieux.csv")}
    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "add", fail)
        with pytest.raises(tk.ValidationError) as error:
            tk.get_action("resource_create")({"user": people.publisher["name"]}, form)

    assert list(error.value.error_dict) == ["portal"]
    assert call(people.publisher, "package_show", id=dataset["id"])["resources"] == []
    assert "id" not in form, "the form would look for a resource that was not saved"
    form.pop("upload", None)
    resource = call(people.publisher, "resource_create", **form)
    assert resource["url"].endswith("lieux.csv")


def test_a_scan_that_crashes_closes_and_can_be_started_again(
    add_file, read_files, call, people, monkeypatch
):
    resource = add_file(made.never_read())

    def crash(*args, **kwargs):
        raise RuntimeError(f"about {made.SECRETS[0]}")

    with monkeypatch.context() as patch:
        patch.setattr(scan, "scan", crash)
        read_files()
    version = version_of(resource)
    assert version.state == HELD
    assert made.SECRETS[0] not in str(Report.get(version.report_id).content)

    call(people.publisher, "rgpd_scan_request", resource_id=resource["id"])
    read_files()

    assert gate.is_open(resource["id"])


def test_a_worker_killed_in_the_middle_leaves_the_file_closed_for_the_next(
    add_file, read_files, monkeypatch, tmp_path
):
    """The job dies without a word, as under -9; the worker takes the file up again at once."""
    resource = add_file(made.never_read())
    died = tmp_path / "died"
    read = reading.read

    def die_once(version):
        if not died.exists():
            died.touch()
            os._exit(9)
        return read(version)

    monkeypatch.setattr(reading, "read", die_once)
    read_files()

    assert died.exists()
    assert gate.is_open(resource["id"])
    assert version_of(resource).attempts == 2


def test_a_job_that_always_dies_ends_before_the_reviewer(add_file, read_files, monkeypatch):
    resource = add_file(made.never_read())
    monkeypatch.setattr(reading, "read", lambda version: os._exit(9))
    read_files()

    assert version_of(resource).state == HELD
    assert version_of(resource).attempts == jobs.MAX_ATTEMPTS + 1


def test_a_job_whose_content_another_took_over_changes_nothing(add_file):
    """As when Redis lost what ran: two jobs read the same content, one of them decides."""
    resource = add_file(made.never_read())
    first = outbox.take(version_of(resource).id, "first")
    outbox.give_back(alive=set())
    second = outbox.take(first.id, "second")
    report = reading.read(second)

    jobs._settle(first.id, "first", report)
    assert version_of(resource).state == SCANNING
    jobs._settle(first.id, "second", report)

    assert gate.is_open(resource["id"])
    assert len(Decision.history(first.id)) == 1


def test_a_large_file_keeps_no_small_one_waiting(add_file, read_files, monkeypatch):
    """The worker of the small lane reads while the large one waits, or is being read."""
    monkeypatch.setattr(outbox, "SMALL_BYTES", 1000)
    large = add_file(made.never_read() * 100)
    small = add_file(made.never_read())
    jobs.Worker([outbox.SMALL]).work(burst=True)

    assert gate.is_open(small["id"])
    assert version_of(large).state == PENDING
    read_files()
    assert gate.is_open(large["id"])


def test_no_publisher_waits_behind_anothers_thousand(add_file, call):
    """The organisation that was served longest ago comes first, however many files another has."""
    many = [version_of(add_file(made.never_read())).id for _ in range(5)]
    other = factories.User()
    organisation = factories.Organization(users=[{"name": other["name"], "capacity": "editor"}])
    theirs = factories.Dataset(owner_org=organisation["id"], user=other)
    file = made.upload(made.never_read(), "lieux.csv")
    one = call(other, "resource_create", package_id=theirs["id"], upload=file)
    order = []
    while version := outbox.take_next(outbox.SMALL, "job"):
        order.append(version.id)

    assert order.index(version_of(one).id) <= 1
    assert [id for id in order if id in many] == many


def test_progress_tells_bytes_and_rows(add_file, read_files, call, people):
    resource = add_file(made.never_read())
    read_files()

    version = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])["versions"][0]
    assert (version["state"], version["problem"], version["rows_done"]) == ("released", "", 1)
    assert version["bytes_done"] == version["size"] > 0


def test_after_three_deaths_a_file_is_given_to_the_reviewer(add_file, read_files, call, people):
    resource = add_file(made.CLEAN)
    version = version_of(resource)
    version.attempts, version.state = jobs.MAX_ATTEMPTS, SCANNING
    ckan_model.Session.commit()

    read_files()

    assert version_of(resource).state == HELD
    waiting = call(people.dpo, "rgpd_review_list", limit=1000)["results"]
    assert resource["id"] in [case["resource_id"] for case in waiting]


def test_a_scan_that_runs_twice_gives_the_same_result(add_file, read_files):
    resource = add_file(made.PERSONAL)
    read_files()
    first = (version_of(resource).state, version_of(resource).outcome)

    jobs.scan_version(version_of(resource).id)

    assert (version_of(resource).state, version_of(resource).outcome) == first


def test_a_scan_of_a_file_that_was_replaced_changes_nothing(add_file, call, people):
    resource = add_file(made.CLEAN)
    old = version_of(resource).id
    call(
        people.publisher,
        "resource_patch",
        id=resource["id"],
        upload=made.upload(made.PERSONAL, "donnees.csv"),
    )

    jobs.scan_version(old)

    assert not gate.is_open(resource["id"])
    assert version_of(resource).state == PENDING


def test_an_unknown_version_is_passed_over():
    jobs.scan_version("00000000-0000-0000-0000-000000000000")
