"""Which rows of the DataStore changed since they were read.

A trigger on each table notes them in the DataStore's own database, in the transaction that
changes them, whoever writes: an action, an engine that copies past every action (XLoader), or a
hand. The gate asks :func:`unread`, so a table is closed from its first changed row.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg2
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from ckanext.rgpd import asking

log = logging.getLogger(__name__)

# Names that begin with "_" are no resources to CKAN.
_PREPARE = """
CREATE TABLE IF NOT EXISTS _rgpd_change (
    id bigserial PRIMARY KEY, table_oid oid NOT NULL,
    low bigint NOT NULL, high bigint NOT NULL, added boolean NOT NULL);
CREATE INDEX IF NOT EXISTS _rgpd_change_table ON _rgpd_change (table_oid);
CREATE TABLE IF NOT EXISTS _rgpd_read (
    table_oid oid PRIMARY KEY, whole_rows bigint NOT NULL, added_rows bigint NOT NULL);
CREATE OR REPLACE FUNCTION _rgpd_note_rows() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE first bigint; last bigint;
BEGIN
    SELECT min(_id), max(_id) INTO first, last FROM changed_rows;
    IF first IS NULL THEN RETURN NULL; END IF;
    UPDATE _rgpd_change SET low = least(low, first), high = greatest(high, last),
        id = nextval('_rgpd_change_id_seq')
        WHERE id = (SELECT max(id) FROM _rgpd_change WHERE table_oid = TG_RELID)
        AND added = (TG_OP = 'INSERT') AND first <= high + 1 AND last >= low - 1;
    IF NOT FOUND THEN
        INSERT INTO _rgpd_change (table_oid, low, high, added)
        VALUES (TG_RELID, first, last, TG_OP = 'INSERT');
    END IF;
    RETURN NULL;
END $body$;
"""

_WATCH = """
CREATE TRIGGER _rgpd_{event} AFTER {event} ON {table}
REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE PROCEDURE _rgpd_note_rows()
"""

_TABLES = """
SELECT c.relname, c.oid FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE '\\_%'
"""

_UNREAD = """
AND (NOT EXISTS (SELECT 1 FROM _rgpd_read r WHERE r.table_oid = c.oid)
  OR EXISTS (SELECT 1 FROM _rgpd_change x WHERE x.table_oid = c.oid))
"""

_UNREAD_OF = (
    """
SELECT c.relname FROM pg_class c
WHERE c.relname = ANY(%(ids)s::text[])
  AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
    + _UNREAD
)


@dataclass(frozen=True)
class Changes:
    """What is to be read of a table: ranges of ``_id``, or all of it (``ranges`` is none)."""

    oid: int
    marks: tuple[int, ...]
    ranges: tuple[tuple[int, int], ...] | None


def engine() -> Engine:
    """The DataStore's engine for writing."""
    from ckanext.datastore.backend.postgres import get_write_engine

    return get_write_engine()


def unread(resource_ids: Iterable[str]) -> set[str]:
    """Those of the resources whose table was not read, or changed since.

    A DataStore that cannot be asked has been read by nobody.
    """
    ids = list(resource_ids)
    if not ids:
        return set()
    try:
        return {table for (table,) in asking.at_once(engine(), _UNREAD_OF, {"ids": ids})}
    except (SQLAlchemyError, psycopg2.Error) as error:
        log.error("The DataStore does not say what was read (%s).", type(error).__name__)
        return set(ids)


def unread_tables() -> list[str]:
    """The names of all tables that were not read, or changed since."""
    with engine().begin() as connection:
        _prepare(connection)
        return [row.relname for row in connection.execute(sa.text(_TABLES + _UNREAD))]


def take(resource_id: str) -> Changes | None:
    """What is to be read of a resource's table now; none where there is no table.

    From then on every change to the table is noted.
    """
    with engine().begin() as connection:
        _prepare(connection)
        named = sa.text(_TABLES + "AND c.relname = :id")
        table = connection.execute(named, {"id": resource_id}).first()
        if table is None:
            return None
        _watch(connection, resource_id, table.oid)
    with engine().begin() as connection:
        changed = connection.execute(
            sa.text("SELECT * FROM _rgpd_change WHERE table_oid = :oid ORDER BY low"),
            {"oid": table.oid},
        ).all()
        read = connection.execute(
            sa.text("SELECT * FROM _rgpd_read WHERE table_oid = :oid"), {"oid": table.oid}
        ).first()
    marks = tuple(row.id for row in changed)
    ranges = tuple((row.low, row.high) for row in changed)
    only_added = all(row.added for row in changed)
    return Changes(table.oid, marks, ranges if _part_will_do(read, ranges, only_added) else None)


def _part_will_do(read: Any, ranges: tuple[tuple[int, int], ...], only_added: bool) -> bool:
    """Whether the rows that were there need no second reading.

    Rows that were changed in place may have been what made a finding, and a table that has
    doubled is judged as a whole again: so an added row is read twice at most, on the average.
    """
    if read is None or not only_added:
        return False
    new = sum(high - low + 1 for low, high in ranges)
    return bool(read.added_rows + new <= read.whole_rows)


def done(changes: Changes, rows: int) -> None:
    """Note that these changes were read, ``rows`` of them; what came since stays to be read."""
    with engine().begin() as connection:
        connection.execute(
            sa.text("DELETE FROM _rgpd_change WHERE id = ANY(:marks)"),
            {"marks": list(changes.marks)},
        )
        if changes.ranges is None:
            query = """INSERT INTO _rgpd_read VALUES (:oid, :rows, 0) ON CONFLICT (table_oid)
                DO UPDATE SET whole_rows = :rows, added_rows = 0"""
        else:
            query = "UPDATE _rgpd_read SET added_rows = added_rows + :rows WHERE table_oid = :oid"
        connection.execute(sa.text(query), {"oid": changes.oid, "rows": rows})


def _prepare(connection: Connection) -> None:
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(1380405076)"))
    connection.exec_driver_sql(_PREPARE)


def _watch(connection: Connection, resource_id: str, oid: int) -> None:
    """Two triggers, as PostgreSQL gives the changed rows for one kind of event at a time."""
    there = set(
        connection.scalars(
            sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = :oid"), {"oid": oid}
        )
    )
    table = connection.dialect.identifier_preparer.quote(resource_id)
    for event in ("insert", "update"):
        if f"_rgpd_{event}" not in there:
            connection.exec_driver_sql(_WATCH.format(event=event, table=table))
            connection.execute(
                sa.text("DELETE FROM _rgpd_read WHERE table_oid = :oid"), {"oid": oid}
            )
