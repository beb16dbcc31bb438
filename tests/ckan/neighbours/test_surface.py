"""Nothing of the neighbours appears that nobody has looked at."""

from __future__ import annotations

import pytest

from tests.ckan import matrix
from tests.ckan import surface as ours
from tests.ckan.neighbours import surface
from tests.ckan.test_surface import actions, classed, names, routes


@pytest.mark.parametrize(
    ("found", "known", "table"),
    [(actions, ours.ACTIONS, surface.ACTIONS), (routes, ours.ROUTES, surface.ROUTES)],
    ids=["actions", "routes"],
)
def test_everything_of_theirs_is_classed(app, found, known, table):
    theirs = {name for name in found(app) if not classed(name, names(known))}

    assert theirs == set(names(table))


def test_what_is_gated_of_theirs_is_a_door_of_the_matrix_or_has_its_story():
    gated = set(f"{surface.ACTIONS[ours.GATED]} {surface.ROUTES[ours.GATED]}".split())
    doors = [door for doors in matrix.OF_NEIGHBOURS.values() for door in doors]
    walked = {name for door in doors for name in (door.open.__name__, *door.walks.split())}

    assert sorted(gated - walked - set(surface.TOLD)) == []
    assert sorted(set(surface.TOLD) & walked) == []
