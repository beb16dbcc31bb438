"""What a day brings: embargoes end, publications end, rules change, opinions are late."""

from __future__ import annotations

import datetime

import ckan.model as ckan_model
import pytest
import sqlalchemy as sa

from ckanext.rgpd import decisions, gate, terms
from ckanext.rgpd.model import Decision, Version
from tests.ckan import made

ARCHIVE = {
    "dcp_publication_basis": "archive_delay",
    "archive_class": ["arch_50_privacy"],
    "archive_start_date": "1990-06-30",
    "held_by_archive_service": "yes",
    "register_status": "entered",
    "register_risk": "low",
}
NAMES = [("nom_elu", "prenom_elu", "mandat"), ("Tartempion", "Zénobie", "Maire")]


@pytest.fixture
def named(add_file, read_files):
    """A resource whose file names elected members."""
    resource = add_file(made.csv_text(NAMES), "elus.csv")
    read_files()
    return resource


@pytest.fixture
def on(monkeypatch):
    """Let it be another day."""

    def change(*day: int) -> None:
        monkeypatch.setattr(decisions, "today", lambda: datetime.date(*day))

    return change


def declare(call, people, resource, answers):
    status = call(
        people.publisher, "rgpd_declaration_update", resource_id=resource["id"], answers=answers
    )
    return status["versions"][0]


def test_an_embargo_ends_on_its_day_after_the_file_was_read_again(
    call, people, named, read_files, on
):
    version = declare(call, people, named, ARCHIVE)
    assert (version["outcome"], version["release_date"]) == ("embargo", "2040-07-01")

    on(2040, 6, 30)
    assert terms.queue_ended_embargoes() == 0
    on(2040, 7, 1)
    assert terms.queue_ended_embargoes() == 1
    assert not gate.is_open(named["id"]), "not before it was read again"
    read_files()

    assert gate.is_open(named["id"])
    assert terms.queue_ended_embargoes() == 0


def test_a_publication_ends_on_its_day(call, people, named, on):
    columns = ["nom_elu", "prenom_elu"]
    answers = made.by_law(covered_columns=columns, publication_end_date="2030-01-01")
    version = declare(call, people, named, answers)
    assert (version["outcome"], version["end_date"]) == ("publish_conditions", "2030-01-01")

    on(2030, 1, 1)
    assert terms.close_ended_publications() == 0
    on(2030, 1, 2)
    assert terms.close_ended_publications() == 1

    assert not gate.is_open(named["id"])


def test_newer_rules_close_nothing_and_put_the_file_before_the_reviewer(
    call, people, dataset, released
):
    version = Version.current(released["id"])[0]
    ckan_model.Session.execute(
        sa.update(Decision).where(Decision.version_id == version.id).values(rules_version="0")
    )
    ckan_model.Package.get(dataset["id"]).license_id = "cc-by"  # today's rules would hold it
    ckan_model.Session.commit()

    assert terms.mark_outdated() == 1
    assert terms.mark_outdated() == 0

    assert gate.is_open(released["id"])
    waiting = call(people.dpo, "rgpd_review_list")["results"]
    (case,) = [case for case in waiting if case["resource_id"] == released["id"]]
    assert case["outdated"]
    assert case["rules_version"] == "0"
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=released["id"],
        decision="release",
        reason="La licence vient du tiers.",
    )
    waiting = call(people.dpo, "rgpd_review_list")["results"]
    assert released["id"] not in [case["resource_id"] for case in waiting]


def test_an_anonymised_file_comes_before_the_reviewers_on_the_day_of_its_review(
    call, people, released, on
):
    def waiting():
        cases = call(people.dpo, "rgpd_review_list")["results"]
        return [case for case in cases if case["resource_id"] == released["id"]]

    values = {"anon_dissemination": "puf", "anon_review_date": "2999-01-01"}
    call(people.publisher, "rgpd_anonymisation_update", resource_id=released["id"], values=values)
    on(2998, 12, 31)
    assert not waiting()

    on(2999, 1, 1)
    (case,) = waiting()
    assert case["review_due"]
    assert gate.is_open(released["id"]), "nothing is closed by itself"
    later = {"anon_review_date": "3002-01-01"}
    call(people.publisher, "rgpd_anonymisation_update", resource_id=released["id"], values=later)

    assert not waiting()


def test_reviewers_are_reminded_once_of_what_is_late(call, people, held):
    columns = ["nom", "nir", "courriel", "telephone"]
    declare(call, people, held, made.by_law(covered_columns=columns))
    assert terms.remind() == 0
    version = Version.current(held["id"])[0]
    long_ago = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - as CKAN stores times
    ckan_model.Session.execute(
        sa.update(Decision).where(Decision.version_id == version.id).values(created=long_ago)
    )
    ckan_model.Session.commit()

    (case,) = [
        case
        for case in call(people.dpo, "rgpd_review_list")["results"]
        if case["resource_id"] == held["id"]
    ]
    assert case["late"]
    assert case["deadline"] == "2020-01-16"
    assert terms.remind() == 1
    assert terms.remind() == 0
