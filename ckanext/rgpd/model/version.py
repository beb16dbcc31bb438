"""File versions: one content of one resource, and where it stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from ckanext.rgpd import asking, once
from ckanext.rgpd.model.columns import Base, column, created, primary_key, serial
from ckanext.rgpd.model.register import RegisterLine

# What is released.
UPLOAD = "upload"
LINK = "link"
DATASTORE = "datastore"

# Where it stands. Only RELEASED lets anything out.
PENDING = "pending"
SCANNING = "scanning"
HELD = "held"
RELEASED = "released"
WITHDRAWN = "withdrawn"

_RELEASED_OF = """
SELECT resource_id, bool_or(kind = %(rows)s) FROM rgpd_version
WHERE resource_id = ANY(%(ids)s::text[]) AND state <> %(withdrawn)s
GROUP BY resource_id HAVING bool_and(state = %(released)s)
"""


class Version(Base):
    """One content of one resource. Rows are never deleted: a withdrawn one is a tombstone."""

    __tablename__ = "rgpd_version"

    id: Mapped[str] = primary_key()
    serial: Mapped[int] = serial()
    resource_id: Mapped[str] = column(sa.UnicodeText, index=True)
    package_id: Mapped[str] = column(sa.UnicodeText, index=True)
    kind: Mapped[str] = column(sa.UnicodeText)
    sha256: Mapped[str | None] = column(sa.UnicodeText, index=True, nullable=True)
    size: Mapped[int | None] = column(sa.BigInteger, nullable=True)
    filename: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    url: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    state: Mapped[str] = column(sa.UnicodeText, default=PENDING, index=True)
    outcome: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    report_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    user_id: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    attempts: Mapped[int] = column(sa.Integer, default=0)
    progress: Mapped[int] = column(sa.Integer, default=0)
    bytes_done: Mapped[int] = column(sa.BigInteger, default=0)
    rows_done: Mapped[int] = column(sa.BigInteger, default=0)
    started: Mapped[datetime.datetime | None] = column(sa.DateTime, nullable=True)
    job: Mapped[str | None] = column(sa.UnicodeText, nullable=True)
    erased: Mapped[datetime.datetime | None] = column(sa.DateTime, nullable=True)
    #: What everyone is shown of what it was decided on: see ``standing.note``.
    evidence: Mapped[dict[str, Any] | None] = column(JSONB(none_as_null=True), nullable=True)
    created: Mapped[datetime.datetime] = created()

    @classmethod
    def get(cls, id: str) -> Version | None:
        """The version of that id."""
        return ckan_model.Session.get(cls, id)

    @classmethod
    def lock(cls, id: str) -> Version | None:
        """The version of that id, held against other writers until the transaction ends."""
        return ckan_model.Session.get(cls, id, with_for_update=True, populate_existing=True)

    @classmethod
    def current_of(cls, resource_ids: Iterable[str]) -> dict[str, list[Version]]:
        """For each resource what it holds now: the versions that were not withdrawn."""
        ids = list(resource_ids)
        known = once.kept("versions")
        asked = [id for id in ids if id not in known]
        if asked:
            known.update((id, []) for id in asked)
            query = sa.select(cls).where(cls.resource_id.in_(asked), cls.state != WITHDRAWN)
            for version in ckan_model.Session.scalars(query.order_by(cls.serial)):
                known[version.resource_id].append(version)
        return {id: list(known[id]) for id in ids}

    @classmethod
    def released(cls, resource_ids: Iterable[str]) -> dict[str, bool]:
        """Those of the resources that hold something and of which everything is released.

        With each, whether rows of the DataStore are among it.
        """
        ids = list(resource_ids)
        if not ids:
            return {}
        values = {"ids": ids, "withdrawn": WITHDRAWN, "released": RELEASED, "rows": DATASTORE}
        return dict(asking.portal(_RELEASED_OF, values))

    @classmethod
    def current(cls, resource_id: str) -> list[Version]:
        """What one resource holds now."""
        return cls.current_of([resource_id])[resource_id]

    @classmethod
    def of_package(cls, package_id: str) -> list[Version]:
        """What the resources of a dataset hold now, and held when they were removed."""
        query = sa.select(cls).where(cls.package_id == package_id, cls.state != WITHDRAWN)
        return list(ckan_model.Session.scalars(query))

    def note(self, event: str, **fields: Any) -> None:
        """Add a line on this content to the register; ``fields`` are its other columns."""
        RegisterLine.append(
            event,
            package_id=self.package_id,
            resource_id=self.resource_id,
            version_id=self.id,
            **fields,
        )
