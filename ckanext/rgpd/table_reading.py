"""Reads a DataStore table: whole the first time, then the rows that were added."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import ckan.model as ckan_model
from sqlalchemy.exc import SQLAlchemyError

from ckanext.rgpd import datastore, row_changes, versions
from ckanext.rgpd.core import join, scan, types
from ckanext.rgpd.model import Report, Version
from ckanext.rgpd.model.version import DATASTORE, PENDING, RELEASED, SCANNING

log = logging.getLogger(__name__)

Scan = Callable[[Path, str], types.Report]


def read(version: Version, scan_file: Scan) -> types.Report | None:
    """The report on a table as it is now; none where there is no table.

    Where the rows that were there are released, only those added since are read. The rows
    count as read once the session's next transaction, which decides on them, is committed.
    """
    changes = row_changes.take(version.resource_id)
    if changes is None:
        return None
    base = _released_report(version)
    if base is None:
        changes = replace(changes, ranges=None)
    rows, report = 0, base
    if changes.ranges != ():
        with datastore.export(version.resource_id, changes) as exported:
            report, rows = scan_file(exported.path, version.filename or ""), exported.rows
        if base and changes.ranges is not None:
            report = join.join(base, report)
    how = "all" if changes.ranges is None else "added"
    log.info("Table %s: %d rows read (%s).", version.resource_id, rows, how)
    versions.later(versions.TO_MARK_READ, (changes, rows))
    return report


@contextmanager
def whole(resource_id: str) -> Iterator[Path]:
    """A table as a file, all of its rows; raises ``LookupError`` where there is no table."""
    changes = row_changes.take(resource_id)
    if changes is None:
        raise LookupError(resource_id)
    with datastore.export(resource_id, replace(changes, ranges=None)) as exported:
        yield exported.path


def mark_read(changes: row_changes.Changes, rows: int) -> None:
    """The rows were read and decided on; if this cannot be written, they are read again."""
    try:
        row_changes.done(changes, rows)
    except SQLAlchemyError as error:
        log.error("Rows of table %s stay unread (%s).", changes.oid, type(error).__name__)


def take_up() -> list[str]:
    """Have read what changed past every action; gives the new versions, committed."""
    new = []
    for name in row_changes.unread_tables():
        resource = ckan_model.Resource.get(name)
        if resource and resource.state == "active" and not _waits(name):
            new.append(versions.record_rows(name).id)
    ckan_model.Session.commit()
    return new


def _waits(resource_id: str) -> bool:
    states = [v.state for v in Version.current(resource_id) if v.kind == DATASTORE]
    return PENDING in states or SCANNING in states


def _released_report(version: Version) -> types.Report | None:
    """What is known of the rows that were there, if it stands and was found by today's rules."""
    current = Version.current(version.resource_id)
    released = [v for v in current if v.kind == DATASTORE and v.state == RELEASED]
    row = Report.get(released[-1].report_id) if released else None
    if row is None or row.rules_version != scan.rules_version() or not row.value.complete:
        return None
    return row.value
