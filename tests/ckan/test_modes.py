"""The three modes, and a refused form that keeps what was typed and sent."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd import gate, jobs, kept
from tests.ckan import made


@pytest.fixture
def reading(monkeypatch, read_files):
    """A worker that reads while the upload waits for it, as on a running portal."""
    asked = []
    enqueue = jobs.enqueue_content

    def enqueue_and_read(sha256, filename):
        enqueue(sha256, filename)
        asked.append(filename)
        read_files()

    monkeypatch.setattr("ckanext.rgpd.refusal.jobs.enqueue_content", enqueue_and_read)
    return asked


@pytest.mark.ckan_config("ckanext.rgpd.mode", "block")
@pytest.mark.ckan_config("ckanext.rgpd.scan.wait", 5)
class TestBlock:
    def test_a_file_with_personal_data_is_refused_and_its_columns_named(
        self, add_file, reading, call, dataset
    ):
        with pytest.raises(tk.ValidationError) as error:
            add_file(made.PERSONAL, "habitants.csv", description="Ce que j'ai écrit")

        sentence = error.value.error_dict["upload"][0]
        for column in ("nom", "nir", "courriel", "telephone"):
            assert column in sentence
        for secret in made.SECRETS:
            assert secret not in sentence
        assert call(None, "package_show", id=dataset["id"])["resources"] == []

    def test_a_clean_file_passes(self, add_file, reading, read_files):
        resource = add_file(made.CLEAN, "lieux.csv")
        read_files()

        assert gate.is_open(resource["id"])

    def test_a_dataset_with_a_basis_takes_the_file_and_holds_it(self, people, call, read_files):
        dataset = factories.Dataset(owner_org=people.organisation["id"], user=people.publisher)
        call(
            people.publisher,
            "package_patch",
            id=dataset["id"],
            rgpd_dcp_publication_basis="specific_law",
            rgpd_legal_reference="loi n° 0000-000, article 1",
        )

        resource = call(
            people.publisher,
            "resource_create",
            package_id=dataset["id"],
            upload=made.upload(made.PERSONAL, "habitants.csv"),
        )
        read_files()

        assert not gate.is_open(resource["id"])

    def test_the_refused_form_keeps_its_file_for_its_own_user(
        self, people, dataset, call, reading, read_files
    ):
        form = {
            "package_id": dataset["id"],
            "upload": made.upload(made.PERSONAL, "habitants.csv"),
            "description": "Ce que j'ai écrit",
        }
        with pytest.raises(tk.ValidationError):
            tk.get_action("resource_create")({"user": people.publisher["name"]}, form)
        note = form[kept.FIELD]
        assert form[kept.NAME_FIELD] == "habitants.csv"
        assert form["description"] == "Ce que j'ai écrit"

        call(
            people.publisher,
            "package_patch",
            id=dataset["id"],
            rgpd_dcp_publication_basis="specific_law",
            rgpd_legal_reference="loi n° 0000-000, article 1",
        )
        resource = call(
            people.publisher,
            "resource_create",
            package_id=dataset["id"],
            **{kept.FIELD: note},
        )

        assert resource["url"].endswith("habitants.csv")
        stolen = call(
            people.admin,
            "resource_create",
            package_id=dataset["id"],
            url="",
            **{kept.FIELD: note},
        )
        assert stolen["url_type"] != "upload"


@pytest.mark.ckan_config("ckanext.rgpd.mode", "warn")
class TestWarn:
    def test_a_file_with_personal_data_is_released_and_everybody_is_warned(
        self, dataset, held, call, fetch
    ):
        assert gate.is_open(held["id"])
        shown = call(None, "package_show", id=held["package_id"])["resources"][0]
        assert shown["rgpd_warned"] is True
        page = fetch(f"/dataset/{dataset['name']}").body
        assert "rgpd-notice-closed" in page

    def test_a_file_that_could_not_be_read_stays_closed(self, add_file, read_files):
        resource = add_file(b"\x00\x01\x02" * 100, "donnees.csv")
        read_files()

        assert not gate.is_open(resource["id"])

    def test_a_reviewers_refusal_holds(self, people, held, call):
        call(
            people.dpo,
            "rgpd_decision_create",
            resource_id=held["id"],
            decision="refuse",
            reason="Non.",
        )

        assert not gate.is_open(held["id"])
