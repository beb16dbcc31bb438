"""Facets that count released files alone, and the inventory of an organisation."""

from __future__ import annotations

import csv
import json

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd.cli import rgpd
from tests.ckan import made

PRESENCE = "vocab_rgpd_dcp_presence"


def counts(call, user, field):
    answer = call(user, "package_search", **{"facet.field": [field], "facet.limit": -1})
    return {item["name"]: item["count"] for item in answer["search_facets"][field]["items"]}


def test_a_closed_file_changes_no_count_for_anybody(call, people, add_file, read_files, dataset):
    users = (None, people.outsider, people.publisher, people.dpo)
    before = [counts(call, user, PRESENCE) for user in users]

    add_file(made.PERSONAL, "clos.csv")
    read_files()

    assert [counts(call, user, PRESENCE) for user in users] == before


def test_a_released_file_is_counted_and_found(call, people, released):
    answer = call(
        None,
        "package_search",
        fq=f"{PRESENCE}:none vocab_rgpd_license_regime:list id:{released['package_id']}",
    )

    assert answer["count"] == 1
    assert counts(call, None, PRESENCE)["none"] >= 1


def test_the_search_page_names_the_facets_and_their_values(app, released):
    page = app.get("/dataset/").body

    assert "Licence regime" in page or "Régime de licence" in page
    assert "vocab_rgpd_license_regime=list" in page
    assert "Listed licence" in page or "Licence de la liste" in page


@pytest.fixture
def organisation(people):
    found = factories.Organization(users=[{"name": people.publisher["name"], "capacity": "editor"}])
    factories.Dataset(
        owner_org=found["id"],
        title="Budget",
        notes="=HYPERLINK(1)",
        license_id="lov2",
        rgpd_inventory_title="Budget primitif",
        rgpd_inventory_created="1999-12-31",
        rgpd_inventory_updates="2020 : nouvelle nomenclature",
    )
    factories.Dataset(owner_org=found["id"], title="Privé", private=True)
    factories.Dataset(
        owner_org=found["id"],
        title="+Plans",
        notes="Des plans",
        rgpd_license_regime="fee",
        rgpd_fee_amount="100 euros",
        rgpd_fee_basis="numérisation",
        rgpd_fee_commercial="yes",
        rgpd_fee_eligibility="l324_2_digitised",
        license_id="odc-odbl",
    )
    return found


def test_the_inventory_lists_public_datasets_with_what_the_law_asks(organisation, call):
    rows = call(None, "rgpd_inventory_list", organization_id=organisation["name"])["results"]

    by_title = {row["title"]: row for row in rows}
    assert set(by_title) == {"Budget primitif", "+Plans"}
    budget = by_title["Budget primitif"]
    assert budget["created"] == "1999-12-31"
    assert budget["updates"] == "2020 : nouvelle nomenclature"
    assert "Licence Ouverte 2.0" in budget["reuse_conditions"]
    assert "100 euros" in by_title["+Plans"]["reuse_conditions"]
    assert budget["url"].startswith("http")


def test_the_command_writes_csv_without_formulas_and_json(organisation, cli):
    text = cli.invoke(rgpd, ["inventory", organisation["name"]]).stdout
    rows = list(csv.DictReader(text.splitlines()))

    assert {row["titre"] for row in rows} == {"Budget primitif", "'+Plans"}
    assert "'=HYPERLINK(1)" in {row["objet"] for row in rows}
    as_json = cli.invoke(rgpd, ["inventory", organisation["name"], "--format", "json"]).stdout
    assert len(json.loads(as_json)) == 2


def test_an_organisation_that_does_not_exist_is_said_to(cli, call):
    answer = cli.invoke(rgpd, ["inventory", "nulle-part"])

    assert answer.exit_code == 1
    assert "nulle-part" in answer.output
    with pytest.raises(tk.ObjectNotFound):
        call(None, "rgpd_inventory_list", organization_id="nulle-part")
