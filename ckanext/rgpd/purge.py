"""What nobody needs any more goes: bytes, tables and reports. A tombstone and the register stay."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa

from ckanext.rgpd import config, datastore, escrow_storage, versions
from ckanext.rgpd.model import Decision, RegisterLine, Report, Version
from ckanext.rgpd.model.columns import utcnow
from ckanext.rgpd.model.decision import REVIEWER
from ckanext.rgpd.model.version import HELD, WITHDRAWN

#: Bytes younger than this may belong to an upload that is being written, or to a refused form.
YOUNG = 24 * 3600


def purge(today: datetime.date) -> int:
    """Erase what was replaced, removed or refused for as many days as kept; says how many.

    What belonged to a purged dataset goes at once. Running it again goes on where it stopped.
    """
    _withdraw_orphans()
    before = datetime.datetime.combine(today, datetime.time.min)
    before -= datetime.timedelta(days=config.keep_days())
    ended = _ended_before(before)
    for version in ended:
        _erase(version)
    ckan_model.Session.commit()
    _remove_reports()
    _remove_bytes({version.sha256 for version in ended if version.sha256})
    return len(ended)


def erase_examples(resource_id: str, user_id: str | None) -> int:
    """Take the masked examples out of every report on a resource's contents; says how many."""
    query = sa.select(Version).where(Version.resource_id == resource_id)
    found = list(ckan_model.Session.scalars(query))
    ids = {version.report_id for version in found if version.report_id}
    for id in ids:
        report = Report.get(id)
        if report:
            findings = [{**f, "examples_masked": []} for f in report.content["findings"]]
            report.content = {**report.content, "findings": findings}
    if found:
        _register(found[-1], "examples", user_id)
    ckan_model.Session.commit()
    return len(ids)


def _withdraw_orphans() -> None:
    """A purge of a dataset or organisation calls no hook: its resources are simply gone."""
    query = sa.select(Version.resource_id).where(
        Version.state != WITHDRAWN, Version.resource_id.notin_(sa.select(ckan_model.Resource.id))
    )
    for id in set(ckan_model.Session.scalars(query)):
        versions.withdraw(id)
        _drop_table(id)
    ckan_model.Session.commit()


def _ended_before(moment: datetime.datetime) -> list[Version]:
    """What was withdrawn or refused before, or belongs to no resource, and still is there."""
    withdrawn = sa.select(RegisterLine.version_id).where(
        RegisterLine.event == "withdraw", RegisterLine.at < moment
    )
    gone = Version.resource_id.notin_(sa.select(ckan_model.Resource.id))
    refused = sa.select(Decision.version_id).where(
        Decision.decided_by == REVIEWER, Decision.created < moment
    )
    over = sa.or_(
        sa.and_(Version.state == WITHDRAWN, sa.or_(Version.id.in_(withdrawn), gone)),
        sa.and_(Version.state == HELD, Version.id.in_(refused)),
    )
    found = list(
        ckan_model.Session.scalars(sa.select(Version).where(Version.erased.is_(None), over))
    )
    latest = Decision.latest_of([version.id for version in found])
    return [v for v in found if v.state == WITHDRAWN or latest[v.id].decided_by == REVIEWER]


def _erase(version: Version) -> None:
    """Leave a tombstone: which content of which resource it was, and no name or address."""
    if version.state == HELD:
        versions.withdraw(version.resource_id, kind=version.kind)
    version.erased, version.filename, version.url = utcnow(), None, None
    _register(version, "content", None)


def _register(version: Version, what: str, user_id: str | None) -> None:
    version.note(
        "erasure",
        user_id=user_id,
        details={"what": what, "sha256": version.sha256},
    )


def _remove_reports() -> None:
    """The reports that only erased contents had."""
    needed = sa.select(Version.report_id).where(
        Version.erased.is_(None), Version.report_id.is_not(None)
    )
    erased = sa.select(Version.report_id).where(Version.erased.is_not(None))
    query = sa.delete(Report).where(Report.id.in_(erased), Report.id.notin_(needed))
    ckan_model.Session.execute(query.execution_options(synchronize_session=False))
    ckan_model.Session.commit()


def _remove_bytes(erased: set[str]) -> None:
    """Files of the escrow that no content names: erased ones, and leftovers of broken writes.

    Of a bucket, what was just erased: nobody can tell there what is being written.
    """
    query = sa.select(Version.sha256).where(Version.erased.is_(None), Version.sha256.is_not(None))
    needed = set(ckan_model.Session.scalars(query))
    storage = escrow_storage.named()
    for sha256 in erased - needed if storage else ():
        escrow_storage.remove(storage, sha256)
    old = time.time() - YOUNG
    for file in _files():
        if file.name not in needed and file.stat().st_mtime < old:
            file.unlink(missing_ok=True)


def _files() -> list[Path]:
    folder = config.escrow_path()
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []


def _drop_table(resource_id: str) -> None:
    if not datastore.loaded():
        return
    try:
        tk.get_action("datastore_delete")(
            {"ignore_auth": True, "user": ""}, {"resource_id": resource_id, "force": True}
        )
    except (tk.ObjectNotFound, tk.ValidationError):
        return  # there was none
