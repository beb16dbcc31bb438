"""Every door out, in every state, for everybody: one table."""

from __future__ import annotations

import json
from uuid import uuid4

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd import gate
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import HELD, PENDING, RELEASED, SCANNING, WITHDRAWN
from tests.ckan import made

STATES = (PENDING, SCANNING, HELD, RELEASED, WITHDRAWN)
EVERYBODY = (None, "member", "outsider", "other_editor", "publisher", "dpo", "admin")
IN_CHARGE = ("publisher", "dpo", "admin")


def user_of(people, who):
    return getattr(people, who) if who else None


def put_in_state(resource_id, state):
    for version in Version.current(resource_id):
        version.state = state
    ckan_model.Session.commit()


@pytest.mark.parametrize("state", STATES)
def test_who_may_read_what(people, released, call, fetch, state):
    """The bytes, and the action that every view, proxy and DataStore read asks."""
    put_in_state(released["id"], state)
    seen, expected = {}, {}
    for who in EVERYBODY:
        user = user_of(people, who)
        allowed = state == RELEASED or who in IN_CHARGE
        answer = fetch(released["url"].replace("http://test.rgpd", ""), user)
        seen[who] = (answer.status_code, made.CLEAN in answer.body, shows(call, user, released))
        status = (200 if allowed else 403) if state != WITHDRAWN else (404 if allowed else 403)
        expected[who] = (status, allowed and state != WITHDRAWN, allowed)

    assert seen == expected


def shows(call, user, resource):
    try:
        return call(user, "resource_show", id=resource["id"])["id"] == resource["id"]
    except tk.NotAuthorized:
        return False


DOORS = {
    "package_show": lambda call, user, r: call(user, "package_show", id=r["package_id"]),
    "package_search": lambda call, user, r: call(
        user, "package_search", fq=f"id:{r['package_id']}", include_private=True
    ),
    "package_search with fl": lambda call, user, r: call(
        user,
        "package_search",
        fq=f"id:{r['package_id']}",
        fl="id,res_name,res_url,res_description,data_dict,validated_data_dict",
    ),
    "resource_search": lambda call, user, r: call(
        user, "resource_search", query=f"name:{r['name']}"
    )["results"],
    "current_package_list_with_resources": lambda call, user, r: call(
        user, "current_package_list_with_resources", limit=1000
    ),
    "package_activity_list": lambda call, user, r: call(
        user, "package_activity_list", id=r["package_id"]
    ),
    "resource_view_list": lambda call, user, r: call(user, "resource_view_list", id=r["id"]),
    "rgpd_compliance_show": lambda call, user, r: call(
        user, "rgpd_compliance_show", id=r["package_id"]
    ),
}


def test_no_answer_names_a_closed_resource_or_its_address(people, held, call):
    for door, ask in DOORS.items():
        for who in (None, "member", "outsider", "other_editor"):
            answer = json.dumps(ask(call, user_of(people, who), held), default=str)

            assert held["name"] not in answer, (door, who)
            assert f"{held['id']}/download" not in answer, (door, who)


def test_those_in_charge_see_it_whole(people, held, call):
    for door in ("package_show", "package_search", "resource_search"):
        for who in IN_CHARGE:
            answer = json.dumps(DOORS[door](call, user_of(people, who), held), default=str)

            assert held["name"] in answer, (door, who)


PAGES = (
    "/dataset/{dataset}",
    "/dataset/{package_id}/resource/{id}",
    "/dataset/activity/{dataset}",
    "/feeds/dataset.atom",
    "/organization/{organisation}",
    "/dataset/",
)


def test_pages_stay_readable_and_say_nothing(people, dataset, held, fetch):
    for page in PAGES:
        names = {"organisation": people.organisation["name"], "dataset": dataset["name"]}
        answer = fetch(page.format(**names, **held))

        assert answer.status_code == 200, page
        assert held["name"] not in answer.body, page
        assert made.SECRETS[0] not in answer.body, page


DOWNLOADS = (
    "/dataset/{package_id}/resource/{id}/download",
    "/dataset/{package_id}/resource/{id}/download/{name}",
    "/dataset/{package_id}/resource/{id}/download/anything",
    "/dataset/{other}/resource/{id}/download/{name}",
    "/uploads/{id}",
    "/uploads/../rgpd_escrow/{id}",
)


def test_no_form_of_the_download_address_answers(held, fetch):
    other = factories.Dataset()
    for form in DOWNLOADS:
        answer = fetch(form.format(other=other["name"], **held))

        assert answer.status_code in (403, 404), form
        assert made.SECRETS[0] not in answer.body, form


def test_a_resource_without_any_version_is_closed():
    assert not gate.is_open("00000000-0000-0000-0000-000000000000")


def test_a_search_finds_no_closed_resource_by_its_name(people, held, call):
    found = call(None, "package_search", q=f"res_name:{held['name']}")

    assert found["count"] == 0


def test_a_released_resource_is_found_by_its_name(released, call):
    found = call(None, "package_search", q=f"res_name:lieux.csv AND id:{released['package_id']}")

    assert found["count"] == 1


def test_reading_a_closed_file_is_written_in_the_register(people, held, call, fetch):
    fetch(held["url"].replace("http://test.rgpd", ""), people.publisher)

    lines = call(people.dpo, "rgpd_register_list", resource_id=held["id"])["results"]

    assert lines[0]["event"] == "read_closed"
    assert lines[0]["user_id"] == people.publisher["id"]


def test_what_is_served_closed_is_kept_out_of_caches(people, held, fetch):
    answer = fetch(held["url"].replace("http://test.rgpd", ""), people.publisher)

    assert answer.cache_control.no_store
    assert answer.cache_control.private
    assert not answer.cache_control.public


def test_reports_and_states_are_for_those_in_charge(people, held, call):
    for action in ("rgpd_status_show", "rgpd_report_show", "rgpd_scan_request"):
        for who in (None, "member", "outsider", "other_editor"):
            with pytest.raises(tk.NotAuthorized):
                call(user_of(people, who), action, resource_id=held["id"])


def test_a_private_dataset_is_shown_to_a_reviewer_while_it_holds_a_file(people, call):
    private = factories.Dataset(
        owner_org=people.organisation["id"], user=people.publisher, private=True
    )
    with pytest.raises(tk.NotAuthorized):
        call(people.dpo, "package_show", id=private["id"])

    call(
        people.publisher,
        "resource_create",
        package_id=private["id"],
        upload=made.upload(made.PERSONAL, "habitants.csv"),
    )

    assert call(people.dpo, "package_show", id=private["id"])["id"] == private["id"]
    with pytest.raises(tk.NotAuthorized):
        call(people.outsider, "package_show", id=private["id"])


def test_what_a_task_says_of_a_resource_that_is_gone_is_for_reviewers(call, people):
    gone = str(uuid4())
    task = {"entity_id": gone, "task_type": "essai", "key": "essai"}
    call(
        people.admin,
        "task_status_update",
        **task,
        entity_type="resource",
        value=made.SECRETS[0],
        error="{}",
        last_updated="2026-01-01",
    )

    for user in (None, people.outsider, people.publisher):
        with pytest.raises(tk.NotAuthorized):
            call(user, "task_status_show", **task)
    assert call(people.dpo, "task_status_show", **task)["value"] == made.SECRETS[0]
