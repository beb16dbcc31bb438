"""The main job, by the API: a file waits, is declared, is released, and starts again."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from tests.ckan import made


def download_url(resource):
    return (
        f"/dataset/{resource['package_id']}/resource/{resource['id']}/download/{resource['name']}"
    )


def test_a_clean_file_is_released_without_a_question(call, people, released, fetch):
    status = call(people.publisher, "rgpd_status_show", resource_id=released["id"])

    assert status["released"]
    assert status["state"] == "publish"
    assert status["versions"][0]["questions"] == []
    assert fetch(download_url(released)).body == made.CLEAN


def test_a_file_with_personal_data_waits_until_a_reviewer_releases_it(call, people, held, fetch):
    status = call(people.publisher, "rgpd_status_show", resource_id=held["id"])
    assert not status["released"]
    assert status["versions"][0]["questions"][0]["key"] == "dcp_publication_basis"
    assert fetch(download_url(held)).status_code == 403

    answers = made.by_law(covered_columns=["nom", "nir", "courriel", "telephone"])
    status = call(
        people.publisher, "rgpd_declaration_update", resource_id=held["id"], answers=answers
    )
    assert not status["released"], "a social-security number always needs the reviewer"
    assert status["versions"][0]["dpo_required"]
    waiting = call(people.dpo, "rgpd_review_list")["results"]
    assert held["id"] in [case["resource_id"] for case in waiting]

    status = call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="release",
        reason="La loi citée ordonne cette publication.",
    )
    assert status["released"]
    assert fetch(download_url(held)).body == made.PERSONAL

    panel = call(None, "rgpd_compliance_show", id=held["package_id"])
    shown = panel["resources"][0]
    assert shown["dcp_presence"] == "personal"
    assert shown["dcp_publication_basis"] == "specific_law"
    assert shown["legal_reference"] == answers["legal_reference"]
    assert panel["license_id"] == "lov2"
    assert panel["contact"] == "dpo@exemple.fr"


def test_a_list_of_elected_members_is_released_by_its_publisher_alone(
    call, people, dataset, add_file, read_files, fetch
):
    rows = [("nom_elu", "prenom_elu", "mandat"), ("Tartempion", "Zénobie", "Maire")]
    resource = add_file(made.csv_text(rows), "elus.csv")
    read_files()

    status = call(
        people.publisher,
        "rgpd_declaration_update",
        resource_id=resource["id"],
        answers=made.elected(covered_columns=["nom_elu", "prenom_elu"]),
    )

    assert status["released"]
    assert status["state"] == "publish_conditions"
    page = fetch(f"/dataset/{dataset['name']}").body
    assert "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037798163" in page
    assert made.elected()["public_need_statement"] in page


def test_a_column_without_basis_is_named(call, people, add_file, read_files):
    rows = [
        ("nom_elu", "prenom_elu", "portable"),
        ("Tartempion", "Zénobie", "06 39 98 41 27"),
    ]
    resource = add_file(made.csv_text(rows), "elus.csv")
    read_files()

    status = call(
        people.publisher,
        "rgpd_declaration_update",
        resource_id=resource["id"],
        answers=made.elected(covered_columns=["nom_elu", "prenom_elu"]),
    )

    assert not status["released"]
    named = [column for reason in status["versions"][0]["reasons"] for column in reason["columns"]]
    assert "portable" in named


def test_an_editor_adds_a_file_to_a_dataset_in_a_group_of_others(
    call, people, dataset, add_file, read_files, fetch
):
    group = factories.Group(user=people.admin)
    call(people.admin, "package_patch", id=dataset["id"], groups=[{"id": group["id"]}])

    resource = add_file(made.CLEAN, "lieux.csv")
    read_files()

    assert fetch(download_url(resource)).status_code == 200


def test_a_new_file_starts_again(call, people, released, fetch, read_files):
    call(
        people.publisher,
        "resource_patch",
        id=released["id"],
        upload=made.upload(made.PERSONAL, "lieux.csv"),
    )

    assert fetch(download_url(released)).status_code == 403
    read_files()
    assert fetch(download_url(released)).status_code == 403
    status = call(people.publisher, "rgpd_status_show", resource_id=released["id"])
    assert status["versions"][0]["answers"] == {}


def test_a_new_file_does_not_inherit_the_release_of_the_old_one(call, people, held, fetch):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="release",
        reason="Autorisée.",
    )
    assert fetch(download_url(held)).status_code == 200

    call(
        people.publisher,
        "resource_patch",
        id=held["id"],
        upload=made.upload(made.PERSONAL + "Autre,,,,Sud\n", "habitants.csv"),
    )

    assert fetch(download_url(held)).status_code == 403


def test_a_refusal_keeps_the_file_closed_and_tells_why(call, people, held, fetch):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="refuse",
        reason="Le NIR ne se publie pas.",
    )

    status = call(people.publisher, "rgpd_status_show", resource_id=held["id"])
    assert status["state"] == "block"
    assert status["versions"][0]["note"] == "Le NIR ne se publie pas."
    assert fetch(download_url(held)).status_code == 403
    assert fetch(download_url(held), people.publisher).body == made.PERSONAL, "nothing is lost"


def test_a_refusal_holds_whatever_the_publisher_answers_next(call, people, held):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="refuse",
        reason="Le NIR ne se publie pas.",
    )

    with pytest.raises(tk.ValidationError):
        call(
            people.publisher,
            "rgpd_declaration_update",
            resource_id=held["id"],
            answers=made.by_law(covered_columns=["nom", "nir", "courriel", "telephone"]),
        )


def test_a_decision_needs_a_written_reason(call, people, held):
    with pytest.raises(tk.ValidationError) as error:
        call(
            people.dpo,
            "rgpd_decision_create",
            resource_id=held["id"],
            decision="release",
            reason="",
        )

    assert "reason" in error.value.error_dict


@pytest.mark.parametrize("who", ["publisher", "member", "outsider", "other_editor"])
def test_only_reviewers_decide(call, people, held, who):
    with pytest.raises(tk.NotAuthorized):
        call(
            getattr(people, who),
            "rgpd_decision_create",
            resource_id=held["id"],
            decision="release",
            reason="Parce que.",
        )


def test_the_publisher_cannot_answer_in_the_reviewers_place(call, people, held):
    status = call(
        people.publisher,
        "rgpd_declaration_update",
        resource_id=held["id"],
        answers={"dpo_status": "favourable", "dcp_publication_basis": "not_personal"},
    )

    assert not status["released"]
    assert "dpo_status" not in status["versions"][0]["answers"]


def test_an_answer_about_a_file_that_was_replaced_is_refused(call, people, held):
    old = call(people.publisher, "rgpd_status_show", resource_id=held["id"])
    call(
        people.publisher,
        "resource_patch",
        id=held["id"],
        upload=made.upload(made.CLEAN, "lieux.csv"),
    )

    with pytest.raises(tk.ValidationError) as error:
        call(
            people.publisher,
            "rgpd_declaration_update",
            resource_id=held["id"],
            version_id=old["versions"][0]["version_id"],
            answers=made.by_law(),
        )

    assert "version_id" in error.value.error_dict


def test_an_answer_that_does_not_exist_is_named(call, people, held):
    with pytest.raises(tk.ValidationError) as error:
        call(
            people.publisher,
            "rgpd_declaration_update",
            resource_id=held["id"],
            answers={"dcp_publication_basis": "because"},
        )

    assert "dcp_publication_basis" in error.value.error_dict
