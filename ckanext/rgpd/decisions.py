"""Applies what the law says of a version: releases it or holds it, and tells who must know."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import ckan.lib.search as search
import ckan.model as ckan_model

from ckanext.rgpd import (
    anonymisation,
    config,
    escrow,
    judgements,
    notice,
    portal_rules,
    validation,
    versions,
)
from ckanext.rgpd import answers as given
from ckanext.rgpd.core import legal, types
from ckanext.rgpd.model import Decision, Declaration, Report, Version, standing
from ckanext.rgpd.model.decision import AUTO, REVIEWER
from ckanext.rgpd.model.version import HELD, RELEASED, UPLOAD, WITHDRAWN

log = logging.getLogger(__name__)


class ReplacedError(Exception):
    """A content that a reviewer decides on was replaced or removed meanwhile."""


@dataclass(frozen=True)
class _By:
    """Who decides, and a reviewer's written reason."""

    decided_by: str
    user_id: str | None
    note: str | None = None


def for_reviewer(version: Version, decision: Decision) -> bool:
    """Whether it is the reviewer's turn: the publisher has answered, or there is nothing to ask.

    A reviewer's own decision is not put before reviewers again. What the rules refuse is, as
    only a reviewer may lift a refusal.
    """
    if decision.decided_by == REVIEWER or version.state != HELD:
        return False
    if blocked(version):
        return True
    if not decision.dpo_required:
        return False
    report = Report.get(version.report_id)
    return bool(decision.declaration_id) or report is None or not report.value.complete


def compute(version: Version, answers: Mapping[str, Any], report: types.Report) -> types.Decision:
    """What the law says of a version today, given these answers and what was judged before."""
    judged = judgements.judged(version.resource_id, report)
    told = {**given.reused(version), **answers}
    declaration = types.Declaration(anonymisation.facts(version, told))
    decision = legal.decide(judged.report, declaration, _licence(version), today())
    decision = replace(decision, reasons=(*decision.reasons, *judged.reasons))
    return portal_rules.applied(decision, judged.report, told)


def questions(
    version: Version, answers: Mapping[str, Any], report: types.Report
) -> tuple[legal.Question, ...]:
    """What is still to be asked about a version."""
    report = judgements.judged(version.resource_id, report).report
    told = {**given.reused(version), **answers}
    declaration = types.Declaration(anonymisation.facts(version, told))
    return legal.questions(report, declaration, _licence(version), today())


def questionnaire(
    version: Version, answers: Mapping[str, Any], report: types.Report
) -> tuple[legal.Question, ...]:
    """All questions that these answers raise about a version, answered or not."""
    report = judgements.judged(version.resource_id, report).report
    declaration = types.Declaration({**given.reused(version), **answers})
    return legal.questionnaire(report, declaration, today())


def _licence(version: Version) -> str | None:
    package = ckan_model.Package.get(version.package_id)
    return package.license_id if package else None


def today() -> datetime.date:
    """The day on which everything here is decided (UTC)."""
    return datetime.datetime.now(datetime.timezone.utc).date()


def settle(
    version_id: str,
    report: Report | None = None,
    decided_by: str = AUTO,
    user_id: str | None = None,
) -> None:
    """Decide on a version that has been read, with the answers given so far.

    Nothing happens to a version that was withdrawn meanwhile, or was never read.
    """
    version = _standing(version_id)
    if version is None:
        return
    if report:
        version.report_id = report.id
        version.bytes_done, version.rows_done = report.value.size, report.value.rows
        _register_scan(version, report.value)
    found = Report.get(version.report_id)
    if found:
        answers = {**given.own(version), **opinion_on(version)}
        decision = compute(version, answers, found.value)
        _apply([(version, decision)], _By(decided_by, user_id))


def review(version_ids: Iterable[str], release: bool, reason: str, user_id: str) -> None:
    """A reviewer's decision with its written reason: on all of these contents, or on none.

    Raises :class:`ReplacedError` where one of them is there no more, or was never read.
    """
    # In one order, so that two reviewers never wait for each other.
    taken = [_reviewed(_standing(id), release) for id in sorted(set(version_ids))]
    _apply(taken, _By(REVIEWER, user_id, reason))


def _reviewed(version: Version | None, release: bool) -> tuple[Version, types.Decision]:
    """A version with what the law and the reviewer's opinion together make of it."""
    report = Report.get(version.report_id) if version else None
    if version is None or report is None:
        ckan_model.Session.rollback()
        raise ReplacedError
    opinion = "favourable" if release else "unfavourable"
    decision = compute(version, {**given.own(version), "dpo_status": opinion}, report.value)
    if release and not decision.publishes:
        decision = _released_by_reviewer(decision)
    return version, decision


def blocked(version: Version) -> bool:
    """Whether the rules refuse the content: a state that only a reviewer leaves (legal.md §1.3)."""
    return version.outcome == "block"


