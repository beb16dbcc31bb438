"""What only some may see is kept by no cache; what names persons is kept by no search engine."""

from __future__ import annotations

import pytest

from tests.ckan import made

ROWS = [{"nom": "Tartempion", "courriel": made.SECRETS[2]}]

#: Every form in which a resource, its rows or what is said of it leaves the portal.
FORMS = {
    "download": "/dataset/{package_id}/resource/{id}/download",
    "download by name": "/dataset/{package_id}/resource/{id}/download/{name}",
    "download under another name": "/dataset/{package_id}/resource/{id}/download/autre.csv",
    "download in English": "/en/dataset/{package_id}/resource/{id}/download",
    "dump": "/datastore/dump/{id}",
    "dump as JSON": "/datastore/dump/{id}?format=json",
    "resource page": "/dataset/{package_id}/resource/{id}",
    "case": "/dataset/{package_id}/resource/{id}/rgpd",
    "case status": "/dataset/{package_id}/resource/{id}/rgpd/status",
    "dataset page": "/dataset/{package_name}",
    "package_show": "/api/3/action/package_show?id={package_id}",
    "package_search": "/api/3/action/package_search?fq=id:{package_id}&include_private=true",
    "resource_show": "/api/3/action/resource_show?id={id}",
    "resource_search": "/api/3/action/resource_search?query=name:{name}",
    "datastore_search": "/api/3/action/datastore_search?resource_id={id}",
    "datastore_info": "/api/3/action/datastore_info?id={id}",
    "rgpd_status_show": "/api/3/action/rgpd_status_show?resource_id={id}",
    "rgpd_report_show": "/api/3/action/rgpd_report_show?resource_id={id}",
    "activity": "/dataset/activity/{package_name}",
}
FOR_REVIEWERS = {
    "queue": "/rgpd/review",
    "judgements": "/rgpd/judgements",
    "rgpd_review_list": "/api/3/action/rgpd_review_list",
    "rgpd_register_list": "/api/3/action/rgpd_register_list",
}
#: Those whose address names the resource, and that hand out content or show it.
WITH_CONTENT = (
    "download",
    "download by name",
    "download under another name",
    "download in English",
    "dump",
    "dump as JSON",
    "resource page",
)


@pytest.fixture
def with_rows(call, people, dataset, held, read_files):
    """A closed file whose rows are in the DataStore, closed too."""
    call(people.publisher, "datastore_create", resource_id=held["id"], force=True, records=ROWS)
    read_files()
    return {**held, "package_name": dataset["name"]}


def release(call, people, resource):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=resource["id"],
        decision="release",
        reason="Autorisée.",
    )


def test_no_cache_keeps_what_those_in_charge_are_shown_of_a_closed_file(people, with_rows, fetch):
    for user in (people.publisher, people.dpo, people.admin):
        for form, address in FORMS.items():
            answer = fetch(address.format(**with_rows), user)
            assert answer.status_code == 200, form
            assert kept_by_nobody(answer), form


def kept_by_nobody(answer):
    control = answer.cache_control
    return control.no_store and control.private and not control.public


def test_no_cache_keeps_what_reviewers_are_shown(people, fetch):
    for form, address in FOR_REVIEWERS.items():
        answer = fetch(address, people.dpo)
        assert answer.status_code == 200, form
        assert kept_by_nobody(answer), form


def test_search_engines_are_kept_from_released_personal_data(people, call, with_rows, fetch):
    release(call, people, with_rows)

    for form in WITH_CONTENT:
        answer = fetch(FORMS[form].format(**with_rows))
        assert answer.status_code == 200, form
        assert answer.headers["X-Robots-Tag"] == "noindex", form
        assert not answer.cache_control.no_store, form


def test_a_file_about_nobody_may_be_found_and_kept(released, fetch):
    for form in ("download", "download by name", "resource page"):
        answer = fetch(FORMS[form].format(**released))
        assert answer.status_code == 200, form
        assert "X-Robots-Tag" not in answer.headers, form
        assert not answer.cache_control.no_store, form
