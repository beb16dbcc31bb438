"""Scans in the background: what is committed is queued, read in a forked worker, and decided.

A version that no job finishes stays closed. Job arguments are identifiers only.
"""

from __future__ import annotations

import logging
import resource as limits
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ckan.lib.jobs as ckan_jobs
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import rq
import sqlalchemy as sa
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.rgpd import config, datastore, decisions, escrow, versions
from ckanext.rgpd.core import scan, types
from ckanext.rgpd.model import Report, Version
from ckanext.rgpd.model.columns import make_id, utcnow
from ckanext.rgpd.model.version import DATASTORE, LINK, PENDING, SCANNING

log = logging.getLogger(__name__)

QUEUE = "rgpd"
MAX_ATTEMPTS = 3
POLL_SECONDS = 0.1


class Worker(ckan_jobs.Worker):
    """Loads the language model once; each job then runs in a fork that shares it."""

    def work(self, *args: Any, **kwargs: Any) -> bool:
        """Load the model, take up what was left unfinished, then work."""
        scan.preload()
        requeue()
        return super().work(*args, **kwargs)

    def run_maintenance_tasks(self) -> None:
        """Every few minutes, queue what never reached Redis, or was lost by it."""
        super().run_maintenance_tasks()
        requeue()

    def main_work_horse(self, job: Any, queue: Any) -> None:
        """Start the job at once: the fork already has CKAN's environment."""
        limits.setrlimit(limits.RLIMIT_AS, (config.scan_memory(), config.scan_memory()))
        rq.Worker.main_work_horse(self, job, queue)


def listen() -> None:
    """Queue scans and withdraw bytes whenever a transaction has really been committed."""
    if not event.contains(ckan_model.Session, "after_commit", _after_commit):
        event.listen(ckan_model.Session, "after_commit", _after_commit)


def _after_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: the transaction can still be undone
    for resource_id in session.info.pop(versions.TO_TAKE_OUT, []):
        _take_out(resource_id)
    for version_id in session.info.pop(versions.TO_SCAN, []):
        enqueue_version(version_id)
        session.info.setdefault(versions.STARTED, []).append(version_id)


def _take_out(resource_id: str) -> None:
    """The write is done by now: a storage that fails cannot undo it, and the gate is shut."""
    try:
        escrow.withdraw(resource_id)
    except OSError as error:
        log.error("Bytes of %s not taken out (%s).", resource_id, type(error).__name__)


def enqueue_version(version_id: str) -> None:
    """Queue the scan of a version; without Redis it stays pending, and closed."""
    _enqueue(scan_version, version_id, job_id=version_id)


def enqueue_content(sha256: str, filename: str) -> None:
    """Queue the scan of bytes in the escrow that belong to no resource yet."""
    _enqueue(scan_content, sha256, filename)


def _enqueue(job: Any, *args: str, job_id: str | None = None) -> None:
    try:
        tk.enqueue_job(
            job,
            list(args),
            title=f"rgpd {job.__name__}",
            queue=QUEUE,
            rq_kwargs={
                "job_id": job_id,
                "timeout": config.scan_timeout(),
                "failure_ttl": 3600,
            },
        )
    except (RedisError, OSError) as error:
        log.error("Scan not queued (%s); it stays pending.", type(error).__name__)


def requeue() -> int:
    """Queue what is pending, or was left in the middle of a scan, and is in no queue."""
    query = sa.select(Version.id).where(Version.state.in_((PENDING, SCANNING)))
    queue = ckan_jobs.get_queue(QUEUE)
    known = {*queue.get_job_ids(), *queue.started_job_registry.get_job_ids()}
    ids = set(ckan_model.Session.scalars(query)) - known
    for version_id in ids:
        enqueue_version(version_id)
    ckan_model.Session.remove()
    return len(ids)


def wait(version_ids: Iterable[str]) -> None:
    """Wait until the versions have been read, at most as long as the option says."""
    ids = list(version_ids)
    unread = sa.select(Version.id).where(
        Version.id.in_(ids), Version.state.in_((PENDING, SCANNING))
    )
    until = time.monotonic() + config.scan_wait()
    while ids and ckan_model.Session.execute(unread).first() and time.monotonic() < until:
        ckan_model.Session.commit()
        time.sleep(POLL_SECONDS)
    ckan_model.Session.commit()


