"""The register: an append-only history, each line chained to the one before by a hash."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, declarative_base

from ckanext.rgpd.model.columns import column, utcnow

# One writer at a time, or two lines would be chained to the same one.
LOCK = 0x52475044

# Outside CKAN's own metadata: what empties or makes all of CKAN's tables leaves the register alone.
Base: Any = declarative_base(metadata=sa.MetaData())


class RegisterHead(Base):
    """The one row that says which line is the last: so one taken off the end is missed."""

    __tablename__ = "rgpd_register_head"

    id: Mapped[int] = column(sa.Integer, primary_key=True)
    number: Mapped[int] = column(sa.BigInteger)
    hash: Mapped[str] = column(sa.UnicodeText)

    @classmethod
    def read(cls) -> tuple[int, str]:
        """Number and hash of the last line; 0 and an empty text before the first one."""
        head = ckan_model.Session.execute(sa.select(cls.number, cls.hash)).first()
        return (head.number, head.hash) if head else (0, "")

    @classmethod
    def write(cls, number: int, line_hash: str) -> None:
        """Say which line is the last."""
        values = {"number": number, "hash": line_hash}
        row = insert(cls).values(id=1, **values)
        row = row.on_conflict_do_update(index_elements=[cls.id], set_=values)
        ckan_model.Session.execute(row)


class RegisterLine(Base):
    """One event. ``details`` holds ids, counts and codes, never a value that was read.

    The database lets nobody change, remove or truncate (see the migration).
    """

    __tablename__ = "rgpd_register"

    number: Mapped[int] = column(sa.BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime.datetime] = column(sa.DateTime)
    event: Mapped[str] = column(sa.UnicodeText)
    package_id: Mapped[str | None] = column(sa.UnicodeText, index=True, nullable=True)
    resource_id: Mapped[str | None] = column(sa.UnicodeText, index=True, nullable=True)
    version_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    user_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    details: Mapped[dict[str, Any]] = column(JSONB)
    previous: Mapped[str] = column(sa.UnicodeText)
    hash: Mapped[str] = column(sa.UnicodeText)

    def as_dict(self) -> dict[str, Any]:
        """The line as plain values."""
        values = {column.name: getattr(self, column.name) for column in self.__table__.columns}
        return {**values, "at": self.at.isoformat()}

    def compute_hash(self) -> str:
        """The SHA-256 of this line and of the hash of the one before."""
        content = [
            self.number,
            self.at.isoformat(),
            self.event,
            self.package_id,
            self.resource_id,
            self.version_id,
            self.user_id,
            self.details,
            self.previous,
        ]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def append(cls, event: str, **fields: Any) -> RegisterLine:
        """Add a line in the session's transaction; ``fields`` are the columns of this table."""
        session = ckan_model.Session
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        number, previous = RegisterHead.read()
        line = cls(
            number=number + 1,
            at=utcnow(),
            event=event,
            details=fields.pop("details", {}),
            previous=previous,
            **fields,
        )
        line.hash = line.compute_hash()
        session.add(line)
        session.flush()
        RegisterHead.write(line.number, line.hash)
        return line
