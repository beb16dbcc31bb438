"""What readers ask of the databases, and what is kept beside a content for one question to do."""

from __future__ import annotations

import gc
import importlib
import time

import ckan.model as ckan_model
import psycopg2
import pytest
import sqlalchemy as sa

from ckanext.rgpd import asking
from ckanext.rgpd.model import Version, standing
from ckanext.rgpd.model.version import WITHDRAWN

WHO = "SELECT pg_backend_pid()"


@pytest.fixture
def engine(with_request_context):
    ckan_model.Session.remove()
    return ckan_model.meta.engine


def test_a_connection_is_used_again(engine):
    assert asking.at_once(engine, WHO, {}) == asking.at_once(engine, WHO, {})


def test_a_connection_that_was_cut_is_made_anew(engine):
    [(cut,)] = asking.at_once(engine, WHO, {})
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": cut})

    [(new,)] = asking.at_once(engine, WHO, {})

    assert new != cut


def test_a_question_that_the_database_refuses_is_not_asked_twice(engine, monkeypatch):
    asked = []

    def note(line, question, values, ask=asking._Line.ask):
        asked.append(question)
        return ask(line, question, values)

    monkeypatch.setattr(asking._Line, "ask", note)
    with pytest.raises(psycopg2.Error):
        asking.at_once(engine, "SELECT nothing_of_the_kind", {})

    assert len(asked) == 1


def test_a_question_is_planned_once_on_each_connection(engine):
    question = "SELECT name FROM pg_prepared_statements WHERE name = ANY(%(names)s::text[])"
    asked = [asking.at_once(engine, question, {"names": [asking._name(question)]})]
    asked += [asking.at_once(engine, question, {"names": ["another"]})]

    assert asked == [[(asking._name(question),)], []]


@pytest.mark.parametrize("spoil", ["DEALLOCATE ALL", "PREPARE {} AS SELECT 2"])
def test_a_pooler_that_changes_connections_between_questions_is_asked_plainly(engine, spoil):
    question = "SELECT 1"
    pooled = asking._Line(engine)
    if "DEALLOCATE" in spoil:
        pooled.ask(question, {})
    with pooled.connection.cursor() as cursor:
        cursor.execute(spoil.format(asking._name(question)))

    assert [pooled.ask(question, {}) for _ in range(2)] == [[(1,)], [(1,)]]
    assert not pooled.plans


def test_a_transaction_under_way_is_asked_in_there(released):
    (version,) = Version.current(released["id"])
    version.state = WITHDRAWN
    ckan_model.Session.flush()
    assert standing.of([released["id"]]) == {released["id"]: []}

    ckan_model.Session.rollback()
    ckan_model.Session.remove()
    assert len(standing.of([released["id"]])[released["id"]]) == 1


def test_an_older_portal_is_given_what_its_next_decisions_would_write(held, people, call):
    call(
        people.publisher,
        "rgpd_declaration_update",
        resource_id=held["id"],
        answers={"dcp_publication_basis": "anonymised"},
    )
    call(
        people.publisher,
        "rgpd_anonymisation_update",
        resource_id=held["id"],
        values={"anon_dissemination": "puf"},
    )
    ckan_model.Session.remove()
    (version,) = Version.current(held["id"])
    written = version.evidence
    version.evidence = None
    ckan_model.Session.commit()

    migration = importlib.import_module("ckanext.rgpd.migration.rgpd.versions.008_evidence")
    ckan_model.Session.execute(sa.text(migration.FILL))
    ckan_model.Session.commit()
    ckan_model.Session.remove()

    assert written["personal"]
    assert written["account"]["declared"] == {"anon_dissemination": "puf"}
    assert Version.current(held["id"])[0].evidence == written


def test_the_connections_of_an_engine_go_with_it(engine):
    mine = sa.create_engine(engine.url)
    [(pid,)] = asking.at_once(mine, WHO, {})
    del mine
    gc.collect()

    question = "SELECT count(*) FROM pg_stat_activity WHERE pid = %(pid)s"
    for _ in range(50):
        if asking.at_once(engine, question, {"pid": pid}) == [(0,)]:
            return
        time.sleep(0.1)
    pytest.fail("the connection is still there")
