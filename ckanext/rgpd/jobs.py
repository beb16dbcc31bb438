"""Scans in the background: what is committed is queued, read, and decided.

The worker forks for each job, and the job for the reading (:mod:`ckanext.rgpd.reading`): a file
that goes past a limit stops neither. Both forks share the language model that the worker loaded.

A version that no job finishes stays closed. Job arguments are identifiers only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import Any

import ckan.lib.jobs as ckan_jobs
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import rq
import sqlalchemy as sa
from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException
from sqlalchemy import event
from sqlalchemy.orm import Session

from ckanext.rgpd import (
    anonymisation,
    answers,
    config,
    datastore,
    decisions,
    escrow,
    once,
    outbox,
    reading,
    table_reading,
    versions,
)
from ckanext.rgpd.core import scan, types
from ckanext.rgpd.core.anonymise import Measured
from ckanext.rgpd.model import Anonymisation, Report, Version, standing
from ckanext.rgpd.model.columns import make_id
from ckanext.rgpd.model.version import PENDING, SCANNING

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
POLL_SECONDS = 0.1
#: What a job has beside its scan, to hash what was not read and to decide.
_REST_SECONDS = 300


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
        requeue_if_possible()

    def handle_job_failure(self, *args: Any, **kwargs: Any) -> None:
        """A job that ended badly, killed for instance: what it had taken waits again at once."""
        super().handle_job_failure(*args, **kwargs)
        requeue_if_possible()

    def main_work_horse(self, job: Any, queue: Any) -> None:
        """Start the job at once: the fork already has CKAN's environment."""
        rq.Worker.main_work_horse(self, job, queue)


def listen() -> None:
    """Queue scans and withdraw bytes whenever a transaction has really been committed."""
    if not event.contains(ckan_model.Session, "after_commit", _after_commit):
        event.listen(ckan_model.Session, "after_commit", _after_commit)
        event.listen(ckan_model.Session, "after_commit", once.forget)
        event.listen(ckan_model.Session, "after_rollback", once.forget)


def _after_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: the transaction can still be undone
    for resource_id in session.info.pop(versions.TO_TAKE_OUT, []):
        _take_out(resource_id)
    for changes, rows in session.info.pop(versions.TO_MARK_READ, []):
        table_reading.mark_read(changes, rows)
    for version_id, lane in session.info.pop(versions.TO_SCAN, []):
        _enqueue_ticket(version_id, lane)
        session.info.setdefault(versions.STARTED, []).append(version_id)


def _take_out(resource_id: str) -> None:
    """The write is done by now: a storage that fails cannot undo it, and the gate is shut."""
    try:
        escrow.withdraw(resource_id)
    except OSError as error:
        log.error("Bytes of %s not taken out (%s).", resource_id, type(error).__name__)


def enqueue_version(version_id: str) -> None:
    """Queue the scan of a version; without Redis it stays pending, and closed."""
    version = Version.get(version_id)
    if version:
        _enqueue_ticket(version_id, outbox.lane(version))


def _enqueue_ticket(version_id: str, lane: str) -> None:
    """Wake a worker once for this version; it reads the one whose turn it then is."""
    enqueue(scan_next, lane, job_id=version_id, lane=lane)


def enqueue_content(sha256: str, filename: str) -> None:
    """Queue the scan of bytes in the escrow that belong to no resource yet."""
    enqueue(scan_content, sha256, filename)


def enqueue(job: Any, *args: str, job_id: str | None = None, lane: str = outbox.SMALL) -> None:
    """Queue a job of ours; without Redis nothing happens, and the next sweep tries again."""
    try:
        tk.enqueue_job(
            job,
            list(args),
            title=f"rgpd {job.__name__}",
            queue=lane,
            rq_kwargs={
                "job_id": job_id,
                "timeout": config.links_bounds().seconds + config.scan_timeout() + _REST_SECONDS,
                "failure_ttl": 3600,
            },
        )
    except (RedisError, OSError) as error:
        log.error("Job not queued (%s); the next sweep does it.", type(error).__name__)


