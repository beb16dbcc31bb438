"""What CKAN took away since ckanext-validation 2.2.0 was released, so that its own code runs.

As released it says itself that it does not run on CKAN 2.11 and later, and it does not start there:
``Table.exists`` is gone from SQLAlchemy 2, and ``ALLOWED_UPLOAD_TYPES`` from CKAN. Portals run it
patched. This plugin, named before ``validation`` in ``ckan.plugins``, gives both back.
"""

from __future__ import annotations

from typing import Any

import ckan.lib.uploader as ckan_uploader
import ckan.model as ckan_model
import ckan.plugins as plugins
import sqlalchemy as sa
from ckanext.validation import model
from werkzeug.datastructures import FileStorage


def _create_tables() -> None:
    model.Validation.__table__.create(ckan_model.meta.engine, checkfirst=True)


def _tables_exist() -> bool:
    engine: Any = ckan_model.meta.engine
    return engine is not None and bool(sa.inspect(engine).has_table("validation"))


ckan_uploader.ALLOWED_UPLOAD_TYPES = (FileStorage,)
ckan_uploader._get_underlying_file = lambda file: file.stream
model.create_tables = _create_tables
model.tables_exist = _tables_exist


class MendedValidation(plugins.SingletonPlugin):
    """Named only so that the lines above run first."""
