"""What publishers declared and what was decided; rows are added, never changed."""

from __future__ import annotations

import datetime
from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from ckanext.rgpd.model.columns import Base, column, created, primary_key, serial
from ckanext.rgpd.model.version import WITHDRAWN, Version

# Who decided.
AUTO = "auto"
PUBLISHER = "publisher"
REVIEWER = "dpo"


class _OfVersion:
    """Rows about versions, of which the newest counts."""

    @classmethod
    def latest_of(cls, version_ids: list[str]) -> dict[str, Any]:
        """The newest row about each version that has one."""
        if not version_ids:
            return {}
        rows: Any = cls
        query = (
            sa.select(rows)
            .where(rows.version_id.in_(version_ids))
            .distinct(rows.version_id)
            .order_by(rows.version_id, rows.serial.desc())
        )
        return {row.version_id: row for row in ckan_model.Session.scalars(query)}


class Declaration(_OfVersion, Base):
    """A publisher's answers about one version, as given."""

    __tablename__ = "rgpd_declaration"

    id: Mapped[str] = primary_key()
    serial: Mapped[int] = serial()
    version_id: Mapped[str] = column(sa.UnicodeText, index=True)
    user_id: Mapped[str] = column(sa.UnicodeText)
    answers: Mapped[dict[str, Any]] = column(JSONB)
    created: Mapped[datetime.datetime] = created()

    @classmethod
    def latest(cls, version_id: str) -> Declaration | None:
        """The newest answers about a version."""
        query = sa.select(cls).filter_by(version_id=version_id).order_by(cls.serial.desc())
        return ckan_model.Session.scalars(query.limit(1)).first()

    @classmethod
    def history(cls, version_id: str) -> list[Declaration]:
        """All answers about a version, oldest first."""
        query = sa.select(cls).filter_by(version_id=version_id).order_by(cls.serial)
        return list(ckan_model.Session.scalars(query))


class Decision(_OfVersion, Base):
    """An outcome with its reasons, computed or taken by a reviewer with a written reason."""

    __tablename__ = "rgpd_decision"

    id: Mapped[str] = primary_key()
    serial: Mapped[int] = serial()
    version_id: Mapped[str] = column(sa.UnicodeText, index=True)
    report_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    declaration_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    outcome: Mapped[str] = column(sa.UnicodeText)
    reasons: Mapped[list[dict[str, Any]]] = column(JSONB)
    basis: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    dpo_required: Mapped[bool] = column(sa.Boolean, default=False)
    decided_by: Mapped[str] = column(sa.UnicodeText)
    user_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    note: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    rules_version: Mapped[str] = column(sa.UnicodeText)
    created: Mapped[datetime.datetime] = created()

    @classmethod
    def history(cls, version_id: str) -> list[Decision]:
        """All decisions on a version, oldest first."""
        query = sa.select(cls).filter_by(version_id=version_id).order_by(cls.serial)
        return list(ckan_model.Session.scalars(query))

    @classmethod
    def resting_on(cls, code: str) -> list[Version]:
        """What stands now by the rules, and a reason of that code was among the last ones given."""
        query = (
            sa.select(Version)
            .join(cls, cls.version_id == Version.id)
            .where(Version.state != WITHDRAWN, cls.reasons.contains([{"code": code}]))
            .distinct()
        )
        found = list(ckan_model.Session.scalars(query))
        latest = cls.latest_of([version.id for version in found])
        return [v for v in found if latest[v.id].decided_by != REVIEWER]
