"""What goes with a released file that holds personal data: no search engine, and a daily count."""

from __future__ import annotations

import datetime

import ckan.model as ckan_model
from flask import Response, g, has_request_context, request

from ckanext.rgpd import compliance
from ckanext.rgpd.model import Download, RegisterLine, Version, standing
from ckanext.rgpd.model.standing import Standing
from ckanext.rgpd.model.version import DATASTORE, RELEASED, UPLOAD

#: Answers that hand out content: whole, or by leading to where the storage serves it.
GIVEN = (200, 302)
DUMP = "datastore.dump"


def served(version_id: str) -> None:
    """Say that the present request is answered with a released content."""
    if has_request_context():
        g.rgpd_served = version_id


def after(response: Response) -> Response:
    """Mark the pages, files and rows of a resource with personal data; count the downloads.

    Search engines index the names in them otherwise (legal.md R29).
    """
    resource_id = (request.view_args or {}).get("resource_id")
    if not resource_id or response.status_code >= 400:
        return response
    held = standing.of([resource_id])[resource_id]
    personal = [v for v in held if v.state == RELEASED and compliance.is_personal(v)]
    if personal:
        response.headers["X-Robots-Tag"] = "noindex"
    for version in personal:
        if _hands_out(version, response):
            _count(version.id, datetime.datetime.now(datetime.timezone.utc).date())
    return response


def close_days(today: datetime.date) -> int:
    """Write the counts of the days before into the register, a line each; says how many."""
    taken = Download.take_before(today)
    for row in taken:
        version = Version.get(row.version_id)
        RegisterLine.append(
            "download",
            package_id=version.package_id if version else None,
            resource_id=version.resource_id if version else None,
            version_id=row.version_id,
            details={"day": row.day.isoformat(), "count": row.count},
        )
    ckan_model.Session.commit()
    return len(taken)


def _hands_out(version: Standing, response: Response) -> bool:
    if request.method != "GET":
        return False
    if version.kind == DATASTORE:
        return request.endpoint == DUMP and response.status_code in GIVEN
    begins = response.status_code == 206 and request.range and request.range.ranges[0][0] == 0
    whole = response.status_code in GIVEN or begins
    return bool(version.kind == UPLOAD and g.get("rgpd_served") == version.id and whole)


def _count(version_id: str, day: datetime.date) -> None:
    """Count; the first download of a day also closes the days before."""
    first = Download.count_one(version_id, day)
    ckan_model.Session.commit()
    if first:
        close_days(day)