def wait_for_content(sha256: str, filename: str) -> Report | None:
    """The report on bytes in the escrow, or none if it takes longer than the option says."""
    until = time.monotonic() + config.scan_wait()
    while not (report := _any_report(sha256, filename)) and time.monotonic() < until:
        ckan_model.Session.commit()
        time.sleep(POLL_SECONDS)
    return report


def scan_version(version_id: str) -> None:
    """Read a version whole and decide on it. Running it twice gives the same result."""
    version = _start(version_id)
    if version is None:
        return
    try:
        decisions.settle(version_id, _read(version))
    except Exception as error:  # noqa: BLE001 - the job's edge: whatever failed, it stays closed
        log.error("Scan of version %s failed: %s", version_id, type(error).__name__)
        ckan_model.Session.rollback()
        decisions.settle(version_id, _failure(version_id, error))


def scan_content(sha256: str, filename: str) -> None:
    """Read bytes of the escrow; the report waits for whoever asks."""
    if not _known(sha256, filename):
        _report_on_file(escrow.path(sha256), filename)
        ckan_model.Session.commit()


def _start(version_id: str) -> Version | None:
    """Take a version for scanning, unless it is settled or was tried too often."""
    taken = ckan_model.Session.execute(
        sa.update(Version)
        .where(
            Version.id == version_id,
            Version.state.in_((PENDING, SCANNING)),
            Version.attempts < MAX_ATTEMPTS,
        )
        .values(state=SCANNING, attempts=Version.attempts + 1)
    ).rowcount
    ckan_model.Session.commit()
    if taken:
        return Version.get(version_id)
    version = Version.get(version_id)
    if version and version.state in (PENDING, SCANNING):
        decisions.settle(version_id, _failure(version_id, None))
    return None


def _read(version: Version) -> Report:
    if version.kind == LINK:
        return _unread(version, types.UNSUPPORTED, "not_fetched")
    if version.kind == DATASTORE:
        with datastore.export(version.resource_id) as path:
            report = _report_on_file(path, version.filename or "")
        version.sha256, version.size = report.sha256, report.value.size
        return report
    return _known(version.sha256 or "", version.filename or "") or _report_on_file(
        escrow.path(version.sha256 or ""), version.filename or "", version.id
    )


def _report_on_file(path: Path, filename: str, version_id: str | None = None) -> Report:
    progress = _Progress(version_id) if version_id else None
    with path.open("rb") as file:
        report = scan.scan(file, filename, progress=progress)
    return _store(report, _suffix(filename))


class _Progress:
    """Writes how much has been read (percent), at most once a second."""

    def __init__(self, version_id: str) -> None:
        self.version_id, self.next_at = version_id, time.monotonic() + 1

    def __call__(self, done: int, total: int, _rows: int) -> None:
        if total and time.monotonic() >= self.next_at:
            self.next_at = time.monotonic() + 1
            values = {"progress": min(99, 100 * done // total)}
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


def _known(sha256: str, filename: str) -> Report | None:
    """A whole report on these bytes; one that stopped half-way is worth another try."""
    report = _any_report(sha256, filename)
    return report if report and report.status == types.COMPLETE else None


def _any_report(sha256: str, filename: str) -> Report | None:
    return Report.of_content(sha256, _suffix(filename), scan.RULES_VERSION)


def _failure(version_id: str, error: BaseException | None) -> Report:
    problem = "engine_error"
    if isinstance(error, JobTimeoutException):
        problem = "timeout"
    elif isinstance(error, MemoryError):
        problem = "too_large"
    return _unread(ckan_model.Session.get(Version, version_id), types.FAILED, problem)


def _unread(version: Version, status: str, problem: str) -> Report:
    """The report that says that nothing was read of a version, and why."""
    report = types.Report(
        status=status,
        sha256=version.sha256 or f"unread:{version.id}",
        size=version.size or 0,
        rows=0,
        columns=(),
        findings=(),
        engine="",
        rules_version=scan.RULES_VERSION,
        problem=problem,
    )
    return _store(report, _suffix(version.filename or ""))


def _suffix(filename: str) -> str:
    return Path(filename).suffix.lower()
