"""Column types that several tables share."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa

#: Base of the extension's tables.
Base = tk.BaseModel


def utcnow() -> datetime.datetime:
    """Now, in UTC without a zone, as CKAN stores times."""
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def make_id() -> str:
    """A new random identifier."""
    return str(uuid.uuid4())


def column(kind: Any, *rules: Any, **options: Any) -> Any:
    """A column; what it gives is said by its ``Mapped`` annotation.

    SQLAlchemy 1.4, which CKAN 2.11 pins, has no ``mapped_column``.
    """
    options.setdefault("nullable", False)
    return sa.Column(kind, *rules, **options)


def primary_key() -> Any:
    """A column for a random identifier."""
    return column(sa.UnicodeText, primary_key=True, default=make_id)


def serial() -> Any:
    """A column that says in which order rows were written."""
    return column(sa.BigInteger, sa.Identity(), unique=True)


def created() -> Any:
    """A column that says when the row was written."""
    return column(sa.DateTime, default=utcnow)
