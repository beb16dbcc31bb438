"""What the publisher declares of an anonymised file, beside what the file shows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.rgpd.core.anonymise.measure import Measured

#: The three tests of the Article 29 working party's opinion 05/2014 (WP216).
CRITERIA = ("criterion_singling_out", "criterion_linkability", "criterion_inference")

#: Measures that a reader with the key, or time, undoes: alone they leave personal data (A3).
REVERSIBLE = frozenset({"pseudonymisation", "hashing"})

# The criterion that a contradiction takes away. What a portal asks for is advice, not proof.
_BELIED = {
    "unique_rows": (CRITERIA[0],),
    "k_below_declared": (CRITERIA[0],),
    "l_below_declared": (CRITERIA[2],),
    "t_above_declared": (CRITERIA[2],),
    "not_measured": (CRITERIA[0],),
    "waiting": (CRITERIA[0],),
}

# Written figures are rounded: 0.2 declared for 0.2004 measured is no contradiction.
_TOLERANCE = 0.005


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a portal asks of an anonymised table. No text of law fixes these figures."""

    k: int = 5
    l: int = 2  # noqa: E741 - its name in the literature
    t: float = 0.2


def proven(answers: Mapping[str, Any]) -> bool:
    """Whether ``anonymised`` may be said: the three criteria, or a risk analysis that the DPO
    accepted; never where the measures taken are reversible ones only (legal.md §5.1)."""
    measures = set(answers.get("anon_measures") or ())
    if measures and measures <= REVERSIBLE:
        return False
    accepted = answers.get("reid_risk_analysis_ref") and answers.get("reid_risk_analysis_accepted")
    return bool(accepted) or all(answers.get(criterion) == "met" for criterion in CRITERIA)


def review_is_due(
    declared: Mapping[str, str], decided: datetime.date, today: datetime.date
) -> bool:
    """Whether an anonymised file was to be reviewed by ``today``, and was last decided on before.

    What re-identifies grows with time, so that the account names the day of its review (A5).
    """
    review = declared.get("anon_review_date")
    if not review:
        return False
    return decided < datetime.date.fromisoformat(review) <= today


def corrected(answers: Mapping[str, Any], found: Sequence[str]) -> dict[str, Any]:
    """The answers as far as the file does not belie them: a criterion that its measures
    contradict, or that still waits for them, was not assessed."""
    belied = {
        criterion
        for code in found
        for criterion in _BELIED.get(code, ())
        if answers.get(criterion) == "met"
    }
    return {**answers, **dict.fromkeys(belied, "not_assessed")}


def contradictions(
    declared: Mapping[str, Any], measured: Measured, thresholds: Thresholds
) -> tuple[str, ...]:
    """What the file shows against its declaration, as codes, the gravest first.

    ``unique_rows``: somebody is alone, whatever is said of singling out. ``k_below_declared``,
    ``l_below_declared``, ``t_above_declared``: the figure is not the declared one.
    ``k_below_portal`` and so on: it is not what the portal asks. ``not_measured``: nothing is
    known.
    """
    if measured.problem:
        return ("not_measured",)
    found = ["unique_rows"] if measured.unique_rows else []
    k, l, t = (declared.get(f"anon_{name}_declared") for name in "klt")  # noqa: E741
    if k is not None and measured.k < float(k):
        found.append("k_below_declared")
    if l is not None and measured.l is not None and measured.l < float(l):
        found.append("l_below_declared")
    if t is not None and measured.t is not None and measured.t > float(t) + _TOLERANCE:
        found.append("t_above_declared")
    if measured.k < thresholds.k:
        found.append("k_below_portal")
    if measured.l is not None and measured.l < thresholds.l:
        found.append("l_below_portal")
    if measured.t is not None and measured.t > thresholds.t:
        found.append("t_above_portal")
    return tuple(found)
