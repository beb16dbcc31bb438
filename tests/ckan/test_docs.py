"""The documentation names what the portal has, and the API examples do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import ckan.plugins.toolkit as tk
import ckanapi
import click
import pytest
from ckan.tests import factories

from ckanext.rgpd import config, fields
from ckanext.rgpd.cli import rgpd
from tests.ckan import made

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.rst"), *ROOT.glob("docs/*.md")]
CALL = re.compile(r"\bckan rgpd (\w+)((?: --[a-z]+)*)")


def read(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def rows(page: str) -> set[str]:
    """The code that stands first in the rows of a page's tables."""
    return set(re.findall(r"^\| `([^`]+)`", read(page), re.MULTILINE))


def options(command: click.Command) -> set[str]:
    return {param.opts[0] for param in command.params if isinstance(param, click.Option)}


@pytest.mark.parametrize("name", sorted(rgpd.commands))
def test_a_command_has_its_entry_with_each_of_its_options(name):
    entry = read("administrator.md").split(f"### `ckan rgpd {name}`")[1].split("\n#")[0]

    named = set(re.findall(r"--[a-z]+", entry))
    assert named == options(rgpd.commands[name])


def test_a_command_that_is_shown_is_one_that_the_portal_takes():
    calls = [call for page in PAGES for call in CALL.findall(page.read_text(encoding="utf-8"))]

    assert {name for name, _ in calls} == set(rgpd.commands)
    for name, given in calls:
        assert set(given.split()) <= options(rgpd.commands[name]), (name, given)


def test_each_mode_has_its_row():
    assert set(config.MODES) <= rows("administrator.md")


@pytest.mark.parametrize("name", fields.DATASET_FIELDS)
def test_a_dataset_field_has_its_row(name):
    key = fields.PREFIX + name

    assert key in rows("developer.md")
    assert f"| `{key}` |" in read("publisher.md")


def test_a_reuser_finds_each_field_of_a_published_resource(call, released):
    dataset = call(None, "package_show", id=released["package_id"])
    shown = {key for key in dataset["resources"][0] if key.startswith(fields.PREFIX)}

    assert shown
    assert [key for key in shown if f"`{key}`" not in read("reuser.md")] == []


@pytest.fixture
def client(monkeypatch, people):
    """The portal in the place of the remote one that the examples speak to."""
    users = {"PUBLISHER-TOKEN": people.publisher["name"], "DPO-TOKEN": "dpo", None: ""}

    def connect(_url: str, apikey: str | None = None) -> ckanapi.LocalCKAN:
        return ckanapi.LocalCKAN(username=users[apikey])

    monkeypatch.setattr(ckanapi, "RemoteCKAN", connect)


def test_the_examples_of_the_api_run_in_their_order(
    client, people, read_files, tmp_path, monkeypatch
):
    rows = [
        ("nom_elu", "prenom_elu", "portable"),
        ("Tartempion", "Zénobie", "06 39 98 41 27"),
    ]
    (tmp_path / "elus.csv").write_text(made.csv_text(rows), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    factories.Dataset(
        name="conseil-municipal", owner_org=people.organisation["id"], license_id="lov2"
    )
    chapter = read("developer.md").split("\n## The Action API\n")[1].split("\n## ")[0]
    values: dict[str, object] = {}

    for block in re.findall(r"^```python\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL):
        exec(compile(block, "developer.md", "exec"), values)
        read_files()
        for given, expected in re.findall(r"^(status\S*)  # (True|False)", block, re.MULTILINE):
            assert str(eval(given, values)) == expected

    assert values["waiting"]["count"]
    assert values["panel"]["resources"][0]["dcp_presence"] == "personal"


def test_each_event_of_the_register_has_its_row(call, people, held):
    call(people.publisher, "rgpd_scan_request", resource_id=held["id"])
    call(people.publisher, "resource_delete", id=held["id"])
    lines = tk.get_action("rgpd_register_list")({"ignore_auth": True}, {"limit": 1000})["results"]
    events = {line["event"] for line in lines}

    assert {"upload", "hold", "scan_requested", "withdraw"} <= events <= rows("dpo.md")
