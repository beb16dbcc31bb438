"""What readers ask of a database: one message there, and one back.

A session looks whether its connection stands, begins a transaction, asks and rolls back, and
SQLAlchemy prepares each question and each answer anew. That takes longer than the question, and
the gate asks on every page. So requests ask the driver itself, on connections that stay outside of
transactions; a cut one is noticed by the question. There each question is planned once, which
takes the database longer than to answer it. Jobs are forks and would connect for each.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections import deque
from typing import Any
from weakref import WeakKeyDictionary

import ckan.model as ckan_model
import psycopg2
from flask import has_request_context
from psycopg2.errors import DuplicatePreparedStatement, InvalidSqlStatementName
from sqlalchemy.engine import Engine

from ckanext.rgpd import once

Rows = list[tuple[Any, ...]]


def portal(question: str, values: dict[str, Any]) -> Rows:
    """The rows that the portal's database answers.

    A transaction that is under way may have written something: then it is asked in there, but in
    requests that only read.
    """
    session = ckan_model.Session()
    if once.reading() or (has_request_context() and not session.in_transaction()):
        return at_once(ckan_model.meta.engine, question, values)
    return _answer(session.connection().connection, question, values)


def at_once(engine: Engine, question: str, values: dict[str, Any]) -> Rows:
    """The rows that an engine's database answers, in no transaction."""
    if not has_request_context():
        with engine.connect() as lent:
            return _answer(lent.connection, question, values)
    idle = _idle(engine)
    try:
        line = idle.pop()
    except IndexError:
        line = _Line(engine)
    try:
        rows = line.ask(question, values)
    except psycopg2.Error:
        if not line.connection.closed:
            line.connection.close()
            raise
        idle.clear()  # the database was restarted: the others are cut as well
        line = _Line(engine)
        rows = line.ask(question, values)
    idle.append(line)
    return rows


def _answer(connection: Any, question: str, values: dict[str, Any]) -> Rows:
    cursor = connection.cursor()
    try:
        cursor.execute(question, values)
        return cursor.fetchall()
    finally:
        cursor.close()


class _Line:
    """A connection as an engine makes them, which is ours, and the questions it has planned."""

    def __init__(self, engine: Engine) -> None:
        lent = engine.raw_connection()
        connection: Any = lent.dbapi_connection
        lent.detach()
        connection.rollback()
        connection.autocommit = True
        self.connection = connection
        self.planned: set[str] = set()
        self.plans = True

    def ask(self, question: str, values: dict[str, Any]) -> Rows:
        if self.plans:
            try:
                return self._ask_planned(question, values)
            except (DuplicatePreparedStatement, InvalidSqlStatementName):
                # A pooler such as PgBouncer gives each question to another connection of its own.
                self.plans = False
        return _answer(self.connection, question, values)

    def _ask_planned(self, question: str, values: dict[str, Any]) -> Rows:
        name = _name(question)
        if name not in self.planned:
            numbered = question % {key: f"${number}" for number, key in enumerate(values, 1)}
            with self.connection.cursor() as cursor:
                # The plans do not hang on which resources are asked for.
                cursor.execute("SET plan_cache_mode = force_generic_plan")
                cursor.execute(f"PREPARE {name} AS {numbered}")
            self.planned.add(name)
        given = f"({', '.join(f'%({key})s' for key in values)})" if values else ""
        return _answer(self.connection, f"EXECUTE {name} {given}", values)


@functools.cache
def _name(question: str) -> str:
    return "rgpd_" + hashlib.sha256(question.encode()).hexdigest()[:16]


def _idle(engine: Engine) -> deque[_Line]:
    """An engine's lines that nobody uses now; those of a parent process are the parent's."""
    return _LINES.setdefault(engine, {}).setdefault(os.getpid(), deque())


#: By engine and process. They go with their engine: CKAN makes others when it is configured anew.
_LINES: WeakKeyDictionary[Engine, dict[int, deque[_Line]]] = WeakKeyDictionary()
