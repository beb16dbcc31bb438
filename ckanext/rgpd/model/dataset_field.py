"""The extension's dataset fields, where an update that does not name them cannot lose them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ckan.model as ckan_model
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from ckanext.rgpd import once
from ckanext.rgpd.model.columns import Base, column


class DatasetField(Base):
    """One field of one dataset."""

    __tablename__ = "rgpd_dataset_field"

    package_id: Mapped[str] = column(sa.UnicodeText, primary_key=True)
    name: Mapped[str] = column(sa.UnicodeText, primary_key=True)
    value: Mapped[str] = column(sa.UnicodeText)

    @classmethod
    def all_of(cls, package_id: str) -> dict[str, str]:
        """The fields of a dataset that hold something."""
        known = once.kept("fields")
        if package_id not in known:
            query = sa.select(cls.name, cls.value).filter_by(package_id=package_id)
            rows = ckan_model.Session.execute(query)
            known[package_id] = {row.name: row.value for row in rows}
        return dict(known[package_id])

    @classmethod
    def keep(cls, package_id: str, fields: dict[str, str]) -> None:
        """Note the fields of a dataset that were asked for together with something else."""
        once.kept("fields")[package_id] = fields

    @classmethod
    def used(cls, names: Iterable[str], organisations: Iterable[str]) -> dict[str, list[str]]:
        """What these fields hold in the datasets of these organisations, each value once."""
        package = ckan_model.Package
        query = (
            sa.select(cls.name, cls.value)
            .join(package, package.id == cls.package_id)
            .where(
                cls.name.in_(list(names)),
                package.owner_org.in_(list(organisations)),
                package.state == ckan_model.State.ACTIVE,
            )
            .distinct()
            .order_by(cls.name, cls.value)
        )
        found: dict[str, list[str]] = {}
        for row in ckan_model.Session.execute(query):
            found.setdefault(row.name, []).append(row.value)
        return found

    @classmethod
    def store(cls, package_id: str, fields: Mapping[str, str]) -> None:
        """Write the named fields (an empty text clears one); the others stay as they are."""
        for name, value in fields.items():
            if value:
                row = insert(cls).values(package_id=package_id, name=name, value=value)
                row = row.on_conflict_do_update(
                    index_elements=[cls.package_id, cls.name], set_={"value": value}
                )
                ckan_model.Session.execute(row)
            else:
                ckan_model.Session.execute(
                    sa.delete(cls).filter_by(package_id=package_id, name=name)
                )
