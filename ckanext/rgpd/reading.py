"""Reads bytes that wait, in a child process with limits, and keeps the reports."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.rgpd import config, escrow, links, table_reading
from ckanext.rgpd.core import scan, types
from ckanext.rgpd.core.anonymise import Measured
from ckanext.rgpd.core.sandbox import Bounds, Sandbox
from ckanext.rgpd.model import Report, Version
from ckanext.rgpd.model.columns import make_id, utcnow
from ckanext.rgpd.model.version import DATASTORE, LINK

#: Seconds between two notes of how far a reading is.
_PAUSE = 1.0


def read(version: Version) -> Report:
    """The report on a version: the one at hand, or that of a new scan."""
    if version.kind == LINK:
        return _read_link(version)
    if version.kind == DATASTORE:
        return _table(version)
    known = _whole(version.sha256 or "", version.filename or "")
    if known:
        return known
    with escrow.local(version.sha256 or "") as path:
        return _scan(path, version.filename or "", version.id)


def measure(version: Version, quasi: Sequence[str], sensitive: Sequence[str]) -> Measured:
    """The measures of a version's table on these columns."""
    filename = version.filename or ""
    with Sandbox(_bounds()) as sandbox:
        if version.kind == DATASTORE:
            with table_reading.whole(version.resource_id) as path:
                return sandbox.measure(path, filename, quasi, sensitive)
        if version.kind == LINK or not version.sha256:
            return Measured(problem="not_fetched")
        with escrow.local(version.sha256) as path:
            return sandbox.measure(path, filename, quasi, sensitive)


def read_content(sha256: str, filename: str) -> None:
    """Read bytes of the escrow that belong to no version yet."""
    if not _whole(sha256, filename):
        with escrow.local(sha256) as path:
            _scan(path, filename)
        ckan_model.Session.commit()


def known(sha256: str, filename: str) -> Report | None:
    """The report on these bytes under the rules of today, whatever it says."""
    return Report.of_content(sha256, _suffix(filename), scan.rules_version())


def unread(version: Version, status: str, problem: str) -> Report:
    """The report that says that nothing was read of a version, and why."""
    report = types.Report(
        status=status,
        sha256=version.sha256 or f"unread:{version.id}",
        size=version.size or 0,
        rows=0,
        columns=(),
        findings=(),
        engine="",
        rules_version=scan.rules_version(),
        problem=problem,
    )
    return _store(report, _suffix(version.filename or ""))


def _read_link(version: Version) -> Report:
    with links.folder_file() as target:
        seen = links.read_into(version, target)
        if seen.problem:
            status = types.UNSUPPORTED if seen.problem == links.NOT_A_FILE else types.FAILED
            return unread(version, status, seen.problem)
        return _whole(version.sha256 or "", seen.filename) or _scan(
            Path(target.name), seen.filename, version.id
        )


def _table(version: Version) -> Report:
    report = table_reading.read(version, _report_on)
    if report is None:
        return unread(version, types.FAILED, "engine_error")
    version.sha256, version.size = report.sha256, report.size
    return _store(report, _suffix(version.filename or ""))


def _scan(path: Path, filename: str, version_id: str | None = None) -> Report:
    return _store(_report_on(path, filename, version_id), _suffix(filename))


def _report_on(path: Path, filename: str, version_id: str | None = None) -> types.Report:
    progress = _Progress(version_id) if version_id else None
    with Sandbox(_bounds()) as sandbox:
        return sandbox.scan(path, filename, progress)


def _bounds() -> Bounds:
    return Bounds(memory=config.scan_memory(), seconds=config.scan_timeout())


class _Progress:
    """Writes how much has been read (percent, bytes, rows), at most once a second."""

    def __init__(self, version_id: str) -> None:
        self.version_id, self.next_at = version_id, time.monotonic() + _PAUSE

    def __call__(self, done: int, total: int, rows: int) -> None:
        if total and time.monotonic() >= self.next_at:
            self.next_at = time.monotonic() + _PAUSE
            percent = min(99, 100 * done // total)
            values = {"progress": percent, "bytes_done": done, "rows_done": rows}
            query = sa.update(Version).where(Version.id == self.version_id).values(**values)
            ckan_model.Session.execute(query)
            ckan_model.Session.commit()


def _store(report: types.Report, suffix: str) -> Report:
    """Keep a report; one that another job wrote meanwhile says the same and is kept."""
    key = {"sha256": report.sha256, "suffix": suffix, "rules_version": report.rules_version}
    values = {"status": report.status, "content": report.as_dict(), "created": utcnow()}
    row = insert(Report).values(id=make_id(), **key, **values)
    row = row.on_conflict_do_update(index_elements=list(key), set_=values)
    id = ckan_model.Session.execute(row.returning(Report.id)).scalar_one()
    return ckan_model.Session.get(Report, id, populate_existing=True)


def _whole(sha256: str, filename: str) -> Report | None:
    """A whole report on these bytes; one that stopped half-way is worth another try."""
    report = known(sha256, filename)
    return report if report and report.status == types.COMPLETE else None


def _suffix(filename: str) -> str:
    return Path(filename).suffix.lower()
