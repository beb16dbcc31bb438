"""The account of an anonymisation: what was done, and what the file then shows."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import anonymisation, answers, decisions, jobs, wording
from ckanext.rgpd.logic import schema
from ckanext.rgpd.logic.action import review
from ckanext.rgpd.metadata.field import ANONYMISATION, missing
from ckanext.rgpd.model import Anonymisation, Report, Version, standing
from ckanext.rgpd.model.decision import PUBLISHER

__all__ = ["rgpd_anonymisation_show", "rgpd_anonymisation_update"]

Data = dict[str, Any]


@tk.side_effect_free
def rgpd_anonymisation_show(context: Context, data_dict: Data) -> Data:
    """What was declared of a resource's anonymisation, and what the file shows.

    :param resource_id: the id of the resource
    :returns: ``contents``, for each one its ``version_id``, ``declared``, ``measured`` (null
        until it is) and ``against``, what the file shows against the declaration
    """
    data = schema.validated(data_dict, schema.resource(), context)
    tk.check_access("rgpd_handle", context, data)
    return {"contents": [_content(version) for version in Version.current(data["resource_id"])]}


def rgpd_anonymisation_update(context: Context, data_dict: Data) -> Data:
    """Say how a resource's content was anonymised; its table is then measured.

    The values are added to those already given; an empty one takes a value back.

    :param resource_id: the id of the resource
    :param version_id: the content that is meant; refused if it was replaced (optional)
    :param values: a dictionary of values, keyed by field
    :returns: what ``rgpd_anonymisation_show`` gives
    """
    data = schema.validated(data_dict, schema.anonymisation(), context)
    tk.check_access("rgpd_declare", context, data)
    for version in review.versions_meant(data):
        review.refuse_refused(version)
        _store(version, data["values"], review.acting_user_id(context))
    return tk.get_action("rgpd_anonymisation_show")(context, {"resource_id": data["resource_id"]})


def _store(version: Version, values: Data, user_id: str) -> None:
    before = Anonymisation.latest(version.id)
    declared = _checked(version, values, before.declared if before else {})
    account = Anonymisation(version_id=version.id, user_id=user_id, declared=declared)
    ckan_model.Session.add(account)
    standing.note(version)
    version.note("anonymisation", user_id=user_id, details={"declared": sorted(declared)})
    ckan_model.Session.commit()
    if anonymisation.columns(account)[0]:
        jobs.enqueue_measuring(account.id)
    if anonymisation.is_basis(answers.known(version)):
        decisions.settle(version.id, decided_by=PUBLISHER, user_id=user_id)


def _checked(version: Version, values: Data, before: dict[str, str]) -> dict[str, str]:
    """The account after this change; raises ``ValidationError`` naming each field that is wrong."""
    errors: dict[str, list[str]] = {}
    after = dict(before)
    for name, value in values.items():
        try:
            if name not in ANONYMISATION:
                raise tk.Invalid(tk._("There is no such field."))
            after[name] = ANONYMISATION[name].check(value)
        except tk.Invalid as error:  # noqa: PERF203 - each field stands alone
            errors[name] = [error.error]
    after = {name: text for name, text in after.items() if text}
    for name, other in missing(after, ANONYMISATION.values()).items():
        label = ANONYMISATION[other].text("label", wording.lang())
        errors[name] = [tk._("Necessary because of “{field}”.").format(field=label)]
    errors |= _unknown_columns(version, after)
    if errors:
        raise tk.ValidationError(errors)
    return after


def _unknown_columns(version: Version, declared: dict[str, str]) -> dict[str, list[str]]:
    """The fields that name a column which a file read whole does not have."""
    report = Report.get(version.report_id)
    if report is None or not report.value.complete:
        return {}
    present = {column.name for column in report.value.columns}
    message = tk._("The file has no such column.")
    return {
        name: [message]
        for name in (anonymisation.QUASI_IDENTIFIERS, anonymisation.SENSITIVE)
        if name in declared and not set(ANONYMISATION[name].shown(declared[name])) <= present
    }


def _content(version: Version) -> Data:
    account = Anonymisation.latest(version.id)
    declared = account.declared if account else {}
    figures = anonymisation.measured(account)
    return {
        "version_id": version.id,
        "declared": {name: ANONYMISATION[name].shown(text) for name, text in declared.items()},
        "measured": _figures(figures) if figures else None,
        "against": [
            {"code": code, "sentence": wording.label("contradictions_of_measure", code)}
            for code in anonymisation.found_against(account)
        ],
    }


def _figures(found: Any) -> Data:
    return {
        **found.as_dict(),
        "uniqueness_rate": found.uniqueness_rate,
        "risk_max": found.risk_max,
        "l": found.l,
        "t": found.t,
    }
