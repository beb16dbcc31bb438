"""The dataset's own fields: written by those who may, kept by updates that do not name them."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

FIELDS = {
    "rgpd_dcp_publication_basis": "specific_law",
    "rgpd_legal_reference": "loi n° 0000-000, article 1",
    "rgpd_legal_reference_url": "https://www.legifrance.gouv.fr/",
    "rgpd_rights_contact": "droits@exemple.fr",
}


@pytest.fixture
def described(people):
    return factories.Dataset(
        owner_org=people.organisation["id"], user=people.publisher, license_id="lov2", **FIELDS
    )


def shown(call, dataset, user=None):
    answer = call(user, "package_show", id=dataset["id"])
    return {key: answer[key] for key in answer if key in FIELDS}


def test_fields_of_a_new_dataset_are_read_back_by_everybody(described, call):
    assert shown(call, described) == FIELDS


@pytest.mark.parametrize(
    "write",
    [
        lambda call, user, d: call(user, "package_patch", id=d["id"], title="Autre titre"),
        lambda call, user, d: call(
            user, "package_update", id=d["id"], name=d["name"], owner_org=d["owner_org"]
        ),
        lambda call, user, d: call(
            user, "package_revise", match={"id": d["id"]}, update={"title": "Autre titre"}
        ),
        lambda call, user, d: call(
            user, "resource_create", package_id=d["id"], url="https://ailleurs.exemple/x"
        ),
    ],
    ids=["package_patch", "package_update", "package_revise", "resource_create"],
)
def test_an_update_that_does_not_name_them_keeps_them(described, call, people, write):
    write(call, people.publisher, described)

    assert shown(call, described) == FIELDS


def test_a_field_is_changed_and_cleared(described, call, people):
    call(
        people.publisher,
        "package_patch",
        id=described["id"],
        rgpd_rights_contact="",
        rgpd_legal_reference="loi n° 1111-111, article 2",
    )

    assert shown(call, described) == {
        "rgpd_dcp_publication_basis": "specific_law",
        "rgpd_legal_reference": "loi n° 1111-111, article 2",
        "rgpd_legal_reference_url": "https://www.legifrance.gouv.fr/",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rgpd_dcp_publication_basis", "because"),
        ("rgpd_d312_category", "d312_99"),
        ("rgpd_legal_reference_url", "javascript:alert(1)"),
        ("rgpd_controller", "x" * 3000),
    ],
)
def test_a_value_that_is_not_possible_is_named_and_nothing_saved(
    described, call, people, field, value
):
    with pytest.raises(tk.ValidationError) as error:
        call(people.publisher, "package_patch", id=described["id"], **{field: value})

    assert list(error.value.error_dict) == [field]
    assert shown(call, described) == FIELDS


def test_a_dataset_update_that_fails_changes_no_field(described, call, people):
    with pytest.raises(tk.ValidationError):
        call(
            people.publisher,
            "package_patch",
            id=described["id"],
            name="Pas un nom !",
            rgpd_rights_contact="autre@exemple.fr",
        )

    assert shown(call, described) == FIELDS


def test_those_who_may_not_edit_may_not_write(described, call, people):
    with pytest.raises(tk.NotAuthorized):
        call(
            people.outsider,
            "package_update",
            id=described["id"],
            rgpd_rights_contact="a@exemple.fr",
        )

    assert shown(call, described) == FIELDS


def test_states_and_checksums_cannot_be_forged(held, call, people):
    call(
        people.publisher,
        "resource_patch",
        id=held["id"],
        rgpd_state="publish",
        rgpd_file_checksum="0" * 64,
        rgpd_dcp_presence="none",
    )

    own = call(people.publisher, "package_show", id=held["package_id"])["resources"][0]
    assert own["rgpd_state"] == "quarantine"
    assert own["rgpd_dcp_presence"] == "personal"
    closed = call(None, "package_show", id=held["package_id"])["resources"][0]
    assert closed["rgpd_state"] == "under_review"


def test_our_keys_are_not_saved_with_the_resource(released, call, people):
    call(people.publisher, "resource_patch", id=released["id"], description="Une description")

    saved = ckan_model.Resource.get(released["id"]).extras
    assert not [key for key in saved if key.startswith("rgpd_")]


def test_the_form_shows_the_fields_and_saves_them(described, people, app):
    token = factories.APIToken(user=people.publisher["name"])
    headers = {"Authorization": token["token"]}

    page = app.get(f"/dataset/edit/{described['name']}", headers=headers).body

    for field, value in FIELDS.items():
        assert f'name="{field}"' in page
        assert value in page


def test_the_licences_of_the_decree_are_offered_first(call):
    ids = [licence["id"] for licence in call(None, "license_list")]

    assert ids[:2] == ["lov2", "odc-odbl"]
