"""Personal data in what publishers write about their data."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest

from tests.ckan import made

NIR, MAIL, MOBILE = made.SECRETS[0], made.SECRETS[2], made.SECRETS[3]


def fields_of(answer):
    return {(item["field"], item["entity_type"]) for item in answer["rgpd_text_findings"]}


def test_the_writer_is_told_and_nobody_else(call, people, dataset):
    answer = call(
        people.publisher,
        "package_patch",
        id=dataset["id"],
        notes=f"Voir {NIR}",
        extras=[{"key": "contact", "value": MOBILE}],
    )

    assert fields_of(answer) == {("notes", "nir"), ("extras.contact", "phone_mobile")}
    for secret in made.SECRETS:
        assert secret not in str(answer["rgpd_text_findings"])
    assert "rgpd_text_findings" not in call(None, "package_show", id=dataset["id"])


def test_the_writer_of_a_resource_is_told(call, people, dataset):
    data = {"package_id": dataset["id"], "url": "http://a.exemple/x.csv", "name": f"De {NIR}"}
    answer = call(people.publisher, "resource_create", **data)

    assert fields_of(answer) == {("name", "nir")}


def test_what_was_there_before_is_not_said_again(call, people, dataset):
    call(people.publisher, "package_patch", id=dataset["id"], notes=f"Voir {NIR}")
    answer = call(people.publisher, "package_patch", id=dataset["id"], title="Autre titre")

    assert "rgpd_text_findings" not in answer


def test_the_form_says_it_once_saved(app, dataset, people, token_of):
    headers = {"Authorization": token_of(people.publisher["name"])}
    form = {"name": dataset["name"], "title": f"Assuré {NIR}", "owner_org": dataset["owner_org"]}
    page = app.post(f"/dataset/edit/{dataset['name']}", data=form, headers=headers)

    assert "Ce texte semble contenir" in page.body or "This text seems to hold" in page.body
    assert "NIR" in page.body


@pytest.mark.ckan_config("ckanext.rgpd.mode", "block")
class TestBlock:
    @pytest.mark.parametrize("field", ["title", "notes"])
    def test_a_text_of_the_dataset_is_refused(self, call, people, dataset, field):
        with pytest.raises(tk.ValidationError) as error:
            call(people.publisher, "package_patch", id=dataset["id"], **{field: f"De {NIR}"})

        assert list(error.value.error_dict) == [field]
        assert NIR not in str(error.value.error_dict)

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("name", {"name": f"Assuré {NIR}"}),
            ("description", {"description": f"Écrire à {MAIL.replace('exemple.fr', 'gmail.com')}"}),
            ("upload", {"upload": made.upload(made.CLEAN, f"dossier {NIR}.csv")}),
        ],
    )
    def test_a_text_of_a_resource_is_refused(self, call, people, dataset, field, changes):
        data = {"package_id": dataset["id"], "url": "http://a.exemple/x.csv", **changes}
        with pytest.raises(tk.ValidationError) as error:
            call(people.publisher, "resource_create", **data)

        assert field in error.value.error_dict
        assert call(None, "package_show", id=dataset["id"])["resources"] == []

    def test_what_holds_nothing_passes(self, call, people, dataset):
        call(people.publisher, "package_patch", id=dataset["id"], notes="Les lieux publics.")
