"""What reviewers judged not personal: to be read, and taken back."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import decisions, judgements
from ckanext.rgpd.logic import schema
from ckanext.rgpd.model import Judgement

__all__ = ["rgpd_judgement_list", "rgpd_judgement_revoke"]

Data = dict[str, Any]


@tk.side_effect_free
def rgpd_judgement_list(context: Context, data_dict: Data) -> Data:
    """What reviewers judged not personal and have not taken back, the newest first (reviewers).

    :param limit: how many at the most (100)
    :param offset: how many to leave out (0)
    :returns: ``count`` and ``results``, each with its ``column``, ``entity_type``, ``pattern``,
        ``user``, ``reason`` and ``created``
    """
    data = schema.validated(data_dict, schema.page(), context)
    tk.check_access("rgpd_review", context, data)
    rows = Judgement.standing()
    part = rows[data["offset"] : data["offset"] + data["limit"]]
    return {"count": len(rows), "results": [judgements.shown(row) for row in part]}


def rgpd_judgement_revoke(context: Context, data_dict: Data) -> Data:
    """Take a judgement back; what the rules had released by it closes at once (reviewers).

    What a reviewer released by a decision of their own stays released.

    :param id: the id of the judgement
    :returns: ``decided``, the number of contents that were decided on again
    """
    data = schema.validated(data_dict, schema.judgement(), context)
    tk.check_access("rgpd_review", context, data)
    row = Judgement.get(data["id"])
    if row is None or row.revoked:
        raise tk.ObjectNotFound(tk._("This judgement does not exist, or was revoked already."))
    user = ckan_model.User.get(context["user"])
    version_ids = judgements.revoke(row, user.id if user else "")
    ckan_model.Session.commit()
    for version_id in version_ids:
        decisions.settle(version_id, user_id=user.id if user else None)
    return {"decided": len(version_ids)}
