"""A reviewer says "not personal" once: the next versions that look the same open by themselves."""

from __future__ import annotations

import csv
import io

import ckan.plugins.toolkit as tk
import pytest
from ckan.cli.cli import ckan

from ckanext.rgpd import gate, jobs
from tests.ckan import made

WHY = "Ce sont les numéros des bornes d’appel, attribués à personne."


def posts(first: int, count: int = 30, *more: str) -> str:
    """A table of places, each with its telephone."""
    numbers = [f"06 39 98 {n // 100:02d} {n % 100:02d}" for n in range(first, first + count)]
    return made.csv_text([("telephone", "lieu"), *((n, "Piscine") for n in (*numbers, *more))])


@pytest.fixture(autouse=True)
def forget(call, people):
    """No judgement of one test holds in the next."""
    yield
    for item in call(people.dpo, "rgpd_judgement_list")["results"]:
        call(people.dpo, "rgpd_judgement_revoke", id=item["id"])


@pytest.fixture
def judged(call, people, add_file, read_files):
    """A resource that a reviewer released, saying that its telephones are nobody's."""
    resource = add_file(posts(0), "bornes.csv")
    read_files()
    judge(call, people, resource)
    return resource


def judge(call, people, resource, **fields):
    return call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=resource["id"],
        decision="release",
        reason=WHY,
        not_personal=[{"column": "telephone", "entity_type": "phone_mobile"}],
        **fields,
    )


def replace(call, people, resource, content, read_files):
    file = made.upload(content, "bornes.csv")
    call(people.publisher, "resource_patch", id=resource["id"], upload=file)
    read_files()


def test_the_next_version_that_looks_the_same_opens_by_itself(call, people, judged, read_files):
    panel = call(None, "rgpd_compliance_show", id=judged["package_id"])
    assert panel["resources"][0]["dcp_presence"] == "none"

    replace(call, people, judged, posts(200, 40), read_files)

    status = call(people.publisher, "rgpd_status_show", resource_id=judged["id"])
    assert status["released"]
    assert status["versions"][0]["decided_by"] == "auto"
    reasons = {r["code"]: r["sentence"] for r in status["versions"][0]["reasons"]}
    assert "officer judged" in reasons["judged_not_personal"]
    shown = call(people.publisher, "rgpd_report_show", resource_id=judged["id"])["judgements"]
    assert [(j["column"], j["user"], j["reason"]) for j in shown] == [
        ("telephone", people.dpo["display_name"], WHY)
    ]
    assert shown[0]["created"]


@pytest.mark.parametrize(
    "content",
    [
        posts(200, 40, "zenobie.tartempion@exemple.fr"),
        posts(200).replace("telephone", "portable"),
        posts(200).replace("06 39 98 ", "063998"),
        made.PERSONAL,
    ],
)
def test_a_column_that_changed_is_held(call, people, judged, read_files, content):
    replace(call, people, judged, content, read_files)

    assert not gate.is_open(judged["id"])


def test_another_resource_is_held_unless_the_judgement_is_of_a_pattern(
    call, people, judged, add_file, read_files
):
    other = add_file(posts(400), "autres.csv")
    read_files()
    assert not gate.is_open(other["id"])

    judge(call, people, other, pattern=True)
    third = add_file(posts(600), "encore.csv")
    read_files()

    assert gate.is_open(third["id"])


def test_revoked_it_closes_what_the_rules_opened_by_it(call, people, judged, read_files, fetch):
    replace(call, people, judged, posts(200, 40), read_files)
    found = call(people.dpo, "rgpd_judgement_list")["results"]

    answer = call(people.dpo, "rgpd_judgement_revoke", id=found[0]["id"])

    assert answer == {"decided": 1}
    assert not gate.is_open(judged["id"])
    url = f"/dataset/{judged['package_id']}/resource/{judged['id']}/download/bornes.csv"
    assert fetch(url).status_code == 403
    assert call(people.dpo, "rgpd_judgement_list")["results"] == []
    with pytest.raises(tk.ObjectNotFound):
        call(people.dpo, "rgpd_judgement_revoke", id=found[0]["id"])


def test_what_a_reviewer_released_stays_released(call, people, judged):
    found = call(people.dpo, "rgpd_judgement_list")["results"]

    assert call(people.dpo, "rgpd_judgement_revoke", id=found[0]["id"]) == {"decided": 0}
    assert gate.is_open(judged["id"])


def test_the_register_tells_who_judged_what_and_took_it_back(call, people, judged):
    found = call(people.dpo, "rgpd_judgement_list")["results"][0]
    call(people.dpo, "rgpd_judgement_revoke", id=found["id"])

    lines = call(people.dpo, "rgpd_register_list", resource_id=judged["id"])["results"]
    told = [line for line in lines if line["event"].startswith("judgement")]
    assert [line["event"] for line in told] == ["judgement_revoked", "judgement"]
    for line in told:
        assert line["user_id"] == people.dpo["id"]
        assert line["details"] == {
            "judgement": found["id"],
            "column_index": 0,
            "entity_type": "phone_mobile",
            "pattern": False,
        }


