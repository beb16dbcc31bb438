"""Scan reports, one for each content and rule-set version. They hold no raw value."""

from __future__ import annotations

import datetime
from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from ckanext.rgpd.core import types
from ckanext.rgpd.model.columns import Base, column, created, primary_key


class Report(Base):
    """What a scan found in one content, read as one kind of file, under one rule set."""

    __tablename__ = "rgpd_report"
    __table_args__ = (sa.UniqueConstraint("sha256", "suffix", "rules_version"),)

    id: Mapped[str] = primary_key()
    sha256: Mapped[str] = column(sa.UnicodeText)
    suffix: Mapped[str] = column(sa.UnicodeText)
    rules_version: Mapped[str] = column(sa.UnicodeText)
    status: Mapped[str] = column(sa.UnicodeText)
    content: Mapped[dict[str, Any]] = column(JSONB)
    created: Mapped[datetime.datetime] = created()

    @classmethod
    def get(cls, id: str | None) -> Report | None:
        """The report of that id."""
        return ckan_model.Session.get(cls, id) if id else None

    @classmethod
    def of_content(cls, sha256: str, suffix: str, rules_version: str) -> Report | None:
        """The report on a content already read under these rules."""
        query = sa.select(cls).filter_by(sha256=sha256, suffix=suffix, rules_version=rules_version)
        return ckan_model.Session.scalars(query).first()

    @property
    def value(self) -> types.Report:
        """The report as the core wrote it."""
        return types.Report.from_dict(self.content)