def opinion_on(version: Version) -> dict[str, str]:
    """A reviewer's opinion on this very content holds until a reviewer gives another."""
    taken = [row for row in Decision.history(version.id) if row.decided_by == REVIEWER]
    if not taken:
        return {}
    released = taken[-1].outcome in types.PUBLISHING
    return {"dpo_status": "favourable" if released else "unfavourable"}


def refused(version: Version) -> bool:
    """Whether a reviewer refused this very content."""
    return opinion_on(version).get("dpo_status") == "unfavourable"


def _standing(version_id: str) -> Version | None:
    """The version, locked, unless it was withdrawn."""
    version = Version.lock(version_id)
    return version if version and version.state != WITHDRAWN else None


def _released_by_reviewer(decision: types.Decision) -> types.Decision:
    """A reviewer may open what the rules alone would not; the reasons are kept beside it."""
    return types.Decision(
        outcome="publish_conditions",
        reasons=(types.Reason("reviewer_release", "publish_conditions"), *decision.reasons),
        basis=decision.basis,
        dpo_required=True,
        rules_version=decision.rules_version,
    )


def _apply(taken: list[tuple[Version, types.Decision]], by: _By) -> None:
    """Record decisions and bring the bytes in line with them, in one transaction.

    Where one of them fails none stands, and the bytes that it let out are taken in again.
    """
    copied: list[str] = []
    try:
        # The bytes first: the register is locked from its first line until the end.
        for version, decision in taken:
            if _opens(version, decision, by) and version.kind == UPLOAD and version.sha256:
                if version.state != RELEASED:
                    copied.append(version.resource_id)
                escrow.release(version.resource_id, version.sha256)
        rows = [_record(version, decision, by) for version, decision in taken]
        ckan_model.Session.commit()
    except BaseException:
        ckan_model.Session.rollback()
        for resource_id in copied:
            escrow.withdraw(resource_id)
        raise
    for row, (version, _) in zip(rows, taken, strict=True):
        _follow(version, row)


def _record(version: Version, decision: types.Decision, by: _By) -> Decision:
    """Write a decision down, with its line of the register."""
    declaration = Declaration.latest(version.id)
    row = Decision(
        version_id=version.id,
        report_id=version.report_id,
        declaration_id=declaration.id if declaration else None,
        outcome=decision.outcome,
        reasons=[asdict(reason) for reason in decision.reasons],
        basis=decision.basis,
        dpo_required=decision.dpo_required,
        decided_by=by.decided_by,
        user_id=by.user_id,
        note=by.note,
        rules_version=decision.rules_version,
    )
    ckan_model.Session.add(row)
    version.outcome = decision.outcome
    version.progress = 100
    version.state = RELEASED if _opens(version, decision, by) else HELD
    standing.note(version)
    versions.supersede(version)
    _register(row, version)
    return row


def _opens(version: Version, decision: types.Decision, by: _By) -> bool:
    return decision.publishes or _only_warns(version, by.decided_by)


def _follow(version: Version, row: Decision) -> None:
    """What comes after a decision that stands: closed bytes taken out, and who must know told."""
    if version.state != RELEASED and version.kind == UPLOAD:
        escrow.withdraw(version.resource_id)
    _tell(version, row)


def _tell(version: Version, row: Decision) -> None:
    """Everybody who must know of a decision that stands: the index, other extensions, people."""
    reindex(version.package_id)
    if version.state == RELEASED:
        validation.after_release(version.resource_id)
    portal_rules.tell(_told(row, version))
    if row.decided_by == REVIEWER:
        notice.tell_publisher(version, row)
    elif for_reviewer(version, row):
        notice.tell_reviewers(version, row)


def _told(row: Decision, version: Version) -> dict[str, Any]:
    """A decision for other extensions: ids, outcome and codes."""
    return {
        "package_id": version.package_id,
        "resource_id": version.resource_id,
        "version_id": version.id,
        "outcome": row.outcome,
        "released": version.state == RELEASED,
        "decided_by": row.decided_by,
        "reasons": [reason["code"] for reason in row.reasons],
    }


def _only_warns(version: Version, decided_by: str) -> bool:
    """Whether the portal's mode lets out what was read whole and no reviewer refused."""
    report = Report.get(version.report_id)
    return (
        config.mode() == config.WARN
        and decided_by != REVIEWER
        and report is not None
        and report.status == types.COMPLETE
    )


def _register_scan(version: Version, report: types.Report) -> None:
    version.note(
        "scan",
        details={
            "sha256": report.sha256,
            "status": report.status,
            "problem": report.problem,
            "findings": len(report.personal),
            "rules": report.rules_version,
        },
    )


def _register(row: Decision, version: Version) -> None:
    version.note(
        "release" if version.state == RELEASED else "hold",
        user_id=row.user_id,
        details={"outcome": row.outcome, "by": row.decided_by, "rules": row.rules_version},
    )


def reindex(package_id: str) -> None:
    """Bring the search index in line; a search engine that is down is told again later."""
    try:
        search.rebuild(package_id)
    except (search.SearchError, search.SearchIndexError, OSError) as error:
        log.warning("Dataset %s not indexed (%s).", package_id, type(error).__name__)
