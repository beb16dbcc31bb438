"""Reviewers' "not personal", said of one kind of data in one column, and taken back or not."""

from __future__ import annotations

import datetime
from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from ckanext.rgpd.core import judgement
from ckanext.rgpd.core.look import Look
from ckanext.rgpd.model.columns import Base, column, created, primary_key, serial


class Judgement(Base):
    """One verdict; ``pattern`` makes it hold for alike columns of every resource."""

    __tablename__ = "rgpd_judgement"

    id: Mapped[str] = primary_key()
    serial: Mapped[int] = serial()
    resource_id: Mapped[str] = column(sa.UnicodeText, index=True)
    package_id: Mapped[str] = column(sa.UnicodeText)
    version_id: Mapped[str] = column(sa.UnicodeText)
    pattern: Mapped[bool] = column(sa.Boolean, default=False)
    filename: Mapped[str] = column(sa.UnicodeText)
    column_name: Mapped[str] = column(sa.UnicodeText)
    column_index: Mapped[int] = column(sa.Integer)
    look: Mapped[dict[str, Any]] = column(JSONB)
    user_id: Mapped[str] = column(sa.UnicodeText)
    reason: Mapped[str] = column(sa.UnicodeText)
    created: Mapped[datetime.datetime] = created()
    revoked: Mapped[datetime.datetime | None] = column(sa.DateTime, nullable=True)
    revoked_by: Mapped[str | None] = column(sa.UnicodeText, nullable=True)

    @classmethod
    def get(cls, id: str) -> Judgement | None:
        """The judgement of that id."""
        return ckan_model.Session.get(cls, id)

    @classmethod
    def about(cls, resource_id: str) -> list[Judgement]:
        """What may hold for a resource's columns: said of it, or of any; not what was revoked."""
        query = sa.select(cls).where(
            cls.revoked.is_(None), sa.or_(cls.resource_id == resource_id, cls.pattern)
        )
        return list(ckan_model.Session.scalars(query.order_by(cls.serial)))

    @classmethod
    def standing(cls) -> list[Judgement]:
        """All that were not revoked, the newest first."""
        query = sa.select(cls).where(cls.revoked.is_(None)).order_by(cls.serial.desc())
        return list(ckan_model.Session.scalars(query))

    @property
    def entity_type(self) -> str:
        """The kind of data that the verdict is about."""
        kind: str = self.look["entity_type"]
        return kind

    @property
    def value(self) -> judgement.Judgement:
        """The judgement as the core weighs it."""
        return judgement.Judgement(self.id, Look.from_dict(self.look), self.pattern)
