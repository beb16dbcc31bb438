"""What readers ask of a database: one message there, and one back.

A session looks whether its connection stands, begins a transaction, asks and rolls back, and
SQLAlchemy prepares each question and each answer anew. That takes longer than the question, and
the gate asks on every page. So requests ask the driver itself, on connections that stay outside of
transactions; a cut one is noticed by the question. Jobs are forks and would connect for each.
"""

from __future__ import annotations

import functools
import os
from collections import deque
from typing import Any

import ckan.model as ckan_model
import psycopg2
from flask import has_request_context
from sqlalchemy.engine import Engine

Rows = list[tuple[Any, ...]]


def portal(question: str, values: dict[str, Any]) -> Rows:
    """The rows that the portal's database answers.

    A transaction that is under way may have written something: then it is asked in there.
    """
    session = ckan_model.Session()
    if session.in_transaction() or not has_request_context():
        return _answer(session.connection().connection, question, values)
    return at_once(ckan_model.meta.engine, question, values)


def at_once(engine: Engine, question: str, values: dict[str, Any]) -> Rows:
    """The rows that an engine's database answers, in no transaction."""
    if not has_request_context():
        with engine.connect() as lent:
            return _answer(lent.connection, question, values)
    idle = _idle(engine, os.getpid())
    try:
        connection = idle.pop()
    except IndexError:
        connection = _connect(engine)
    try:
        rows = _answer(connection, question, values)
    except psycopg2.Error:
        if not connection.closed:
            connection.close()
            raise
        idle.clear()  # the database was restarted: the others are cut as well
        connection = _connect(engine)
        rows = _answer(connection, question, values)
    idle.append(connection)
    return rows


def _answer(connection: Any, question: str, values: dict[str, Any]) -> Rows:
    cursor = connection.cursor()
    try:
        cursor.execute(question, values)
        return cursor.fetchall()
    finally:
        cursor.close()


def _connect(engine: Engine) -> Any:
    """A connection as the engine makes them, which is ours from now on."""
    lent = engine.raw_connection()
    connection: Any = lent.dbapi_connection
    lent.detach()
    connection.rollback()
    connection.autocommit = True
    return connection


@functools.cache
def _idle(_engine: Engine, _process: int) -> deque[Any]:
    """The connections that nobody uses now; those of a parent process are the parent's."""
    return deque()
