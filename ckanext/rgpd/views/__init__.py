"""Pages: a resource's case, and the reviewers' queue."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user
from flask import Blueprint, Response, current_app
from werkzeug.exceptions import HTTPException

from ckanext.rgpd import cache, downloads, gate
from ckanext.rgpd.views import anonymisation, case, files, history, judgement, review

__all__ = ["rgpd"]

CASE = "/dataset/<id>/resource/<resource_id>/rgpd"
ACCOUNT = f"{CASE}/anonymisation"

rgpd = Blueprint("rgpd", __name__)
rgpd.add_url_rule("/rgpd/review", "review", review.queue)
rgpd.add_url_rule("/rgpd/review/decide", "decide_like", review.decide, methods=["POST"])
rgpd.add_url_rule("/rgpd/judgements", "judgements", judgement.listing)
rgpd.add_url_rule("/rgpd/judgements/<id>/revoke", "revoke", judgement.revoke, methods=["POST"])
rgpd.add_url_rule(CASE, "case", case.show)
rgpd.add_url_rule(f"{CASE}/status", "status", case.status)
rgpd.add_url_rule(f"{CASE}/declare", "declare", case.declare, methods=["POST"])
rgpd.add_url_rule(f"{CASE}/decide", "decide", case.decide, methods=["POST"])
rgpd.add_url_rule(f"{CASE}/rescan", "rescan", case.rescan, methods=["POST"])
rgpd.add_url_rule(ACCOUNT, "anonymisation", anonymisation.show)
rgpd.add_url_rule(ACCOUNT, "anonymisation_save", anonymisation.save, methods=["POST"])
rgpd.add_url_rule(f"{CASE}/methods", "methods", anonymisation.methods_page)
rgpd.add_url_rule(f"{CASE}/methods.md", "methods_markdown", anonymisation.methods_markdown)


rgpd.after_app_request(cache.apply)
rgpd.after_app_request(downloads.after)
rgpd.before_app_request(files.refuse_unread)
rgpd.before_app_request(history.refuse_strangers)


@rgpd.app_errorhandler(tk.NotAuthorized)
def refuse(error: tk.NotAuthorized) -> Any:
    """Some of CKAN's own pages let a refusal pass, which would be an error 500.

    Nobody catches what is raised in here, so CKAN's page of errors is asked for at once.
    """
    try:
        tk.abort(403, error.message)
    except HTTPException as refusal:
        return current_app.handle_user_exception(refusal)


@rgpd.after_app_request
def answer_reviewers_alone(response: Response) -> Response:
    """CKAN asks no permission of sysadmins, so the gate is not always asked either."""
    if tk.request.endpoint != "static" and gate.is_reviewer(getattr(current_user, "name", None)):
        cache.forbid()
    return response


@rgpd.before_request
def refuse_forged_forms() -> None:
    """Check that a form comes from our page: CKAN 2.11 leaves this out for extensions."""
    from ckan.config.middleware.flask_app import csrf

    if tk.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
