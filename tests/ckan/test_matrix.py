"""Every way in, every state, everybody, every door: the table is in ``matrix.py``.

``RGPD_MATRIX=brief bash dev/test ckan -k matrix`` walks one way in of each kind, ``whole`` all.
"""

from __future__ import annotations

import pytest

from tests.ckan import matrix, surface
from tests.ckan.walk import Walk

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", surface.PLUGINS),
    pytest.mark.ckan_config("ckan.datapusher.url", "http://127.0.0.1:1"),
    pytest.mark.ckan_config("ckan.datapusher.api_token", "for-the-tests-only"),
    pytest.mark.ckan_config("ckan.auth.allow_dataset_collaborators", True),
    pytest.mark.ckan_config("ckan.views.default_views", ""),
]


@pytest.fixture(scope="module")
def walks():
    """One walk for all tests: the contents are brought in once."""
    return []


@pytest.fixture
def walk(walks, people, app, token_of):
    if not matrix.ASKED:
        pytest.skip("minutes long: RGPD_MATRIX=brief or whole asks for it")
    if not walks:
        walks.append(Walk(people, app, token_of))
        walks[0].set_up()
    walks[0].app = app
    return walks[0]


@pytest.mark.parametrize("of_each", ["portal", "dataset", "resource"])
def test_every_cell_shows_what_the_rule_says(walk, of_each, capsys):
    cells, wrong = 0, []
    for door in matrix.DOORS:
        if door.of_each == of_each:
            outcome = walk.pass_through(door)
            cells += outcome.cells
            wrong += outcome.wrong
    with capsys.disabled():
        print(  # noqa: T201 - the number of cells is what this test is read for
            f"\n{cells} cells at the doors of each {of_each}, {len(wrong)} wrong"
        )

    assert "\n".join([*wrong, *walk.faults]) == ""


def test_every_state_is_what_it_says(walk):
    """A matrix of contents that are all closed would prove nothing."""
    assert [case for case in walk.cases if not case.id] == []
    assert walk.not_in_state() == []


def test_everything_gated_has_a_door():
    gated = f"{surface.ACTIONS[surface.GATED]} {surface.ROUTES[surface.GATED]}".split()
    walked = {door.open.__name__ for door in matrix.DOORS}
    walked.update(name for door in matrix.DOORS for name in door.walks.split())

    assert sorted(set(gated) - walked - set(matrix.NOT_WALKED)) == []
