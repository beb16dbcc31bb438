"""Files under review go to another organisation by a reviewer's hand only."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd import gate


@pytest.fixture
def elsewhere(people):
    """Another organisation, of which the publisher is an editor too."""
    users = [
        {"name": people.publisher["name"], "capacity": "editor"},
        {"name": people.other_editor["name"], "capacity": "editor"},
    ]
    return factories.Organization(users=users)


MOVES = {
    "package_patch": lambda call, user, id, org: call(user, "package_patch", id=id, owner_org=org),
    "package_revise": lambda call, user, id, org: call(
        user, "package_revise", match={"id": id}, update={"owner_org": org}
    ),
    "package_owner_org_update": lambda call, user, id, org: call(
        user, "package_owner_org_update", id=id, organization_id=org
    ),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=list(MOVES))
def test_an_editor_does_not_take_a_closed_file_along(move, held, people, call, elsewhere):
    with pytest.raises((tk.ValidationError, tk.NotAuthorized)):
        move(call, people.publisher, held["package_id"], elsewhere["id"])

    assert not gate.may_handle(people.other_editor["name"], held["package_id"])


def test_a_reviewer_does_and_the_rights_follow(held, people, call, elsewhere):
    MOVES["package_patch"](call, people.admin, held["package_id"], elsewhere["id"])

    assert gate.may_handle(people.other_editor["name"], held["package_id"])


def test_what_is_released_moves_freely(released, people, call, elsewhere):
    MOVES["package_patch"](call, people.publisher, released["package_id"], elsewhere["name"])

    assert gate.is_open(released["id"])
