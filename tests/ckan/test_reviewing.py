"""What reviewers do: like cases together, delegates of one organisation; the questionnaire."""

from __future__ import annotations

import re

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd import answers, config, decisions, escrow, gate
from ckanext.rgpd.model import Version
from tests.ckan import made
from tests.ckan.test_pages import case_of

COLUMNS = ["nom", "nir", "courriel", "telephone"]


@pytest.fixture
def twins(call, people, add_file, read_files):
    """Two files with the same columns and the same answers, which wait for the reviewer."""
    resources = [add_file(made.PERSONAL + f"{n},,,,\n", f"habitants-{n}.csv") for n in (1, 2)]
    read_files()
    for resource in resources:
        answers = made.by_law(covered_columns=COLUMNS)
        call(
            people.publisher, "rgpd_declaration_update", resource_id=resource["id"], answers=answers
        )
    return resources


def waiting(call, user, resources):
    found = call(user, "rgpd_review_list", limit=1000)["results"]
    ids = [resource["id"] for resource in resources]
    return [case for case in found if case["resource_id"] in ids]


def test_like_files_are_decided_together_each_with_its_own_line(call, people, twins):
    cases = waiting(call, people.dpo, twins)
    assert len({case["like"] for case in cases}) == 1

    answer = call(
        people.dpo,
        "rgpd_decision_bulk_create",
        version_ids=[case["version_id"] for case in cases],
        decision="refuse",
        reason="Aucun texte ne prévoit cette publication.",
    )

    assert answer == {"decided": 2}
    assert waiting(call, people.dpo, twins) == []
    for resource in twins:
        lines = call(people.dpo, "rgpd_register_list", resource_id=resource["id"])["results"]
        assert (lines[0]["event"], lines[0]["details"]["outcome"]) == ("hold", "block")


def test_where_one_of_like_files_fails_none_is_decided(call, people, twins):
    cases = waiting(call, people.dpo, twins)
    first, second = (Version.get(id) for id in sorted(case["version_id"] for case in cases))
    before = call(people.dpo, "rgpd_register_list")["results"][0]["number"]
    escrow.path(second.sha256).unlink()  # it cannot be released

    with pytest.raises(FileNotFoundError):
        call(
            people.dpo,
            "rgpd_decision_bulk_create",
            version_ids=[first.id, second.id],
            decision="release",
            reason="Une loi le prévoit.",
        )

    assert call(people.dpo, "rgpd_register_list")["results"][0]["number"] == before
    assert len(waiting(call, people.dpo, twins)) == 2
    for resource in twins:
        assert not gate.is_open(resource["id"])
        assert escrow.ordinary_size(resource["id"]) is None, "no copy is left behind"


def test_where_one_of_like_files_was_replaced_none_is_decided(call, people, twins):
    cases = waiting(call, people.dpo, twins)
    file = made.upload(made.CLEAN, "lieux.csv")
    call(people.publisher, "resource_patch", id=twins[1]["id"], upload=file)

    with pytest.raises(tk.ValidationError) as refused:
        call(
            people.dpo,
            "rgpd_decision_bulk_create",
            version_ids=[case["version_id"] for case in cases],
            decision="release",
            reason="Une loi le prévoit.",
        )

    assert "version_ids" in refused.value.error_dict
    assert not gate.is_open(twins[0]["id"])
    with pytest.raises(decisions.ReplacedError):  # replaced between the page and the lock
        decisions.review([case["version_id"] for case in cases], True, "Oui.", people.dpo["id"])
    assert not gate.is_open(twins[0]["id"])


def test_files_that_are_not_alike_are_not_decided_together(call, people, twins, held):
    call(
        people.publisher,
        "rgpd_declaration_update",
        resource_id=held["id"],
        answers={"dcp_publication_basis": "not_personal"},
    )
    cases = waiting(call, people.dpo, [*twins, held])
    assert len(cases) == 3

    with pytest.raises(tk.ValidationError) as refused:
        call(
            people.dpo,
            "rgpd_decision_bulk_create",
            version_ids=[case["version_id"] for case in cases],
            decision="release",
            reason="Tous.",
        )

    assert "version_ids" in refused.value.error_dict
    assert len(waiting(call, people.dpo, [*twins, held])) == 3


def test_a_publisher_decides_on_nothing_however_many(call, people, twins):
    cases = waiting(call, people.dpo, twins)

    with pytest.raises(tk.NotAuthorized):
        call(
            people.publisher,
            "rgpd_decision_bulk_create",
            version_ids=[case["version_id"] for case in cases],
            decision="release",
            reason="Moi.",
        )


def test_a_delegate_decides_for_one_organisation_and_no_other(
    call, people, twins, monkeypatch, fetch
):
    delegate = factories.User()
    mine = {"name": people.organisation["name"]}
    monkeypatch.setitem(tk.config, config.DELEGATES, [f"{mine['name']}:{delegate['name']}"])

    assert gate.may_handle(delegate["name"], twins[0]["package_id"])
    assert len(waiting(call, delegate, twins)) == 2
    status = call(
        delegate,
        "rgpd_decision_create",
        resource_id=twins[0]["id"],
        decision="refuse",
        reason="Non.",
    )
    assert status["versions"][0]["decided_by"] == "dpo"
    assert fetch("/rgpd/review", delegate).status_code == 200
    for action in ("rgpd_register_list", "rgpd_judgement_list"):
        with pytest.raises(tk.NotAuthorized):
            call(delegate, action)

    other = factories.Organization()
    monkeypatch.setitem(tk.config, config.DELEGATES, [f"{other['name']}:{delegate['name']}"])
    assert waiting(call, delegate, twins) == []
    with pytest.raises(tk.NotAuthorized):
        call(
            delegate,
            "rgpd_decision_create",
            resource_id=twins[1]["id"],
            decision="release",
            reason="Oui.",
        )


