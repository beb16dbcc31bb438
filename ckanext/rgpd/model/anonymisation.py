"""What was declared and measured of an anonymised content; rows are added, never changed."""

from __future__ import annotations

import datetime
from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from ckanext.rgpd.model.columns import Base, column, created, primary_key, serial
from ckanext.rgpd.model.version import RELEASED, WITHDRAWN, Version


class Anonymisation(Base):
    """A publisher's account of how one version was anonymised, and what the file then showed."""

    __tablename__ = "rgpd_anonymisation"

    id: Mapped[str] = primary_key()
    serial: Mapped[int] = serial()
    version_id: Mapped[str] = column(sa.UnicodeText, index=True)
    user_id: Mapped[str] = column(sa.UnicodeText)
    declared: Mapped[dict[str, str]] = column(JSONB)
    measured: Mapped[dict[str, Any] | None] = column(JSONB(none_as_null=True), nullable=True)
    created: Mapped[datetime.datetime] = created()

    @classmethod
    def unmeasured(cls) -> list[str]:
        """The accounts that name columns to measure, of versions that stand."""
        query = (
            sa.select(cls.id)
            .join(Version, cls.version_id == Version.id)
            .where(Version.state != WITHDRAWN, cls.measured.is_(None))
            .where(cls.declared.has_key("anon_quasi_identifiers"))
        )
        return list(ckan_model.Session.scalars(query))

    @classmethod
    def newest_of_released(cls) -> list[Anonymisation]:
        """The newest account of each version that is released."""
        query = (
            sa.select(cls)
            .join(Version, cls.version_id == Version.id)
            .where(Version.state == RELEASED)
            .distinct(cls.version_id)
            .order_by(cls.version_id, cls.serial.desc())
        )
        return list(ckan_model.Session.scalars(query))

    @classmethod
    def latest(cls, version_id: str) -> Anonymisation | None:
        """The newest account of a version."""
        query = sa.select(cls).filter_by(version_id=version_id).order_by(cls.serial.desc())
        return ckan_model.Session.scalars(query.limit(1)).first()
