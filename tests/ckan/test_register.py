"""The register: one line an event, each chained to the one before."""

from __future__ import annotations

from itertools import pairwise

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa

from ckanext.rgpd.model import RegisterLine


def lines():
    return list(ckan_model.Session.scalars(sa.select(RegisterLine).order_by(RegisterLine.number)))


def test_each_event_leaves_its_line(people, held, call):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=held["id"],
        decision="release",
        reason="Autorisée.",
    )

    events = [line.event for line in lines() if line.resource_id == held["id"]]
    assert events == ["upload", "hold", "release"]


def test_each_line_is_chained_to_the_one_before(released):
    chain = lines()

    assert len(chain) >= 2
    for before, line in pairwise(chain):
        assert line.number == before.number + 1
        assert line.previous == before.hash
    assert all(line.hash == line.compute_hash() for line in chain)


def test_a_changed_line_no_longer_fits_its_hash(released):
    line = lines()[-1]
    ckan_model.Session.expunge(line)

    line.details = {**line.details, "outcome": "block"}

    assert line.hash != line.compute_hash()


def test_the_register_is_for_reviewers(people, released, call):
    for user in (None, people.outsider, people.publisher):
        with pytest.raises(tk.NotAuthorized):
            call(user, "rgpd_register_list")
    found = call(people.dpo, "rgpd_register_list", resource_id=released["id"])["results"]
    assert {line["event"] for line in found} == {"upload", "release"}
