"""Detectors of other extensions: beside ours, in place of those added before, under one name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ckanext.rgpd.core import scan
from ckanext.rgpd.core.detect import detectors
from ckanext.rgpd.core.detect.detector import STRONG, Detector

BADGE = Detector(
    rule="badge_1",
    entity_types=("badge",),
    pattern=re.compile(r"\bBDG-\d{4}\b"),
    validate=lambda _: ("badge", STRONG),
    mask=lambda _: "BDG-****",
    gate=lambda text: "BDG-" in text,
    examples=("BDG-0042",),
    counterexamples=("BDG-42",),
)


@pytest.fixture(autouse=True)
def ours_alone_afterwards() -> Iterator[None]:
    yield
    scan.add_detectors(())


def found(text: str) -> list[str]:
    report = scan.scan(io.BytesIO(text.encode()), "badges.csv", scan.Settings(text=False))
    return [finding.entity_type for finding in report.findings]


def test_an_added_detector_finds_and_the_rules_of_reading_have_its_name() -> None:
    table = "badge\nBDG-0001\nBDG-0002\nBDG-0003\n"
    assert found(table) == []

    scan.add_detectors([BADGE])

    assert found(table) == ["badge"]
    assert scan.rules_version() == f"{scan.RULES_VERSION}+badge_1"
    assert [hit.entity_type for hit in detectors.find("carte BDG-0042")] == ["badge"]


def test_detectors_take_the_place_of_those_added_before() -> None:
    scan.add_detectors([BADGE])

    scan.add_detectors([replace(BADGE, rule="badge_2")])

    assert scan.rules_version() == f"{scan.RULES_VERSION}+badge_2"
    assert "badge_1" not in detectors.BY_RULE
    scan.add_detectors(())
    assert scan.rules_version() == scan.RULES_VERSION


@pytest.mark.parametrize("rule", ["badge_1", "nir"])
def test_no_two_detectors_have_one_name(rule: str) -> None:
    before = list(detectors.DETECTORS)

    with pytest.raises(ValueError, match="same name"):
        scan.add_detectors([BADGE, replace(BADGE, rule=rule)])

    assert before == detectors.DETECTORS
