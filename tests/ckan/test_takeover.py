"""A portal with files of its own takes the extension in."""

from __future__ import annotations

from pathlib import Path

import ckan.model as ckan_model
import pytest
from ckan.cli.cli import ckan
from ckan.tests import factories

from ckanext.rgpd import escrow, gate, takeover
from ckanext.rgpd.model import Version
from tests.ckan import made


@pytest.fixture
def old_portal(people, call, cli):
    """A clean and a personal file that lie in CKAN's storage and that nobody knows of."""
    cli.invoke(ckan, ["rgpd", "adopt"])  # what other tests left
    organisation = factories.Organization(
        users=[{"name": people.publisher["name"], "capacity": "editor"}]
    )
    dataset = factories.Dataset(
        owner_org=organisation["id"], user=people.publisher, license_id="lov2"
    )
    resources = {}
    for name, content in (("clean", made.never_read()), ("personal", made.PERSONAL)):
        upload = made.upload(content, f"{name}.csv")
        resource = call(
            people.publisher, "resource_create", package_id=dataset["id"], upload=upload
        )
        place = Path(escrow.ordinary_uploader({"id": resource["id"]}).get_path(resource["id"]))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
        ckan_model.Session.query(Version).filter_by(resource_id=resource["id"]).delete()
        resources[name] = resource["id"]
    ckan_model.Session.commit()
    return organisation["name"], resources


def adopt(cli, *options):
    answer = cli.invoke(ckan, ["rgpd", "adopt", *options])
    assert answer.exit_code == 0, answer.output
    ckan_model.Session.expire_all()
    return answer.output


def line_of(organisation, output):
    (line,) = [line for line in output.splitlines() if line.startswith(organisation)]
    return [int(number) for number in line.removeprefix(organisation).split()]


@pytest.mark.parametrize("policy", ["open", "closed"])
def test_a_portal_is_taken_in_and_read(cli, old_portal, read_files, policy):
    organisation, resources = old_portal
    output = adopt(cli, "--policy", policy, "--organization", organisation)
    stand = [gate.is_open(id) for id in resources.values()]
    assert stand == [policy == "open"] * 2
    assert line_of(organisation, output)[:2] == [2, 2]
    read_files()

    assert gate.is_open(resources["clean"])
    assert not gate.is_open(resources["personal"])
    assert line_of(organisation, adopt(cli, "--limit", "0")) == [2, 0, 1, 1, 1]


def test_it_goes_on_where_it_stopped(cli, old_portal):
    organisation, resources = old_portal
    adopt(cli, "--limit", "1", "--by", "size", "--organization", organisation)
    left = takeover.unread("age", organisation)
    (personal,) = Version.current(resources["personal"])
    assert left == [personal.id], "the smaller one was sent first"

    output = adopt(cli, "--organization", organisation, "--pace", "6000")

    assert "0 files taken in" in output
    assert "1 files sent" in output
    assert takeover.unread("age", organisation) == []