def requeue() -> int:
    """Queue what waits and is in no queue, what a dead job had taken included; says how many."""
    if datastore.loaded():
        table_reading.take_up()
    queued, running = _job_ids()
    outbox.give_back(running)
    lost = {id: lane for id, lane in outbox.waiting().items() if id not in queued | running}
    for version_id, lane in lost.items():
        _enqueue_ticket(version_id, lane)
    for id in Anonymisation.unmeasured():
        if measuring_job(id) not in queued | running:
            enqueue_measuring(id)
    ckan_model.Session.remove()
    return len(lost)


def requeue_if_possible() -> None:
    """As :func:`requeue`; a worker outlives a database or a Redis that does not answer."""
    try:
        requeue()
    except (RedisError, OSError, sa.exc.OperationalError) as error:
        log.error("Nothing queued again (%s).", type(error).__name__)
        ckan_model.Session.remove()


def _job_ids() -> tuple[set[str], set[str]]:
    """The jobs that wait in the lanes, and those that a living worker has."""
    queues = [ckan_jobs.get_queue(lane) for lane in outbox.LANES]
    queued = {id for queue in queues for id in queue.get_job_ids()}
    return queued, {id for queue in queues for id in queue.started_job_registry.get_job_ids()}


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
    while not (report := reading.known(sha256, filename)) and time.monotonic() < until:
        ckan_model.Session.commit()
        time.sleep(POLL_SECONDS)
    return report


def scan_next(lane: str) -> None:
    """Read the version whose turn it is in a lane."""
    job = _job_id()
    version = outbox.take_next(lane, job)
    if version:
        _scan(version, job)


def scan_version(version_id: str) -> None:
    """Read a version whole and decide on it. Running it twice gives the same result."""
    job = _job_id()
    version = outbox.take(version_id, job)
    if version:
        _scan(version, job)


def _job_id() -> str:
    """The id of the job that runs, or a new one outside of a worker."""
    job = rq.get_current_job(connection=connect_to_redis())
    return job.id if job else make_id()


def _scan(version: Version, job: str) -> None:
    version_id = version.id
    try:
        report = _failure(version_id, None) if _tried_enough(version) else reading.read(version)
        _settle(version_id, job, report)
    except Exception as error:  # noqa: BLE001 - the job's edge: whatever failed, it stays closed
        log.error("Scan of version %s failed: %s", version_id, type(error).__name__)
        ckan_model.Session.rollback()
        _settle(version_id, job, _failure(version_id, error))


def _tried_enough(version: Version) -> bool:
    return version.attempts > MAX_ATTEMPTS


def _settle(version_id: str, job: str, report: Report) -> None:
    """Decide, unless the version is another job's by now, or nobody's any more."""
    if outbox.holds(version_id, job):
        decisions.settle(version_id, report)
    ckan_model.Session.commit()


def scan_content(sha256: str, filename: str) -> None:
    """Read bytes of the escrow; the report waits for whoever asks."""
    reading.read_content(sha256, filename)


def measure_anonymisation(id: str) -> None:
    """Measure the table of an anonymised version, then decide on it anew."""
    account = ckan_model.Session.get(Anonymisation, id)
    version = Version.get(account.version_id) if account else None
    if account is None or version is None or account.measured:
        return
    try:
        measured = reading.measure(version, *anonymisation.columns(account))
    except Exception as error:  # noqa: BLE001 - the job's edge: whatever failed, it stays closed
        log.error("Measuring of version %s failed: %s", version.id, type(error).__name__)
        ckan_model.Session.rollback()
        measured = Measured(problem="engine_error")
    account.measured = measured.as_dict()
    standing.note(version)
    ckan_model.Session.commit()
    if anonymisation.is_basis(answers.known(version)):
        decisions.settle(version.id)


def enqueue_measuring(id: str) -> None:
    """Queue the measuring of an anonymised version."""
    enqueue(measure_anonymisation, id, job_id=measuring_job(id))


def measuring_job(id: str) -> str:
    """The name of the job that measures an anonymised version."""
    return f"measure-{id}"


def _failure(version_id: str, error: BaseException | None) -> Report:
    problem = "timeout" if isinstance(error, JobTimeoutException) else "engine_error"
    version = ckan_model.Session.get(Version, version_id)
    return reading.unread(version, types.FAILED, problem)
