"""The extension's own pages: who gets them, and what a form must carry."""

from __future__ import annotations

import pytest

from ckanext.rgpd import gate


def case_of(resource, step=""):
    return f"/dataset/{resource['package_id']}/resource/{resource['id']}/rgpd{step}"


@pytest.mark.parametrize("who", [None, "member", "outsider", "other_editor"])
def test_a_case_does_not_exist_for_those_not_in_charge(people, held, fetch, who):
    assert fetch(case_of(held), getattr(people, who) if who else None).status_code == 404


@pytest.mark.parametrize("who", [None, "publisher", "outsider"])
def test_the_queue_is_for_reviewers(people, fetch, who):
    assert fetch("/rgpd/review", getattr(people, who) if who else None).status_code == 403


@pytest.mark.parametrize("step", ["/declare", "/decide", "/rescan"])
def test_a_form_from_elsewhere_is_refused(people, held, app, token_of, ckan_config, step):
    ckan_config["WTF_CSRF_ENABLED"] = True
    headers = {"Authorization": token_of(people.dpo["name"])}
    form = {"decision": "release", "reason": "Parce que.", "dcp_publication_basis": "unknown"}

    answer = app.post(case_of(held, step), data=form, headers=headers)

    assert answer.status_code == 400
    assert not gate.is_open(held["id"])


def test_a_wrong_answer_is_shown_beside_what_was_typed(people, held, app, token_of):
    headers = {"Authorization": token_of(people.publisher["name"])}
    form = {
        "dcp_publication_basis": "specific_law",
        "legal_reference": "loi n° 0000-000",
        "legal_reference_url": "javascript:alert(1)",
    }

    page = app.post(case_of(held, "/declare"), data=form, headers=headers)

    assert page.status_code == 200
    assert "rgpd-error" in page.body
    assert "loi n° 0000-000" in page.body


def test_a_decision_without_reason_is_asked_again(people, held, app, token_of):
    headers = {"Authorization": token_of(people.dpo["name"])}

    page = app.post(case_of(held, "/decide"), data={"decision": "release"}, headers=headers)

    assert "rgpd-error" in page.body
    assert not gate.is_open(held["id"])


def test_what_the_dataset_says_is_offered_in_the_form(people, dataset, held, call, fetch):
    call(
        people.publisher,
        "package_patch",
        id=dataset["id"],
        rgpd_legal_reference="loi n° 2222-222, article 3",
    )

    assert "loi n° 2222-222, article 3" in fetch(case_of(held), people.publisher).body


def test_names_and_reasons_are_escaped(people, held, call, fetch):
    call(people.publisher, "resource_patch", id=held["id"], name="<script>alert(1)</script>")
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="refuse",
        reason="<img src=x onerror=alert(1)>",
    )

    page = fetch(case_of(held), people.publisher).body

    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_a_resource_as_it_once_was_is_for_those_in_charge(people, dataset, held, call, fetch):
    """CKAN draws that page from an activity, whatever may be read today."""
    entries = call(people.publisher, "package_activity_list", id=dataset["id"])
    pages = [
        f"/dataset/{dataset['name']}/resources/{held['id']}/history/{e['id']}" for e in entries
    ]

    assert {fetch(page).status_code for page in pages} == {404}
    assert {fetch(page, people.other_editor).status_code for page in pages} == {404}
    assert 200 in {fetch(page, people.publisher).status_code for page in pages}


def test_what_was_repaired_is_said_on_the_page_of_an_open_file_and_of_a_closed_one(
    people, add_file, read_files, fetch
):
    clean = "équipement,année\nMarché couvert,1902\n"
    for content in (clean, clean + "courriel,jeanne.exempleau@gmail.com\n"):
        resource = add_file(content.encode().decode("cp1252").encode(), "deuxfois.csv")
        read_files()
        assert "encodés deux fois" in fetch(case_of(resource), people.publisher).body
