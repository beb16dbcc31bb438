"""Reviewers' "this is not personal", remembered for columns that still look the same.

A judgement is of one kind of data in one column; it takes that finding out of what the law is
asked about, and no other. So a finding more never leaves fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ckanext.rgpd.core.look import (
    HALF,
    Look,
    differences,
    look,
    makes_pattern,
    may_be_judged,
    pattern_differences,
)
from ckanext.rgpd.core.types import Finding, Reason, Report

__all__ = [
    "REASON",
    "Judged",
    "Judgement",
    "can_be_judged",
    "judge",
    "look",
    "makes_pattern",
]

#: Reason code of a decision in which findings were set aside.
REASON = "judged_not_personal"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One remembered verdict; a ``pattern`` holds for columns of any file."""

    id: str
    look: Look
    pattern: bool = False

    def covers(self, now: Look) -> bool:
        """Whether what is there now looks as what was judged."""
        if self.pattern:
            return now.share >= HALF and not pattern_differences(self.look, now)
        return not differences(self.look, now)


@dataclass(frozen=True, slots=True)
class Judged:
    """A report without what was judged not personal, and what that was, by which judgement."""

    report: Report
    set_aside: tuple[tuple[Finding, str], ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What the decision on the rest must say of it."""
        columns = sorted({finding.column for finding, _ in self.set_aside})
        return (Reason(REASON, None, tuple(columns)),) if columns else ()


def judge(report: Report, judgements: Iterable[Judgement]) -> Judged:
    """``report`` as the law is asked about it; texts are judged each time anew."""
    known = list(judgements)
    if not known:
        return Judged(report)
    left, aside = [], []
    for finding in report.findings:
        id = _judgement_on(report, finding, known)
        if id is None:
            left.append(finding)
        else:
            aside.append((finding, id))
    return Judged(replace(report, findings=tuple(left)), tuple(aside))


def can_be_judged(report: Report, finding: Finding) -> bool:
    """Whether a verdict on a finding may be remembered: not where anyone may be named anywhere."""
    return finding.is_personal and may_be_judged(finding.column, look(report, finding))


def _judgement_on(report: Report, finding: Finding, known: list[Judgement]) -> str | None:
    if not can_be_judged(report, finding):
        return None
    now = look(report, finding)
    return next((judgement.id for judgement in known if judgement.covers(now)), None)
