"""Takes in the files that lay on the portal before the extension came."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import IO

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import escrow, versions
from ckanext.rgpd.model import Version

log = logging.getLogger(__name__)

BATCH = 100


def take_in() -> int:
    """Give every resource without a version one, closed until it has been read; says how many."""
    known = sa.select(Version.resource_id)
    resource = ckan_model.Resource
    query = sa.select(resource.id).where(resource.state == "active", resource.id.notin_(known))
    ids = list(ckan_model.Session.scalars(query))
    taken = 0
    for number, id in enumerate(ids, 1):
        taken += _take_in(ckan_model.Resource.get(id))
        if number % BATCH == 0:
            ckan_model.Session.commit()
    ckan_model.Session.commit()
    return taken


def _take_in(resource: ckan_model.Resource) -> bool:
    if resource.url_type == "upload":
        try:
            with _ordinary_bytes(resource.id) as content:
                stored = escrow.put(content, limit=2**63)
        except OSError as error:
            log.warning("Resource %s has no file (%s).", resource.id, type(error).__name__)
            return False
        versions.record_upload(resource.id, stored, resource.url)
        return True
    if resource.url and not resource.url_type:
        versions.record_link(resource.id, resource.url)
        return True
    return False


def _ordinary_bytes(resource_id: str) -> IO[bytes]:
    ordinary = escrow.ordinary_uploader({"id": resource_id})
    storage = getattr(ordinary, "storage", None)
    if storage:
        return escrow.from_storage(storage, ordinary.get_path(resource_id))
    return Path(ordinary.get_path(resource_id)).open("rb")
