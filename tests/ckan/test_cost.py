"""What the portal asks its database does not grow with the number of files."""

from __future__ import annotations

import ckan.model as ckan_model
import pytest
import sqlalchemy as sa
from ckan.tests import factories

from tests.ckan import made


@pytest.fixture
def queries():
    """Counts the statements that an action sends."""
    sent = []

    def note(connection, cursor, statement, *rest):
        sent.append(statement)

    engine = ckan_model.meta.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)


def test_a_dataset_of_many_files_costs_no_more_questions_than_one(
    add_file, people, read_files, call, queries
):
    counts = []
    for number in (1, 6):
        dataset = factories.Dataset(
            owner_org=people.organisation["id"], user=people.publisher, license_id="lov2"
        )
        for _ in range(number):
            add_file(made.CLEAN, package_id=dataset["id"])
        read_files()
        counts.append([])
        for action, data in (
            ("package_show", {"id": dataset["id"]}),
            ("package_search", {"fq": f"id:{dataset['id']}"}),
            ("rgpd_compliance_show", {"id": dataset["id"]}),
        ):
            ckan_model.Session.remove()
            queries.clear()
            call(None, action, **data)
            ours = [statement for statement in queries if "rgpd_" in statement]
            counts[-1].append(len(ours))

    assert counts[0] == counts[1]
    assert counts[0][0] <= 4
