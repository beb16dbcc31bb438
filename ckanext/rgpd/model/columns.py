"""Column types that several tables share."""

from __future__ import annotations

import datetime
import uuid

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

#: Base of the extension's tables.
Base = tk.BaseModel


def utcnow() -> datetime.datetime:
    """Now, in UTC without a zone, as CKAN stores times."""
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def make_id() -> str:
    """A new random identifier."""
    return str(uuid.uuid4())


def primary_key() -> Mapped[str]:
    """A column for a random identifier."""
    return mapped_column(sa.UnicodeText, primary_key=True, default=make_id)


def created() -> Mapped[datetime.datetime]:
    """A column that says when the row was written."""
    return mapped_column(sa.DateTime, nullable=False, default=utcnow)
