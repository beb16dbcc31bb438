"""What is known of a resource, of a dataset, and what was done."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.types import Context

from ckanext.rgpd import compliance, decisions, gate, judgements, queue, wording
from ckanext.rgpd.core import types
from ckanext.rgpd.logic import schema
from ckanext.rgpd.model import Decision, Declaration, RegisterLine, Report, Version
from ckanext.rgpd.model.columns import utcnow
from ckanext.rgpd.model.version import RELEASED

__all__ = [
    "rgpd_compliance_show",
    "rgpd_register_list",
    "rgpd_report_show",
    "rgpd_review_list",
    "rgpd_status_show",
]

Data = dict[str, Any]


@tk.side_effect_free
def rgpd_status_show(context: Context, data_dict: Data) -> Data:
    """Where a resource stands: its state, the reasons, and the questions still open.

    :param resource_id: the id of the resource
    :returns: ``state``, ``released``, and for each current content its ``version_id``,
        ``kind``, ``state``, ``outcome``, ``progress`` (percent), ``bytes_done``
        of ``size``, ``rows_done``, ``problem`` (a sentence),
        ``notes`` (what was repaired, or seen and not read, a sentence each),
        ``reasons``, ``questions`` and ``answers``
    """
    data = schema.validated(data_dict, schema.resource(), context)
    tk.check_access("rgpd_handle", context, data)
    current = Version.current(data["resource_id"])
    return {
        "resource_id": data["resource_id"],
        "state": compliance.state(current),
        "released": gate.is_open(data["resource_id"]),
        "versions": [_version_status(version) for version in current],
    }


@tk.side_effect_free
def rgpd_report_show(context: Context, data_dict: Data) -> Data:
    """What was found in a resource, with masked examples; never a raw value.

    :param resource_id: the id of the resource
    :returns: ``reports``, one for each content that has been read, and ``judgements``, what of
        them was judged not personal, by whom, why and when
    """
    data = schema.validated(data_dict, schema.resource(), context)
    tk.check_access("rgpd_handle", context, data)
    found = [Report.get(version.report_id) for version in Version.current(data["resource_id"])]
    reports = [report for report in found if report]
    return {
        "resource_id": data["resource_id"],
        "reports": [report.content for report in reports],
        "judgements": [
            item
            for report in reports
            for item in judgements.described(data["resource_id"], report.value)
        ],
    }


@tk.side_effect_free
def rgpd_review_list(context: Context, data_dict: Data) -> Data:
    """The contents that wait for a reviewer, those waiting longest first.

    A delegate of an organisation is given its contents only. ``like`` is the same for contents
    that may be decided on together; ``deadline`` is when a decision is due, ``late`` whether it
    has passed; ``outdated`` says that older rules released the content, ``review_due`` that its
    anonymisation was to be reviewed by today.

    :param limit: how many at the most (100)
    :param offset: how many to leave out (0)
    :returns: ``count`` and ``results``
    """
    data = schema.validated(data_dict, schema.page(), context)
    tk.check_access("rgpd_review_list", context, data)
    user = context.get("user")
    mine = None if gate.is_reviewer(user) else gate.delegations(user)
    waiting = queue.waiting_for_review(mine)
    part = waiting[data["offset"] : data["offset"] + data["limit"]]
    return {"count": len(waiting), "results": [_case(version) for version in part]}


@tk.side_effect_free
def rgpd_register_list(context: Context, data_dict: Data) -> Data:
    """The register's lines, the newest first.

    :param package_id: only this dataset's (optional)
    :param resource_id: only this resource's (optional)
    :param limit: how many at the most (100)
    :param offset: how many to leave out (0)
    """
    data = schema.validated(data_dict, schema.register(), context)
    tk.check_access("rgpd_review", context, data)
    query = sa.select(RegisterLine).order_by(RegisterLine.number.desc())
    for key in ("package_id", "resource_id"):
        if data.get(key):
            query = query.where(getattr(RegisterLine, key) == data[key])
    lines = ckan_model.Session.scalars(query.limit(data["limit"]).offset(data["offset"]))
    return {"results": [line.as_dict() for line in lines]}


@tk.side_effect_free
def rgpd_compliance_show(context: Context, data_dict: Data) -> Data:
    """What everyone may know: why a dataset's files may be published, and under what terms.

    :param id: the id or name of the dataset
    """
    data = schema.validated(data_dict, schema.dataset(), context)
    dataset = tk.get_action("package_show")(context, {"id": data["id"]})
    return compliance.panel(dataset)


def _version_status(version: Version, *, asking: bool = True) -> Data:
    report = Report.get(version.report_id)
    found = report.value if report else None
    decision = Decision.latest_of([version.id]).get(version.id)
    declaration = Declaration.latest(version.id)
    answers = dict(declaration.answers) if declaration else {}
    return {
        "version_id": version.id,
        "kind": version.kind,
        "filename": version.filename,
        "state": version.state,
        "outdated": version.state == RELEASED and version.id in queue.outdated_ids(),
        "review_due": version.state == RELEASED and version.id in queue.review_due_ids(),
        "outcome": version.outcome,
        "progress": version.progress,
        "bytes_done": version.bytes_done,
        "rows_done": version.rows_done,
        "size": version.size,
        "created": version.created.isoformat(),
        "scan_status": found.status if found else "pending",
        "problem": wording.problem(found) if found else "",
        "notes": wording.notes(found) if found else [],
        "personal": bool(found and found.personal),
        "answers": wording.in_order(answers),
        "questions": _questions(version, found, answers) if asking else [],
        **_dates(version, found, answers),
        **_decided(decision),
    }


def _dates(version: Version, report: types.Report | None, answers: Data) -> Data:
    """When an embargo may end, and until when a publication is allowed."""
    if report is None or version.outcome not in ("embargo", *types.PUBLISHING):
        return {"release_date": None, "end_date": None}
    decision = decisions.compute(version, answers, report)
    return {"release_date": decision.release_date, "end_date": decision.end_date}


def _decided(decision: Decision | None) -> Data:
    if decision is None:
        nobody = {"decided_by": None, "note": None, "rules_version": None}
        return {"reasons": [], "dpo_required": False, **nobody}
    return {
        "rules_version": decision.rules_version,
        "reasons": [wording.reason(item) for item in decision.reasons],
        "dpo_required": decision.dpo_required,
        "decided_by": decision.decided_by,
        "note": decision.note,
    }


def _questions(version: Version, report: types.Report | None, answers: Data) -> list[Data]:
    if report is None or version.state == RELEASED:
        return []
    return [wording.question(item) for item in decisions.questions(version, answers, report)]


def _case(version: Version) -> Data:
    decision = Decision.latest_of([version.id])[version.id]
    due = queue.deadline(decision)
    return {
        **_version_status(version, asking=False),
        **_names(version),
        "deadline": due.date().isoformat(),
        "late": due < utcnow(),
        "like": queue.likeness(version, decision),
    }


def _names(version: Version) -> Data:
    resource = ckan_model.Resource.get(version.resource_id)
    package = ckan_model.Package.get(version.package_id)
    organisation = ckan_model.Group.get(package.owner_org) if package.owner_org else None
    return {
        "resource_id": version.resource_id,
        "resource_name": resource.name or resource.id,
        "package_name": package.name,
        "package_title": package.title or package.name,
        "organization_title": organisation.display_name if organisation else "",
    }
