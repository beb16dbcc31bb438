"""Takes in the files that lay on the portal before the extension came."""

from __future__ import annotations

import logging

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import escrow, versions
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import PENDING, RELEASED, UPLOAD

log = logging.getLogger(__name__)

BATCH = 100


def take_in(state: str = PENDING) -> int:
    """Give every resource without a version one; says how many.

    ``pending`` closes it and sends it to be read at once. With ``held`` (closed) or ``released``
    (open) it is only marked as not read.
    """
    known = sa.select(Version.resource_id)
    resource = ckan_model.Resource
    query = sa.select(resource.id).where(resource.state == "active", resource.id.notin_(known))
    ids = list(ckan_model.Session.scalars(query))
    taken = 0
    for number, id in enumerate(ids, 1):
        taken += _take_in(ckan_model.Resource.get(id), state)
        if number % BATCH == 0:
            ckan_model.Session.commit()
    ckan_model.Session.commit()
    return taken


def take_in_changed() -> int:
    """Close what was replaced behind our back, as while the plugin was off; says how many."""
    query = sa.select(Version).where(Version.state == RELEASED, Version.kind == UPLOAD)
    changed = 0
    for version in list(ckan_model.Session.scalars(query)):
        stored = _store(version.resource_id)
        resource = ckan_model.Resource.get(version.resource_id)
        if stored and resource and stored.sha256 != version.sha256:
            versions.record_upload(resource.id, stored, resource.url)
            changed += 1
    ckan_model.Session.commit()
    return changed


def _take_in(resource: ckan_model.Resource, state: str) -> bool:
    if resource.url_type == "upload":
        stored = _store(resource.id)
        if stored:
            versions.record_upload(resource.id, stored, resource.url, state)
        return bool(stored)
    if resource.url and not resource.url_type:
        versions.record_link(resource.id, resource.url, state)
        return True
    return False


def _store(resource_id: str) -> escrow.Stored | None:
    """Put what CKAN's storage holds for a resource into the escrow."""
    try:
        with escrow.ordinary_bytes(resource_id) as content:
            return escrow.put(content, limit=2**63)
    except OSError as error:
        log.warning("Resource %s has no file (%s).", resource_id, type(error).__name__)
        return None
