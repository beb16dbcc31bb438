"""The main job, by ``ckanapi`` only: a file waits, is declared, is released, and starts again."""

from __future__ import annotations

import ckanapi
import pytest
import requests

from tests.browser import made, steps

REASON = "La loi citée ordonne cette publication."
ANSWERS = {
    "dcp_publication_basis": "specific_law",
    "legal_reference": steps.LAW,
    "legal_reference_url": steps.LAW_URL,
    "text_nature": "law",
    "text_scope": "online_publication",
    "register_status": "entered",
    "register_risk": "low",
    "covered_columns": list(made.PERSONAL),
}


def test_a_file_waits_until_the_law_lets_it_go(api, dataset, send):
    file = made.personal_file()
    publisher, dpo = api("publisher").action, api("dpo").action

    resource = send(dataset["id"], file.name, file.content)
    sees_what_was_found(publisher, resource, file)
    made.push_rows(api("publisher"), resource["id"], file)
    for reader in ("anonymous", "editor2", "member"):
        gets_nothing(api(reader), resource, file)

    status = publisher.rgpd_declaration_update(resource_id=resource["id"], answers=ANSWERS)
    assert not status["released"]
    assert all(version["dpo_required"] for version in status["versions"])
    waiting = dpo.rgpd_review_list(limit=100)["results"]
    assert resource["id"] in [case["resource_id"] for case in waiting]
    gets_nothing(api("anonymous"), resource, file)

    status = dpo.rgpd_decision_create(resource_id=resource["id"], decision="release", reason=REASON)
    assert status["released"]
    gets_everything(api("anonymous"), resource, file)

    publisher.resource_patch(id=resource["id"], upload=made.upload(made.personal_file()))
    gets_nothing(api("anonymous"), resource, file)


def test_a_refused_file_stays_closed_and_its_publisher_reads_why(api, dataset, send):
    file = made.personal_file()
    resource = send(dataset["id"], file.name, file.content)

    refusal = {"resource_id": resource["id"], "decision": "refuse", "reason": "Pas de NIR."}
    api("dpo").action.rgpd_decision_create(**refusal)

    status = api("publisher").action.rgpd_status_show(resource_id=resource["id"])
    assert status["versions"][0]["note"] == "Pas de NIR."
    gets_nothing(api("anonymous"), resource, file)
    assert download(api("publisher"), resource).content == file.content


def sees_what_was_found(publisher, resource, file):
    report = publisher.rgpd_report_show(resource_id=resource["id"])["reports"][0]
    found = {finding["column"]: finding for finding in report["findings"]}
    assert set(found) >= set(made.PERSONAL)
    assert found["nir"]["entity_type"] == "nir"
    assert found["nir"]["matched_rows"] == len(file.rows)
    assert not [secret for secret in file.secrets if secret in str(report)]


def gets_nothing(reader, resource, file):
    for action, data in (
        ("resource_show", {"id": resource["id"]}),
        ("datastore_search", {"resource_id": resource["id"]}),
        ("rgpd_status_show", {"resource_id": resource["id"]}),
        ("rgpd_report_show", {"resource_id": resource["id"]}),
    ):
        with pytest.raises((ckanapi.NotAuthorized, ckanapi.ValidationError, ckanapi.NotFound)):
            reader.call_action(action, data)
    answer = download(reader, resource)
    assert answer.status_code in (403, 404)
    shown = reader.action.package_show(id=resource["package_id"])["resources"][0]
    assert shown["url"] == ""
    assert shown["rgpd_state"] == "under_review"
    assert file.name not in str(shown)
    assert not [secret for secret in file.secrets if secret in answer.text + str(shown)]


def gets_everything(reader, resource, file):
    assert download(reader, resource).content == file.content
    rows = reader.action.datastore_search(resource_id=resource["id"])["records"]
    assert [row["nir"] for row in rows] == [row["nir"] for row in file.rows]
    panel = reader.action.rgpd_compliance_show(id=resource["package_id"])
    shown = panel["resources"][0]
    assert panel["license_id"] == "lov2"
    assert panel["contact"] == "dpo@exemple.fr"
    assert shown["dcp_presence"] == "personal"
    assert shown["dcp_publication_basis"] == "specific_law"
    assert shown["legal_reference_url"] == steps.LAW_URL


def download(reader, resource):
    headers = {"Authorization": reader.apikey} if reader.apikey else {}
    return requests.get(resource["url"], headers=headers, allow_redirects=False, timeout=60)
