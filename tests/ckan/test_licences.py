"""The licence of a dataset: what is offered, what is asked for, and what everybody is told."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
from ckan.model.license import LicenseRegister
from ckan.tests import factories

from ckanext.rgpd.metadata import licence

FEE = {
    "rgpd_license_regime": "fee",
    "rgpd_fee_amount": "100 euros par an, par virement",
    "rgpd_fee_basis": "coûts de numérisation de l’année",
    "rgpd_fee_commercial": "yes",
    "rgpd_fee_eligibility": "l324_2_digitised",
}
GRANTED = {
    "rgpd_license_regime": "homologated",
    "rgpd_homologation_status": "granted",
    "rgpd_homologation_decision_ref": "décision n° 0000",
    "rgpd_homologation_date": "2024-02-29",
    "rgpd_homologation_scope": "Plans numérisés",
}


@pytest.fixture
def make(people):
    def dataset(**values):
        return factories.Dataset(
            owner_org=people.organisation["id"], user=people.publisher, **values
        )

    return dataset


def form_options(app, people, dataset, token_of):
    headers = {"Authorization": token_of(people.publisher["name"])}
    page = app.get(f"/dataset/edit/{dataset['name']}", headers=headers).body
    select = page.split('id="field-license"')[1].split("</select>")[0]
    values = [part.split('"')[1] for part in select.split("value=")[1:]]
    return [value for value in values if value]


def test_the_form_offers_the_licences_of_the_decree_in_its_order(app, people, make, token_of):
    offered = form_options(app, people, make(license_id="odc-odbl"), token_of)

    assert offered[:3] == ["lov2", "odc-odbl", "notspecified"]
    assert "cc-by" not in offered


@pytest.mark.parametrize("old", ["cc-by", "fr-lo", "etalab-2.0", "vanished-1.0"])
def test_a_dataset_keeps_its_old_licence(old, app, people, make, call, token_of):
    dataset = make(license_id=old)

    assert form_options(app, people, dataset, token_of)[0] == old
    call(people.publisher, "package_patch", id=dataset["id"], title="Autre titre")
    assert call(None, "package_show", id=dataset["id"])["license_id"] == old


@pytest.mark.parametrize(
    ("old", "title"),
    [
        ("cc-by", "Creative Commons Attribution"),
        ("etalab-2.0", "Licence Ouverte 2.0 (Etalab)"),
    ],
)
def test_an_old_licence_has_its_title(old, title, make, call):
    dataset = call(None, "package_show", id=make(license_id=old)["id"])

    assert dataset["license_title"] == title
    assert dataset["license_url"].startswith("https://")


def test_a_portals_own_list_is_left_as_it_is(monkeypatch, tmp_path):
    own = tmp_path / "own.json"
    own.write_text('[{"id": "own-1", "title": "A"}, {"id": "own-2", "title": "B"}]')
    monkeypatch.setitem(tk.config, "licenses_group_url", own.as_uri())
    monkeypatch.setattr(ckan_model.Package, "_license_register", LicenseRegister(), raising=False)

    assert tk.h.license_options(None) == [("own-1", "A"), ("own-2", "B")]


@pytest.mark.parametrize(
    ("values", "regime"),
    [
        ({"license_id": "lov2"}, "list"),
        ({"license_id": "etalab-2.0"}, "list"),
        ({"license_id": "gpl-3.0-only"}, "list"),
        ({"license_id": "notspecified"}, "none"),
        ({}, "none"),
        ({"license_id": "cc-by"}, "outside_list"),
        ({"license_id": "lov2", "rgpd_license_regime": "outside_list"}, "list"),
        ({"license_id": "lov2", **FEE}, "fee"),
        ({"license_id": "other-closed", **GRANTED}, "homologated"),
        (
            {
                "license_id": "cc-by",
                "rgpd_license_regime": "third_party_inherited",
                "rgpd_license_source": "OpenStreetMap",
            },
            "third_party_inherited",
        ),
    ],
)
def test_the_regime_follows_from_the_licence_or_is_declared(values, regime, make, call):
    shown = call(None, "package_show", id=make(**values)["id"])

    assert shown["rgpd_license_regime"] == regime


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (
            {"rgpd_license_regime": "fee"},
            {"fee_amount", "fee_basis", "fee_commercial", "fee_eligibility"},
        ),
        ({"rgpd_license_regime": "homologated"}, {"homologation_status"}),
        (
            {"rgpd_homologation_status": "granted"},
            {"homologation_decision_ref", "homologation_date", "homologation_scope"},
        ),
        ({"rgpd_homologation_status": "requested"}, {"homologation_reason"}),
        ({"rgpd_license_regime": "third_party_inherited"}, {"license_source"}),
        ({"rgpd_license_conditions": "Citer le service"}, {"license_conditions_tests"}),
    ],
)
def test_a_regime_asks_for_what_the_law_wants_with_it(values, asked, make, call, people):
    dataset = make(license_id="lov2")

    with pytest.raises(tk.ValidationError) as error:
        call(people.publisher, "package_patch", id=dataset["id"], **values)

    assert set(error.value.error_dict) == {f"rgpd_{name}" for name in asked}


def test_a_decision_of_tomorrow_is_refused(make):
    with pytest.raises(tk.ValidationError) as error:
        make(license_id="other-closed", **{**GRANTED, "rgpd_homologation_date": "2999-01-01"})

    assert list(error.value.error_dict) == ["rgpd_homologation_date"]


ADVICE = [
    ("lov2", {}, ""),
    (None, {}, "advised"),
    ("notspecified", {}, "advised"),
    ("cc-by", {}, "not on the list"),
    (None, {"license_regime": "fee"}, "needs a licence"),
    ("x", {"license_regime": "homologated", "homologation_status": "requested"}, "granted"),
    ("lov2", {"license_conditions": "Oui"}, "general interest"),
    ("lov2", {"exclusive_right": "À un éditeur"}, "exclusive"),
]


@pytest.mark.parametrize(("id", "values", "words"), ADVICE)
def test_the_publisher_is_told_what_the_licence_still_needs(id, values, words):
    told = licence.advice(id, values)

    assert len(told) == bool(words)
    assert words in "".join(told)


def test_conditions_that_pass_the_three_tests_need_no_advice():
    tests = '["general_interest", "proportionate", "no_competition_restriction"]'
    values = {"license_conditions": "Citer", "license_conditions_tests": tests}

    assert licence.advice("lov2", values) == []


def test_everybody_reads_the_source_to_cite_and_the_fee(make, app):
    dataset = make(license_id="lov2", title="Plans anciens", **FEE)

    page = app.get(f"/dataset/{dataset['name']}").body

    assert "Plans anciens, " in page
    assert FEE["rgpd_fee_basis"] in page
