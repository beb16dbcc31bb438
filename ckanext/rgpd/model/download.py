"""How often a released file that holds personal data was downloaded on each day."""

from __future__ import annotations

import datetime

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from ckanext.rgpd.model.columns import Base, column


class Download(Base):
    """The count of one content on one day, until the register has it."""

    __tablename__ = "rgpd_download"

    version_id: Mapped[str] = column(sa.UnicodeText, primary_key=True)
    day: Mapped[datetime.date] = column(sa.Date, primary_key=True)
    count: Mapped[int] = column(sa.BigInteger)

    @classmethod
    def count_one(cls, version_id: str, day: datetime.date) -> bool:
        """Count a download; says whether it is the content's first of that day."""
        row = insert(cls).values(version_id=version_id, day=day, count=1)
        row = row.on_conflict_do_update(
            index_elements=[cls.version_id, cls.day], set_={"count": cls.count + 1}
        )
        return bool(ckan_model.Session.execute(row.returning(cls.count)).scalar_one() == 1)

    @classmethod
    def take_before(cls, day: datetime.date) -> list[sa.Row]:
        """Take out the counts of the days before, oldest first."""
        query = sa.delete(cls).where(cls.day < day)
        taken = ckan_model.Session.execute(query.returning(cls.version_id, cls.day, cls.count))
        return sorted(taken, key=lambda row: (row.day, row.version_id))
