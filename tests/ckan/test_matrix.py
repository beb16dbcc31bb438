"""Every way in, every state, everybody, every door: the table is in ``matrix.py``.

``bash dev/test ckan -k matrix`` walks one way in of each kind; with ``RGPD_MATRIX=whole``, all.
"""

from __future__ import annotations

import re
from pathlib import Path

import ckan.plugins.toolkit as tk
import pytest

from ckanext.rgpd import escrow
from tests.ckan import made, matrix, surface
from tests.ckan.conftest import People
from tests.ckan.walk import Walk

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", surface.PLUGINS),
    pytest.mark.ckan_config("ckan.datapusher.url", "http://127.0.0.1:1"),
    pytest.mark.ckan_config("ckan.datapusher.api_token", "for-the-tests-only"),
    pytest.mark.ckan_config("ckan.auth.allow_dataset_collaborators", True),
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    # Or CKAN alone would refuse strangers what activities hold.
    pytest.mark.ckan_config("ckan.auth.public_activity_stream_detail", True),
    pytest.mark.ckan_config("ckan.activity_list_limit_max", matrix.ALL),
    # Cheaper: each page counts the reader's news, and most answers are the page of errors.
    pytest.mark.ckan_config("ckan.activity_list_limit", 10),
    pytest.mark.ckan_config("extra_template_paths", str(Path(__file__).parent / "templates")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where CKAN's file layer keeps resources, if it does."""
    return tmp_path_factory.mktemp("layer")


@pytest.fixture
def storage(request, folder, ckan_config, monkeypatch):
    """The storage of resources that was asked for."""
    if matrix.LAYER:
        assert tk.check_ckan_version(min_version="2.12.0"), "CKAN 2.11 has no file layer"
        for key, value in made.file_layer("resources", folder).items():
            monkeypatch.setitem(ckan_config, key, value)
        request.getfixturevalue("reset_storages")()


@pytest.fixture(scope="module")
def walks():
    """One walk for all tests: the contents are brought in once, by people of its own."""
    return []


@pytest.fixture
def walk(storage, walks, app, token_of):
    if not walks:
        walks.append(Walk(People(), app, token_of))
        walks[0].set_up()
    walks[0].app = app
    return walks[0]


@pytest.mark.parametrize("of_each", ["portal", "dataset", "resource"])
def test_every_cell_shows_what_the_rule_says(walk, of_each):
    doors = [door for door in matrix.DOORS if door.of_each == of_each]
    outcomes = [walk.pass_through(door) for door in doors]
    walk.walked += sum(outcome.cells for outcome in outcomes)

    wrong = [line for outcome in outcomes for line in outcome.wrong]
    faults = [line for line in walk.faults if not line.startswith(matrix.FAULTS_OF_CKAN)]
    assert "\n".join([*wrong, *faults]) == ""


def test_no_cell_is_left_out_without_a_reason(walk, capsys):
    """Runs behind the others, and prints how many cells they walked."""
    cells = matrix.cells()
    walked = cells.pop("")
    with capsys.disabled():
        print(f"\n{walk.walked} cells walked; left out:")  # noqa: T201 - this test is read for it
        for reason, number in cells.most_common():
            print(f"{number:>8} {reason}")  # noqa: T201

    assert walk.walked == walked
    assert [reason for reason in cells if reason.endswith(": ")] == []


def test_every_state_is_what_it_says(walk):
    """A matrix of contents that are all closed would prove nothing."""
    assert [case for case in walk.cases if not case.id] == []
    assert walk.not_in_state() == []


def test_resources_are_kept_where_they_were_asked_to_be(walk):
    """The legacy uploader keeps nothing in the file layer, and the other way round."""
    assert bool(escrow.ordinary_storage()) == matrix.LAYER


@pytest.mark.parametrize(
    ("said", "walked"),
    [
        (surface.GATED, {door.open.__name__ for door in matrix.DOORS}),
        (surface.WRITES, {word for way in matrix.WAYS for word in re.split("[ ,]+", way.name)}),
    ],
    ids=["gated", "writes"],
)
def test_what_is_gated_or_writes_is_walked_or_says_why_not(said, walked):
    there = set(f"{surface.ACTIONS[said]} {surface.ROUTES[said]}".split())
    named = {name for each in (*matrix.WAYS, *matrix.DOORS) for name in each.walks.split()}

    assert sorted(there - walked - named - set(matrix.NOT_WALKED)) == []
    assert sorted(there & (walked | named) & set(matrix.NOT_WALKED)) == []
