"""The licence file that the portal offers, and what the decision makes of a licence."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from ckanext.rgpd.core.legal import entries
from ckanext.rgpd.core.legal.licence import licence, licence_reason

LICENCES = json.loads((resources.files("ckanext.rgpd") / "licenses.json").read_text("ascii"))
OFFERED = [one for one in LICENCES if one["status"] == "active"]


def test_the_two_licences_for_data_come_first() -> None:
    assert [one["id"] for one in LICENCES][:3] == ["lov2", "odc-odbl", "notspecified"]


def test_every_family_of_the_decree_is_offered_and_nothing_else() -> None:
    assert {one["spdx_id"] for one in OFFERED} == {
        "etalab-2.0",
        "ODbL-1.0",
        "",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "CECILL-B",
        "MIT",
        "MPL-2.0",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "CECILL-2.1",
        "EUPL-1.2",
        "EPL-2.0",
    }


def test_every_licence_has_what_the_portal_needs() -> None:
    for one in LICENCES:
        assert one["regime"] in entries("licence_regimes")
        assert one["title"]
        generic = one["is_generic"]
        assert generic or one["url"].startswith("https://")
    assert [name for name in OFFERED if name["od_conformance"] == "approved"] == LICENCES[:2]


def test_ckans_own_licences_keep_their_names_and_are_offered_no_more() -> None:
    known = {one["id"] for one in LICENCES}

    assert known >= {
        *("odc-pddl", "odc-odbl", "odc-by", "cc-zero", "cc-by", "cc-by-sa", "gfdl", "uk-ogl"),
        *("other-open", "other-pd", "other-at", "cc-nc", "other-nc", "other-closed"),
    }
    assert "fr-lo" in known
    assert not {"cc-by", "other-closed", "fr-lo"} & {one["id"] for one in OFFERED}


@pytest.mark.parametrize(
    ("name", "own"), [("fr-lo", "fr-lo"), ("etalab-2.0", "lov2"), ("ODbL-1.0", "odc-odbl")]
)
def test_older_names_lead_to_a_licence(name: str, own: str) -> None:
    found = licence(name)

    assert found is not None
    assert found["id"] == own


@pytest.mark.parametrize("name", ["lov2", "fr-lo", "etalab-2.0", "odc-odbl", "ODbL-1.0", "mit"])
def test_listed_licences_are_accepted_under_their_older_names_too(name: str) -> None:
    assert licence_reason(name).code == "licence_ok"


@pytest.mark.parametrize("name", [None, "", "notspecified"])
def test_no_licence_is_a_matter_of_advice(name: str | None) -> None:
    assert licence_reason(name).code == "licence_missing_advice"
    assert licence_reason(name).outcome is None


@pytest.mark.parametrize("name", ["cc-by", "cc-zero", "other-closed", "agpl-3.0", "LOV2"])
def test_other_licences_need_a_homologation(name: str) -> None:
    assert licence_reason(name).code == "licence_not_allowed"
