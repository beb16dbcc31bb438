"""The questionnaire for clients: what is to be asked, and what was answered."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import answers, decisions, wording
from ckanext.rgpd.core import legal
from ckanext.rgpd.logic import schema
from ckanext.rgpd.model import Declaration, Report, Version

__all__ = ["rgpd_questions_list"]

Data = dict[str, Any]


@tk.side_effect_free
def rgpd_questions_list(context: Context, data_dict: Data) -> Data:
    """The questions on a resource's contents: those to answer now, and all that may be answered.

    :param resource_id: the id of the resource
    :returns: ``rules_version``, and ``versions``: for each content that was read its
        ``version_id``, ``open`` (the questions to answer now, most decisive first), ``questions``
        (all that its report and answers raise), ``answers`` (as given), ``reused`` (known from
        the dataset), ``offered`` (answered for another dataset of the organisation: ``value``
        and ``dataset``; it holds once it is sent) and ``declarations`` (who answered what, and
        when)
    """
    data = schema.validated(data_dict, schema.resource(), context)
    tk.check_access("rgpd_handle", context, data)
    versions = Version.current(data["resource_id"])
    return {
        "resource_id": data["resource_id"],
        "rules_version": legal.RULES_VERSION,
        "versions": [
            _questions(version, report, context["user"])
            for version in versions
            if (report := Report.get(version.report_id))
        ],
    }


def _questions(version: Version, report: Report, user: str) -> Data:
    given = answers.own(version)
    raised = decisions.questionnaire(version, given, report.value)
    asked = decisions.questions(version, given, report.value)
    return {
        "version_id": version.id,
        "open": [wording.question(item) for item in asked],
        "questions": [wording.question(item) for item in raised],
        "answers": given,
        "reused": answers.reused(version),
        "offered": {k: offer._asdict() for k, offer in answers.offered(version, user).items()},
        "declarations": [_declaration(row) for row in Declaration.history(version.id)],
    }


def _declaration(row: Declaration) -> Data:
    return {
        "user_id": row.user_id,
        "created": row.created.isoformat(),
        "answers": dict(row.answers),
    }
