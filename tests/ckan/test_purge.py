"""What was replaced, refused or removed goes after the days it is kept; a tombstone stays."""

from __future__ import annotations

import datetime
import os

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan.cli.cli import ckan

from ckanext.rgpd import escrow, purge, register
from ckanext.rgpd.model import RegisterLine, Report, Version
from tests.ckan import made

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
KEPT = datetime.timedelta(days=30)
#: A day more than must be, as the tests may begin before midnight and end after it.
LATER = TODAY + KEPT + datetime.timedelta(days=2)


def versions_of(resource):
    query = sa.select(Version).filter_by(resource_id=resource["id"]).order_by(Version.serial)
    return list(ckan_model.Session.scalars(query))


def run(today):
    """Purge, with the files as old as they would be on that day."""
    for file in purge._files():
        old = file.stat().st_mtime - (today - TODAY).days * 24 * 3600
        os.utime(file, (old, old))
    purge.purge(today)
    ckan_model.Session.expire_all()


@pytest.fixture
def replaced(call, people, add_file, read_files):
    """A resource with a closed content that another one has replaced."""
    resource = add_file(made.PERSONAL + made.never_read(), "habitants.csv")
    read_files()
    file = made.upload(made.never_read(), "lieux.csv")
    call(people.publisher, "resource_patch", id=resource["id"], upload=file)
    read_files()
    return resource


def test_a_replaced_content_is_kept_for_its_days_and_then_erased(replaced, fetch):
    old, new = versions_of(replaced)
    sha256, report_id = old.sha256, old.report_id

    run(TODAY + KEPT)
    assert escrow.path(sha256).exists()
    assert Report.get(report_id)

    run(LATER)
    old, new = versions_of(replaced)
    assert not escrow.path(sha256).exists()
    assert ckan_model.Session.get(Report, report_id) is None
    assert (old.state, old.filename, old.sha256) == ("withdrawn", None, sha256)
    assert old.erased
    assert escrow.path(new.sha256).exists()
    assert Report.get(new.report_id)
    address = f"/dataset/{replaced['package_id']}/resource/{replaced['id']}/download"
    assert fetch(address).status_code == 200
    line = ckan_model.Session.scalars(
        sa.select(RegisterLine).filter_by(event="erasure", version_id=old.id)
    ).one()
    assert line.details == {"what": "content", "sha256": sha256}
    assert list(register.verify()) == []


def test_a_content_that_another_resource_holds_stays(call, people, held, add_file, read_files):
    twin = add_file(made.PERSONAL, "double.csv")
    read_files()
    call(people.publisher, "resource_delete", id=twin["id"])

    run(LATER)

    assert escrow.path(versions_of(held)[0].sha256).exists()
    assert Report.get(versions_of(held)[0].report_id)


def test_a_refused_content_is_erased_and_its_case_stays_readable(
    call, people, add_file, read_files
):
    resource = add_file(made.PERSONAL + made.never_read(), "habitants.csv")
    read_files()
    data = {"decision": "refuse", "reason": "Le NIR ne se publie pas."}
    call(people.dpo, "rgpd_decision_create", resource_id=resource["id"], **data)

    run(LATER)

    version = versions_of(resource)[0]
    assert version.erased
    assert not escrow.path(version.sha256).exists()
    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]


def test_the_news_of_an_editor_pass_over_a_purged_dataset(call, people, dataset, held):
    call(people.admin, "dataset_purge", id=dataset["id"])

    news = call(people.publisher, "recently_changed_packages_activity_list")

    (entry, *_) = [entry for entry in news if entry["object_id"] == dataset["id"]]
    assert entry["data"]["package"]["resources"] == []


def test_a_purged_dataset_leaves_tombstones_only(
    call, people, dataset, replaced, cli, add_file, read_files
):
    contents = [version.sha256 for version in versions_of(replaced)]
    call(people.admin, "dataset_purge", id=dataset["id"])

    run(TODAY + datetime.timedelta(days=2))

    assert all(version.erased for version in versions_of(replaced))
    assert not any(escrow.path(sha256).exists() for sha256 in contents)
    with pytest.raises(FileNotFoundError):
        escrow.ordinary_bytes(replaced["id"])


def test_an_erased_id_is_not_used_again(call, people, dataset, replaced, add_file):
    other = call(
        people.publisher,
        "package_create",
        name=f"jeu-{replaced['id'][:8]}",
        owner_org=people.organisation["id"],
    )
    call(people.admin, "dataset_purge", id=dataset["id"])
    run(TODAY + datetime.timedelta(days=2))

    with pytest.raises(tk.ValidationError):
        add_file(made.CLEAN, "lieux.csv", id=replaced["id"], package_id=other["id"])


def test_what_is_being_written_is_left_alone(add_file):
    young = escrow.folder() / "incoming-young"
    young.write_bytes(b"half")

    purge.purge(LATER)
    assert young.exists()

    run(LATER)
    assert not young.exists()


def test_masked_examples_are_erased_on_demand(call, people, held, cli):
    assert any(f["examples_masked"] for f in reports(call, people, held))
    with pytest.raises(tk.NotAuthorized):
        call(people.publisher, "rgpd_examples_erase", resource_id=held["id"])

    answer = call(people.dpo, "rgpd_examples_erase", resource_id=held["id"])

    assert answer == {"erased": 1}
    found = reports(call, people, held)
    assert found
    assert not any(f["examples_masked"] for f in found)
    line = call(people.dpo, "rgpd_register_list", resource_id=held["id"])["results"][0]
    assert (line["event"], line["user_id"]) == ("erasure", people.dpo["id"])
    assert line["details"]["what"] == "examples"
    assert "1 reports" in cli.invoke(ckan, ["rgpd", "erase", held["id"]]).output


def reports(call, people, resource):
    answer = call(people.publisher, "rgpd_report_show", resource_id=resource["id"])
    return [finding for report in answer["reports"] for finding in report["findings"]]
