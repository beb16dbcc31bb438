"""Pages: a resource's case, and the reviewers' queue."""

from __future__ import annotations

from flask import Blueprint

from ckanext.rgpd.views import case, review

__all__ = ["rgpd"]

rgpd = Blueprint("rgpd", __name__)
rgpd.add_url_rule("/rgpd/review", "review", review.queue)
rgpd.add_url_rule("/dataset/<id>/resource/<resource_id>/rgpd", "case", case.show)
rgpd.add_url_rule("/dataset/<id>/resource/<resource_id>/rgpd/status", "status", case.status)
for name in ("declare", "decide", "rescan"):
    rgpd.add_url_rule(
        f"/dataset/<id>/resource/<resource_id>/rgpd/{name}",
        name,
        getattr(case, name),
        methods=["POST"],
    )
