"""The licence file that the portal offers, and what the decision makes of a licence."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from ckanext.rgpd.core.legal import entries
from ckanext.rgpd.core.legal.licence import licence_reason

LICENCES = json.loads((resources.files("ckanext.rgpd") / "licenses.json").read_text("ascii"))


def test_the_two_licences_for_data_come_first() -> None:
    assert [licence["id"] for licence in LICENCES][:3] == ["lov2", "odc-odbl", "notspecified"]


def test_every_family_of_the_decree_is_there_and_nothing_else() -> None:
    assert {licence["spdx_id"] for licence in LICENCES} == {
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
    for licence in LICENCES:
        assert licence["regime"] in entries("licence_regimes")
        assert licence["title"]
        assert licence["url"].startswith("https://") or licence["id"] == "notspecified"
        assert licence["status"] == "active"
    assert [name for name in LICENCES if name["od_conformance"] == "approved"] == LICENCES[:2]


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
