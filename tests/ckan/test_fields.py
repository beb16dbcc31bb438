"""The dataset's own fields: written by those who may, kept by updates that do not name them."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
import pytest
from ckan.lib import search
from ckan.tests import factories

from ckanext.rgpd.model import DatasetField

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
        ("rgpd_controller", {"not": "a text"}),
        ("rgpd_rights_contact", "javascript:alert(1)"),
        ("rgpd_persons_categories", ["citizens", "martians"]),
        ("rgpd_persons_categories", "[broken"),
        ("rgpd_opposition_available", "perhaps"),
        ("rgpd_archive_start_date", "31/12/1900"),
        ("rgpd_inventory_created", "2999-01-01"),
    ],
)
def test_a_value_that_is_not_possible_is_named_and_nothing_saved(
    described, call, people, field, value
):
    with pytest.raises(tk.ValidationError) as error:
        call(people.publisher, "package_patch", id=described["id"], **{field: value})

    assert list(error.value.error_dict) == [field]
    assert shown(call, described) == FIELDS


@pytest.mark.parametrize(
    ("field", "value", "shown_as"),
    [
        ("rgpd_persons_categories", ["minors", "citizens"], ["citizens", "minors"]),
        ("rgpd_persons_categories", "minors", ["minors"]),
        ("rgpd_persons_categories", '["minors"]', ["minors"]),
        ("rgpd_directory_dataset", True, True),
        ("rgpd_directory_dataset", "false", False),
        ("rgpd_release_date", "2999-01-01", "2999-01-01"),
    ],
)
def test_lists_dates_and_yes_or_no_come_back_as_such(
    described, call, people, field, value, shown_as
):
    call(people.publisher, "package_patch", id=described["id"], **{field: value})

    assert call(None, "package_show", id=described["id"])[field] == shown_as


@pytest.mark.parametrize("empty", ["", [], [""], None])
def test_an_empty_list_clears_the_field(described, call, people, empty):
    for value in (["minors"], empty):
        call(people.publisher, "package_patch", id=described["id"], rgpd_persons_categories=value)

    assert "rgpd_persons_categories" not in call(None, "package_show", id=described["id"])


INTERNAL = {"rgpd_register_status": "entered", "rgpd_register_ref": "fiche-interne-042"}


def test_internal_fields_are_for_those_in_charge(described, call, people):
    call(people.publisher, "package_patch", id=described["id"], **INTERNAL)

    for user in (people.publisher, people.dpo):
        shown_to = call(user, "package_show", id=described["id"])
        assert {key: shown_to.get(key) for key in INTERNAL} == INTERNAL
    for user in (None, people.outsider, people.member, people.other_editor):
        assert not INTERNAL.keys() & call(user, "package_show", id=described["id"])
        answer = call(user, "package_search", q=f"id:{described['id']}")
        assert answer["count"] == 1
        assert "fiche-interne" not in str(answer)


def test_internal_fields_are_not_in_what_is_indexed_or_logged(described, call, people):
    call(people.publisher, "package_patch", id=described["id"], **INTERNAL)

    query = search.query_for("package")
    answer = query.run({"q": f"id:{described['id']}", "fl": "*", "rows": 1})
    assert answer["count"] == 1
    assert "fiche-interne" not in str(answer)
    activities = call(people.dpo, "package_activity_list", id=described["id"])
    logged = [
        tk.get_action("activity_show")({"ignore_auth": True}, {"id": a["id"]}) for a in activities
    ]
    assert logged
    assert "fiche-interne" not in str(logged)


def test_a_field_is_necessary_only_when_another_makes_it_so(described, call, people):
    with pytest.raises(tk.ValidationError) as error:
        call(people.publisher, "package_patch", id=described["id"], rgpd_legal_reference="")
    assert list(error.value.error_dict) == ["rgpd_legal_reference"]

    call(
        people.publisher,
        "package_patch",
        id=described["id"],
        rgpd_legal_reference="",
        rgpd_dcp_publication_basis="not_personal",
    )

    assert "rgpd_legal_reference" not in shown(call, described)


def test_what_was_incomplete_before_does_not_stop_other_changes(described, call, people):
    DatasetField.store(described["id"], {"legal_reference": ""})
    ckan_model.Session.commit()

    call(
        people.publisher,
        "package_patch",
        id=described["id"],
        title="Autre titre",
        rgpd_dcp_publication_basis="specific_law",
        rgpd_legal_reference="",
    )

    assert call(None, "package_show", id=described["id"])["title"] == "Autre titre"


DERIVED = ("rgpd_compliance_status", "rgpd_dcp_presence", "rgpd_source_mention", "rgpd_last_update")


@pytest.mark.parametrize("name", DERIVED)
def test_derived_fields_cannot_be_written(described, call, people, name):
    before = call(None, "package_show", id=described["id"])[name]

    call(people.publisher, "package_patch", id=described["id"], **{name: "forged"})

    after = call(None, "package_show", id=described["id"])[name]
    assert "forged" not in after
    assert after == before or name in ("rgpd_last_update",)


def test_the_status_of_a_dataset_follows_its_files(released, held, call, people):
    inside = call(people.publisher, "package_show", id=released["package_id"])
    outside = call(None, "package_show", id=released["package_id"])

    assert inside["rgpd_compliance_status"] == "under_review"
    assert inside["rgpd_dcp_presence"] == "personal"
    assert outside["rgpd_dcp_presence"] == "unknown"


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


def test_the_form_offers_the_contacts_of_the_organisations_other_datasets(
    described, call, people, app, token_of
):
    if plugins.plugin_loaded("scheming_datasets"):
        pytest.skip("with ckanext-scheming the form is its own, and offers what its schema says")
    contact = "dpo-commun@exemple.fr"
    call(people.publisher, "package_patch", id=described["id"], rgpd_dpo_contact=contact)
    url = f"/dataset/new?group={people.organisation['id']}"

    for who, told in ((people.publisher, True), (people.other_editor, False)):
        page = app.get(url, headers={"Authorization": token_of(who["name"])}).body
        assert (f'<option value="{contact}">' in page) is told
        assert f'value="{contact}" ' not in page, "offered, not filled in"


def test_the_licences_of_the_decree_are_offered_first(call):
    ids = [licence["id"] for licence in call(None, "license_list")]

    assert ids[:2] == ["lov2", "odc-odbl"]
