"""The publisher answers, the reviewer decides."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import answers, decisions, judgements, queue
from ckanext.rgpd.core import errors as core_errors
from ckanext.rgpd.core import legal
from ckanext.rgpd.logic import schema
from ckanext.rgpd.model import Decision, Declaration, Version
from ckanext.rgpd.model.decision import PUBLISHER
from ckanext.rgpd.model.version import RELEASED, WITHDRAWN

__all__ = ["rgpd_decision_bulk_create", "rgpd_decision_create", "rgpd_declaration_update"]

Data = dict[str, Any]


def rgpd_declaration_update(context: Context, data_dict: Data) -> Data:
    """Answer for a resource's content; the decision follows at once.

    The answers are added to those already given; an empty one takes an answer back.

    :param resource_id: the id of the resource
    :param version_id: the content that is meant; refused if it was replaced (optional)
    :param answers: a dictionary of answers, keyed by question
    :returns: the resource's status, as ``rgpd_status_show`` gives it
    """
    data = schema.validated(data_dict, schema.declaration(), context)
    tk.check_access("rgpd_declare", context, data)
    user_id = acting_user_id(context)
    for version in versions_meant(data):
        refuse_late(version)
        merged = _merged(answers.own(version), data["answers"])
        declaration = Declaration(version_id=version.id, user_id=user_id, answers=merged)
        ckan_model.Session.add(declaration)
        version.note("declaration", user_id=user_id, details={"answered": sorted(merged)})
        ckan_model.Session.commit()
        decisions.settle(version.id, decided_by=PUBLISHER, user_id=user_id)
    return tk.get_action("rgpd_status_show")(context, {"resource_id": data["resource_id"]})


def rgpd_decision_create(context: Context, data_dict: Data) -> Data:
    """Release or refuse a resource's content, with a written reason (reviewers).

    :param resource_id: the id of the resource
    :param version_id: the content that is meant; refused if it was replaced (optional)
    :param decision: ``release`` or ``refuse``
    :param reason: why, in words
    :param not_personal: what is not personal data in it: a list of dictionaries with a
        ``column`` and an ``entity_type`` of the report; remembered with the reason (optional)
    :param pattern: remember it for columns of the same header and look anywhere (optional)
    :returns: the resource's status, as ``rgpd_status_show`` gives it
    """
    data = schema.validated(data_dict, schema.decision(), context)
    tk.check_access("rgpd_decide", context, data)
    if data.get("pattern"):  # a judgement for the whole portal is not one organisation's to make
        tk.check_access("rgpd_review", context, data)
    versions = versions_meant(data)
    if any(version.report_id is None for version in versions):
        message = tk._("This file has not been read yet. Wait for the scan to end.")
        raise tk.ValidationError({"decision": [message]})
    user_id = acting_user_id(context)
    for version in versions:
        _remember(version, data, user_id)
    _review(versions, data, user_id, "version_id")
    return tk.get_action("rgpd_status_show")(context, {"resource_id": data["resource_id"]})


def rgpd_decision_bulk_create(context: Context, data_dict: Data) -> Data:
    """Release or refuse like contents together, with one written reason (reviewers).

    Each content keeps its own decision and its own line in the register; all are written in one
    transaction, or none.

    :param version_ids: the contents, as the queue gives them: all with the same ``like``
    :param decision: ``release`` or ``refuse``
    :param reason: why, in words
    :returns: ``decided``, how many contents
    """
    data = schema.validated(data_dict, schema.like_decisions(), context)
    found = [Version.get(id) for id in dict.fromkeys(data["version_ids"])]
    versions = [version for version in found if version and version.state != WITHDRAWN]
    if len(versions) != len(found):
        raise _replaced("version_ids")
    for version in versions:
        tk.check_access("rgpd_decide", context, {"resource_id": version.resource_id})
    latest = Decision.latest_of([version.id for version in versions])
    alike = {queue.likeness(v, latest[v.id]) for v in versions if v.id in latest}
    if len(alike) != 1 or len(latest) != len(versions):
        message = tk._("These files are not alike: decide on each of them.")
        raise tk.ValidationError({"version_ids": [message]})
    _review(versions, data, acting_user_id(context), "version_ids")
    return {"decided": len(versions)}


def _review(versions: list[Version], data: Data, user_id: str, field: str) -> None:
    """The decision on all of these contents; ``field`` is where a refusal of it is told."""
    ids = [version.id for version in versions]
    try:
        decisions.review(ids, data["decision"] == "release", data["reason"], user_id)
    except decisions.ReplacedError as error:
        raise _replaced(field) from error


def _replaced(field: str) -> tk.ValidationError:
    message = tk._("A file was replaced meanwhile. Look at it again before you decide.")
    return tk.ValidationError({field: [message]})


def _remember(version: Version, data: Data, user_id: str) -> None:
    """What the reviewer says is not personal, in the transaction of the decision."""
    places = [(item["entity_type"], item["column"]) for item in data.get("not_personal") or []]
    judgements.remember(version, places, data["reason"], user_id, pattern=data["pattern"])


def versions_meant(data: Data) -> list[Version]:
    """The contents that a resource holds, or the one that is named and stands still."""
    current = Version.current(data["resource_id"])
    meant = data.get("version_id")
    if not meant:
        return current
    found = [version for version in current if version.id == meant]
    if not found:
        message = tk._("This file was replaced meanwhile. Look at the new one before you answer.")
        raise tk.ValidationError({"version_id": [message]})
    return found


def refuse_late(version: Version) -> None:
    """Answers come before the end: not once a content is out, nor once a reviewer refused it."""
    if version.state == RELEASED:
        message = tk._("This file is published already.")
        raise tk.ValidationError({"answers": [message]})
    refuse_refused(version)


def refuse_refused(version: Version) -> None:
    """No answers about a content that a reviewer refused."""
    if decisions.refused(version):
        message = tk._(
            "The data protection officer has refused this file. Send another file, "
            "or ask the officer to look at it again."
        )
        raise tk.ValidationError({"answers": [message]})
    if decisions.blocked(version):
        message = tk._(
            "Your answers make the law refuse this file: only the data protection officer may "
            "lift that, with a written reason. Send another file, or wait for the decision."
        )
        raise tk.ValidationError({"answers": [message]})


def _merged(before: Data, given: Data) -> Data:
    """The answers after this change, each one checked; reviewers' fields are not answers."""
    own = legal.reviewer_fields()
    kept = {key: value for key, value in {**before, **given}.items() if key not in own}
    try:
        return dict(legal.validate(kept).answers)
    except core_errors.InvalidAnswer as error:
        message = tk._("This answer is not one of the possible ones.")
        raise tk.ValidationError({error.field: [message]}) from error


def acting_user_id(context: Context) -> str:
    """The id of the user in whose name an action runs."""
    user = ckan_model.User.get(context["user"])
    return user.id if user else ""
