"""What is declared of an anonymised file, beside what the file shows."""

from __future__ import annotations

import pytest

from ckanext.rgpd.core.anonymise import (
    CRITERIA,
    Measured,
    Thresholds,
    contradictions,
    corrected,
    proven,
)
from ckanext.rgpd.core.anonymise.measure import Sensitive

MET = dict.fromkeys(CRITERIA, "met")
ANALYSIS = {"reid_risk_analysis_ref": "étude 1", "reid_risk_analysis_accepted": True}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (MET, True),
        ({**MET, "criterion_inference": "not_met"}, False),
        ({**MET, "criterion_inference": "not_assessed"}, False),
        ({**MET, "criterion_linkability": "unknown"}, False),
        ({}, False),
        (ANALYSIS, True),
        ({**MET, "criterion_inference": "not_met", **ANALYSIS}, True),
        ({"reid_risk_analysis_ref": "étude 1"}, False),
        ({"reid_risk_analysis_accepted": True}, False),
        ({**MET, "anon_measures": ["pseudonymisation"]}, False),
        ({**MET, "anon_measures": ["hashing", "pseudonymisation"], **ANALYSIS}, False),
        ({**MET, "anon_measures": ["hashing", "generalisation"]}, True),
    ],
)
def test_anonymised_needs_the_three_criteria_or_an_accepted_analysis(answers, expected):
    assert proven(answers) is expected


def table(k: int = 5, l: int = 2, t: float = 0.1, unique: int = 0) -> Measured:  # noqa: E741
    return Measured(
        rows=100, classes=10, k=k, unique_rows=unique, sensitive={"s": Sensitive(l, t, False)}
    )


@pytest.mark.parametrize(
    ("declared", "measured", "found"),
    [
        ({"anon_k_declared": 5}, table(), ()),
        (
            {"anon_k_declared": 5},
            table(k=1, unique=3),
            ("unique_rows", "k_below_declared", "k_below_portal"),
        ),
        ({"anon_k_declared": 10}, table(k=7), ("k_below_declared",)),
        ({}, table(k=4), ("k_below_portal",)),
        ({"anon_l_declared": 3}, table(), ("l_below_declared",)),
        ({}, table(l=1), ("l_below_portal",)),
        ({"anon_t_declared": 0.1}, table(t=0.15), ("t_above_declared",)),
        ({"anon_t_declared": 0.1}, table(t=0.1004), ()),
        ({}, table(t=0.3), ("t_above_portal",)),
        ({"anon_k_declared": 2}, Measured(problem="too_many_classes"), ("not_measured",)),
        ({"anon_l_declared": 2, "anon_t_declared": 0.2}, Measured(rows=9, classes=1, k=9), ()),
    ],
)
def test_the_file_is_held_against_its_declaration(declared, measured, found):
    assert contradictions(declared, measured, Thresholds()) == found


@pytest.mark.parametrize(
    ("found", "belied"),
    [
        ((), ()),
        (("k_below_portal", "l_below_portal", "t_above_portal"), ()),
        (("unique_rows",), ("criterion_singling_out",)),
        (("not_measured",), ("criterion_singling_out",)),
        (("waiting",), ("criterion_singling_out",)),
        (("l_below_declared",), ("criterion_inference",)),
        (("k_below_declared", "t_above_declared"), (CRITERIA[0], CRITERIA[2])),
    ],
)
def test_a_criterion_that_the_file_belies_was_not_assessed(found, belied):
    after = corrected(MET, found)

    assert after == {**MET, **dict.fromkeys(belied, "not_assessed")}


def test_what_was_not_said_is_not_changed():
    assert corrected({"criterion_singling_out": "not_met"}, ["unique_rows"]) == {
        "criterion_singling_out": "not_met"
    }
