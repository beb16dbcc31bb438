"""What is remembered of a link from one look at it to the next."""

from __future__ import annotations

import datetime
from typing import ClassVar

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from ckanext.rgpd.model.columns import Base, column, utcnow


class LinkCheck(Base):
    """When the address of a link was last asked, and what its server said of the content."""

    __tablename__ = "rgpd_link_check"

    #: Headers that let a server say later that nothing changed, and how it is asked.
    HEADERS: ClassVar = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}

    version_id: Mapped[str] = column(sa.UnicodeText, primary_key=True)
    checked: Mapped[datetime.datetime] = column(sa.DateTime, default=utcnow, index=True)
    checks: Mapped[int] = column(sa.Integer, default=0)
    failures: Mapped[int] = column(sa.Integer, default=0)
    problem: Mapped[str] = column(sa.UnicodeText, default="")
    headers: Mapped[dict[str, str]] = column(JSONB, default=dict)

    @classmethod
    def of(cls, version_id: str) -> LinkCheck:
        """What is remembered of a link; a new row the first time."""
        row = ckan_model.Session.get(cls, version_id)
        if row is None:
            row = cls(version_id=version_id, checks=0, failures=0, problem="", headers={})
            ckan_model.Session.add(row)
        return row

    def remember(self, headers: dict[str, str], problem: str) -> None:
        """The address has just answered so."""
        self.headers = {name: value for name, value in headers.items() if value}
        self.problem = problem
        self.checks += 1
        self.failures = 0
        self.checked = utcnow()

    def conditions(self) -> dict[str, str]:
        """The headers of a request that wants an answer only if something changed."""
        return {
            asked: self.headers[name]
            for name, asked in self.HEADERS.items()
            if name in self.headers
        }