@pytest.mark.parametrize("who", ["publisher", "member", "outsider", "other_editor"])
def test_only_reviewers_judge(call, people, judged, read_files, who):
    user = getattr(people, who)
    found = call(people.dpo, "rgpd_judgement_list")["results"]
    replace(call, people, judged, posts(200), read_files)

    for action, data in (
        ("rgpd_judgement_list", {}),
        ("rgpd_judgement_revoke", {"id": found[0]["id"]}),
        (
            "rgpd_decision_create",
            {"resource_id": judged["id"], "decision": "release", "reason": WHY},
        ),
    ):
        with pytest.raises(tk.NotAuthorized):
            call(user, action, **data)


@pytest.mark.parametrize(
    ("column", "entity_type"), [("telephone", "nir"), ("lieu", "phone_mobile"), ("", "")]
)
def test_what_was_not_found_cannot_be_judged(
    call, people, add_file, read_files, column, entity_type
):
    resource = add_file(posts(0), "bornes.csv")
    read_files()

    with pytest.raises(tk.ValidationError) as error:
        call(
            people.dpo,
            "rgpd_decision_create",
            resource_id=resource["id"],
            decision="release",
            reason=WHY,
            not_personal=[{"column": column, "entity_type": entity_type}],
        )

    assert "not_personal" in error.value.error_dict
    assert not gate.is_open(resource["id"])


def test_a_header_that_says_nothing_makes_no_pattern(call, people, add_file, read_files):
    content = posts(0).replace("telephone", "c1")
    resource = add_file(content, "bornes.csv")
    read_files()

    with pytest.raises(tk.ValidationError) as error:
        call(
            people.dpo,
            "rgpd_decision_create",
            resource_id=resource["id"],
            decision="release",
            reason=WHY,
            not_personal=[{"column": "c1", "entity_type": "phone_mobile"}],
            pattern=True,
        )

    assert "pattern" in error.value.error_dict
    assert call(people.dpo, "rgpd_judgement_list")["results"] == []


def test_they_are_given_out_as_labels(cli, judged):
    answer = cli.invoke(ckan, ["rgpd", "judgements", "export"])

    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    own = [row for row in rows if row["file"].startswith(judged["id"])]
    assert own == [
        {
            "file": f"{judged['id']}/bornes.csv",
            "column": "telephone",
            "column_index": "0",
            "entity_type": "lookalike_phone_mobile",
            "is_personal": "no",
            "note": WHY,
        }
    ]


def test_a_column_of_which_more_was_found_than_judged_is_no_label(
    call, people, cli, add_file, read_files
):
    mixed = posts(0, 30, *(f"agent{n}@exemple-ville.fr" for n in range(30)))
    resource = add_file(mixed, "bornes.csv")
    read_files()
    judge(call, people, resource)

    assert resource["id"] not in cli.invoke(ckan, ["rgpd", "judgements", "export"]).stdout


def test_a_portal_that_refuses_takes_the_version_that_looks_the_same(
    call, people, judged, read_files, monkeypatch, ckan_config
):
    monkeypatch.setitem(ckan_config, "ckanext.rgpd.mode", "block")
    monkeypatch.setattr(jobs, "enqueue_content", jobs.scan_content)

    replace(call, people, judged, posts(200, 40), read_files)
    assert gate.is_open(judged["id"])
    with pytest.raises(tk.ValidationError):
        replace(call, people, judged, made.PERSONAL, read_files)


def test_the_reviewers_form_asks_and_the_page_tells(
    app, call, people, judged, add_file, read_files, token_of
):
    page = f"/dataset/{judged['package_id']}/resource/{judged['id']}/rgpd"
    headers = {"Authorization": token_of("dpo")}
    shown = app.get(page, headers=headers).body
    assert WHY in shown
    assert 'name="not_personal"' not in shown, "what was judged is not asked again"

    other = add_file(posts(400), "autres.csv")
    read_files()
    page = f"/dataset/{other['package_id']}/resource/{other['id']}/rgpd"
    assert 'value="phone_mobile|telephone"' in app.get(page, headers=headers).body


def test_the_list_is_for_reviewers(app, judged, people, token_of):
    for user, code in ((people.publisher, 403), (people.dpo, 200)):
        headers = {"Authorization": token_of(user["name"])}
        assert app.get("/rgpd/judgements", headers=headers).status_code == code
    assert app.get("/rgpd/judgements").status_code == 403
