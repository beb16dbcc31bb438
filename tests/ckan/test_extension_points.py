"""IRgpd: a portal's own rules; and ckanext-scheming with our fields."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import ckan.plugins.toolkit as tk
import pytest
import yaml
from ckan.tests import factories
from werkzeug.datastructures import MultiDict

from ckanext.rgpd.core import scan
from ckanext.rgpd.metadata.field import FIELDS
from tests.ckan import made
from tests.ckan.example_rules import ExampleRules
from tests.ckan.test_pages import case_of

with_rules = pytest.mark.ckan_config("ckan.plugins", "rgpd activity rgpd_example_rules")


@with_rules
def test_a_portals_own_rule_holds_a_clean_file_and_says_why(add_file, read_files, call, people):
    ExampleRules.heard.clear()
    resource = add_file("club,ville\nÉtoile,Tours\n", "clubs.csv")

    read_files()

    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    reasons = status["versions"][0]["reasons"]
    assert not status["released"]
    assert any("sports" in reason["sentence"].lower() for reason in reasons)
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=resource["id"],
        decision="release",
        reason="Le service des sports est d’accord.",
    )
    assert ExampleRules.heard[-1]["released"] is True
    assert ExampleRules.heard[-1]["resource_id"] == resource["id"]


@with_rules
@pytest.mark.parametrize("column", ["panne", "faux"])
def test_a_rule_that_fails_keeps_the_file_closed(column, add_file, read_files, call, people):
    resource = add_file(f"{column},ville\nx,Tours\n", "clubs.csv")

    read_files()

    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]
    codes = [reason["code"] for reason in status["versions"][0]["reasons"]]
    assert "portal_rule_failed" in codes


@with_rules
def test_a_rule_never_makes_an_outcome_milder(add_file, read_files, call, people):
    rows = [(*row, "x") for row in made.PERSONAL_ROWS]
    rows[0] = (*made.PERSONAL_ROWS[0], "doux")
    resource = add_file(made.csv_text(rows), "habitants.csv")

    read_files()

    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]


CARDS = made.csv_text([("badge", "ville"), *[(f"PISC-{n:06}", "Tours") for n in range(1, 9)]])
NOTE = "Le badge PISC-004217 a été rendu à l’accueil.\n"


@with_rules
@pytest.mark.parametrize(
    ("content", "filename", "place"), [(CARDS, "b.csv", "badge"), (NOTE, "b.txt", "(document)")]
)
def test_a_portals_own_detector_reads_tables_and_texts(
    content, filename, place, add_file, read_files, call, people, fetch
):
    resource = add_file(content, filename)

    read_files()

    (report,) = call(people.publisher, "rgpd_report_show", resource_id=resource["id"])["reports"]
    (found,) = report["findings"]
    assert (found["entity_type"], found["column"]) == ("pool_card", place)
    assert set(found["examples_masked"]) == {"PISC-******"}
    assert report["rules_version"] == f"{scan.RULES_VERSION}+pool_card_1"
    assert not call(people.publisher, "rgpd_status_show", resource_id=resource["id"])["released"]
    page = fetch(case_of(resource), people.publisher).body
    assert "Carte de la piscine" in page


def test_without_that_extension_nothing_of_it_is_left(add_file, read_files, call, people):
    resource = add_file(CARDS, "b.csv")

    read_files()

    (report,) = call(people.publisher, "rgpd_report_show", resource_id=resource["id"])["reports"]
    assert report["rules_version"] == scan.RULES_VERSION, "the same bytes, read anew"
    assert report["findings"] == []


SCHEMING = {
    "ckan.plugins": "rgpd activity scheming_datasets",
    "scheming.dataset_schemas": "ckanext.rgpd.metadata:scheming_dataset.yaml",
    "scheming.presets": (
        "ckanext.scheming:presets.json ckanext.rgpd.metadata:scheming_presets.json"
    ),
}


def with_scheming(test):
    for key, value in SCHEMING.items():
        test = pytest.mark.ckan_config(key, value)(test)
    return test


def test_the_example_schema_has_each_field(request):
    from importlib import resources

    text = (resources.files("ckanext.rgpd.metadata") / "scheming_dataset.yaml").read_text("utf-8")
    names = [field["field_name"] for field in yaml.safe_load(text)["dataset_fields"]]

    assert [n for n in names if n.startswith("rgpd_")] == [f"rgpd_{name}" for name in FIELDS]


@with_scheming
def test_with_scheming_the_same_fields_are_checked_kept_and_shown(call, people, app, token_of):
    dataset = factories.Dataset(
        owner_org=people.organisation["id"],
        user=people.publisher,
        license_id="lov2",
        rgpd_persons_categories=["minors"],
        rgpd_directory_dataset=True,
        rgpd_register_ref="fiche-interne-7",
    )
    call(people.publisher, "package_patch", id=dataset["id"], title="Autre titre")
    with pytest.raises(tk.ValidationError) as error:
        call(people.publisher, "package_patch", id=dataset["id"], rgpd_sector="space")
    assert list(error.value.error_dict) == ["rgpd_sector"]

    shown = call(None, "package_show", id=dataset["id"])

    assert shown["rgpd_persons_categories"] == ["minors"]
    assert shown["rgpd_directory_dataset"] is True
    assert "fiche-interne-7" not in json.dumps(shown)
    headers = {"Authorization": token_of(people.publisher["name"])}
    page = app.get(f"/dataset/edit/{dataset['name']}", headers=headers).body
    assert page.count('name="rgpd_') >= len(FIELDS)
    assert 'value="True" selected' in page
    assert "fiche-interne-7" in page


class Filled(HTMLParser):
    """What a browser sends of a page's forms: fields and their values, unticked boxes left out."""

    def __init__(self, page: str, unticked: str) -> None:
        super().__init__()
        self.unticked, self.sent, self.select = unticked, [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "select":
            self.select = given.get("name", "")
        if tag == "option" and "selected" in given:
            self.sent.append((self.select, given.get("value", "")))
        box = given.get("type") in ("checkbox", "radio")
        ticked = "checked" in given and given.get("name") != self.unticked
        if tag == "input" and given.get("name") and (ticked or not box):
            self.sent.append((given["name"], given.get("value") or ""))


@with_scheming
def test_with_scheming_a_list_is_emptied_by_unticking_all_its_boxes(call, people, app, token_of):
    field = "rgpd_persons_categories"
    dataset = factories.Dataset(
        owner_org=people.organisation["id"],
        user=people.publisher,
        **{field: ["minors", "agents"], "rgpd_controller": "Ville d’Exemple"},
    )
    headers = {"Authorization": token_of(people.publisher["name"])}
    address = f"/dataset/edit/{dataset['name']}"
    page = app.get(address, headers=headers).body
    assert 'value="minors"\n                    checked' in page

    form = MultiDict(Filled(page, unticked=field).sent)
    app.post(address, data={**form.to_dict(flat=False), "save": ""}, headers=headers)

    shown = call(people.publisher, "package_show", id=dataset["id"])
    assert field not in shown
    assert shown["rgpd_controller"] == "Ville d’Exemple", "the rest is kept"