def test_the_questions_are_listed_with_who_answered_what(call, people, add_file, read_files):
    rows = [("nom_elu", "prenom_elu", "mandat"), ("Tartempion", "Zénobie", "Maire")]
    first = add_file(made.csv_text(rows), "elus.csv")
    read_files()
    (version,) = call(people.publisher, "rgpd_questions_list", resource_id=first["id"])["versions"]
    assert [q["key"] for q in version["open"]] == [
        "dcp_publication_basis",
        "register_status",
        "register_risk",
    ]
    assert version["open"][0]["options"][0]["value"] == "d312_6_political_life"
    assert all(question["help"] for question in version["questions"])

    answers = {
        "dcp_publication_basis": "d312_6_political_life",
        "register_status": "entered",
        "register_risk": "low",
    }
    call(people.publisher, "rgpd_declaration_update", resource_id=first["id"], answers=answers)
    (version,) = call(people.publisher, "rgpd_questions_list", resource_id=first["id"])["versions"]
    assert [q["key"] for q in version["open"]] == ["covered_columns"]
    assert version["open"][0]["suggested"]
    assert version["declarations"][0]["user_id"] == people.publisher["id"]

    second = add_file(made.csv_text([*rows, ("Quidam", "Léon", "Adjoint")]), "elus-2.csv")
    read_files()
    (version,) = call(people.publisher, "rgpd_questions_list", resource_id=second["id"])["versions"]
    assert version["reused"]["register_risk"] == "low"
    assert [q["key"] for q in version["open"]] == ["dcp_publication_basis"]


def test_what_the_answers_make_the_law_refuse_only_a_reviewer_opens(call, people, held):
    answers = made.by_law(covered_columns=COLUMNS, agent_authorised="no")
    told = {"resource_id": held["id"], "answers": answers}
    status = call(people.publisher, "rgpd_declaration_update", **told)
    assert status["state"] == "block"

    with pytest.raises(tk.ValidationError):
        call(people.publisher, "rgpd_declaration_update", **told)

    assert len(waiting(call, people.dpo, [held])) == 1
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="release",
        reason="L’agent vient d’être habilité.",
    )
    assert gate.is_open(held["id"])


@pytest.fixture
def answered_elsewhere(call, people, held):
    """Answers on another dataset of the organisation."""
    call(people.publisher, "package_patch", id=held["package_id"], title="Fichier des abonnés")
    answers = {
        "dcp_publication_basis": "none",
        "register_status": "entered",
        "register_risk": "low",
        "register_ref": "fiche 12",
        "sector": "energy",
    }
    call(people.publisher, "rgpd_declaration_update", resource_id=held["id"], answers=answers)
    return held


def test_answers_of_the_organisations_other_datasets_are_offered_and_count_once_saved(
    call, people, answered_elsewhere, add_file, read_files, fetch
):
    sibling = factories.Dataset(owner_org=people.organisation["id"], user=people.publisher)
    resource = add_file(made.PERSONAL + "a,,,,\n", "autres.csv", package_id=sibling["id"])
    read_files()

    asked = call(people.publisher, "rgpd_questions_list", resource_id=resource["id"])["versions"]
    assert asked[0]["offered"] == {
        "register_status": {"value": "entered", "dataset": "Fichier des abonnés"},
        "sector": {"value": "energy", "dataset": "Fichier des abonnés"},
    }
    assert not {"register_status", "sector"} & asked[0]["reused"].keys(), "an offer is no answer"
    assert "register_status" in [question["key"] for question in asked[0]["open"]]
    page = fetch(case_of(resource), people.publisher).body
    assert "Fichier des abonnés" in page
    assert re.search(r'name="register_status" value="entered"\s+checked', page)
    assert re.search(r'name="sector" value="energy"\s+checked', page)
    assert not re.search(r'name="register_risk" value="\w+"\s+checked', page)

    own = {"register_status": "missing", "sector": "none"}  # each can be changed
    call(people.publisher, "rgpd_declaration_update", resource_id=resource["id"], answers=own)
    (version,) = call(people.publisher, "rgpd_questions_list", resource_id=resource["id"])[
        "versions"
    ]
    assert version["offered"] == {}
    assert version["answers"] == own


def test_only_what_the_reader_edits_too_is_offered(
    call, people, answered_elsewhere, add_file, read_files
):
    collaborator = factories.User()
    sibling = factories.Dataset(owner_org=people.organisation["id"], user=people.publisher)
    resource = add_file(made.PERSONAL + "b,,,,\n", "autres.csv", package_id=sibling["id"])
    read_files()
    (version,) = Version.current(resource["id"])

    assert answers.offered(version, people.publisher["name"])
    assert answers.offered(version, collaborator["name"]) == {}
    assert answers.offered(version, people.other_editor["name"]) == {}
