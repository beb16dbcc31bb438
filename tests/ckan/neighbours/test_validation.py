"""ckanext-validation's own job: its report quotes cells, so it comes after the release."""

from __future__ import annotations

import json

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
from ckanext.validation.model import Validation

from ckanext.rgpd import gate
from tests.ckan import made

#: A schema that none of the rows keep to, so that the report quotes them.
SCHEMA = {"fields": [{"name": name, "type": "integer"} for name in made.PERSONAL_ROWS[0]]}


@pytest.fixture
def add_invalid(add_file):
    """A file with personal data and a schema that it does not keep to."""
    schema = json.dumps(SCHEMA)
    return lambda: add_file(made.PERSONAL, "habitants.csv", format="CSV", schema=schema)


@pytest.fixture
def validated(add_invalid, read_files, run_jobs, call, people):
    """The file once it is released and, as XLoader copied its rows, these are too."""
    resource = add_invalid()
    for _content in ("file", "rows"):
        run_jobs()
        read_files()
        call(
            people.dpo,
            "rgpd_decision_create",
            resource_id=resource["id"],
            decision="release",
            reason="Des personnes inventées.",
        )
    run_jobs()
    assert gate.is_open(resource["id"])
    return resource


def report_of(resource):
    row = ckan_model.Session.query(Validation).filter_by(resource_id=resource["id"]).first()
    return (row.status, row.report or "") if row else None


def doors(resource, dataset):
    id, name = resource["id"], dataset["name"]
    return [
        f"/api/3/action/resource_validation_show?resource_id={id}",
        f"/dataset/{name}/resource/{id}/validation",
        f"/api/3/action/package_show?id={name}",
        f"/api/3/action/package_search?q=name:{name}",
        f"/dataset/{name}/resource/{id}",
        f"/dataset/{name}",
    ]


def test_a_closed_file_is_not_validated(add_invalid, run_jobs, read_files):
    resource = add_invalid()
    run_jobs()
    read_files()
    run_jobs()

    assert not gate.is_open(resource["id"])
    assert report_of(resource) is None


def test_who_asks_for_a_closed_file_is_told_when(add_invalid, call, people, read_files, cli):
    resource = add_invalid()
    for user in (people.publisher, people.admin):
        with pytest.raises(tk.ValidationError) as error:
            call(user, "resource_validation_run", resource_id=resource["id"])
        assert "released" in str(error.value) or "publié" in str(error.value)
    call(people.admin, "resource_validation_run_batch", dataset_ids=[resource["package_id"]])

    assert report_of(resource) is None


def test_a_released_file_is_validated_and_its_report_shown(validated, call):
    shown = call(None, "resource_validation_show", resource_id=validated["id"])

    assert shown["status"] == "failure"
    assert made.SECRETS[4] in shown["report"]
    assert call(None, "resource_show", id=validated["id"])["validation_status"] == "failure"


def test_the_report_of_what_was_released_closes_with_it(
    validated, run_jobs, call, people, dataset, refused
):
    call(
        people.publisher,
        "resource_patch",
        id=validated["id"],
        upload=made.upload(made.PERSONAL + "\n", "habitants.csv"),
    )
    run_jobs()

    assert not gate.is_open(validated["id"])
    for path in doors(validated, dataset):
        refused(path, [None, people.outsider, people.other_editor], (*made.SECRETS, "failure"))
