"""The fourth net: walks every resource and every file, and closes what no release covers.

What a route that nobody thought of brought in is found here, whatever the route was.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd import adopt, decisions, escrow, versions
from ckanext.rgpd.model import RegisterLine, Version
from ckanext.rgpd.model.version import LINK, RELEASED, UPLOAD, WITHDRAWN

log = logging.getLogger(__name__)


def close_uncovered(whole: bool = False) -> int:
    """Close what no release covers, and bring back released bytes that are gone; says how many.

    With ``whole`` the bytes of every released file are compared, and not their number only.
    """
    count = adopt.take_in()
    count += sum(_close_bytes(id, whole) for id in list(escrow.ordinary_ids()))
    count += sum(_close_addresses(id) for id in list(_changed_addresses()))
    count += sum(_bring_back(id) for id in list(_released_uploads()))
    return count


def _close_bytes(resource_id: str, whole: bool) -> bool:
    """Take bytes out of CKAN's storage unless they are those of a release; none is lost."""
    version = _locked_upload(resource_id)
    resource = ckan_model.Resource.get(resource_id)
    active = resource is not None and resource.state == "active"
    released = version is not None and version.state == RELEASED and active
    if released and version and _as_released(version, whole):
        ckan_model.Session.commit()
        return False
    log.warning("Bytes of resource %s were in place without a release; closed.", resource_id)
    with escrow.ordinary_bytes(resource_id) as content:
        stored = escrow.put(content, limit=2**63)
    if active and resource.url_type == "upload" and (released or version is None):
        versions.record_upload(resource_id, stored, resource.url)
    _register("swept", resource_id, version)
    escrow.withdraw(resource_id)
    ckan_model.Session.commit()
    if resource:
        decisions.reindex(resource.package_id)
    return True


def _as_released(version: Version, whole: bool) -> bool:
    """Whether what lies in CKAN's storage is what was released."""
    if whole:
        ordinary = escrow.ordinary_uploader({"id": version.resource_id})
        return bool(escrow.served_from(ordinary, version.resource_id, version.sha256))
    return escrow.ordinary_size(version.resource_id) == version.size


def _locked_upload(resource_id: str) -> Version | None:
    """The resource's file, once nobody is about to release it or to close it."""
    query = sa.select(Version).where(
        Version.resource_id == resource_id, Version.kind == UPLOAD, Version.state != WITHDRAWN
    )
    return ckan_model.Session.scalars(
        query.with_for_update().execution_options(populate_existing=True)
    ).first()


def _changed_addresses() -> Iterator[str]:
    """The datasets with a link whose address is not the one that was taken in."""
    resource = ckan_model.Resource
    link = sa.and_(
        Version.resource_id == resource.id, Version.kind == LINK, Version.state != WITHDRAWN
    )
    query = (
        sa.select(resource.package_id)
        .outerjoin(Version, link)
        .where(resource.state == "active", sa.func.coalesce(resource.url_type, "") == "")
        .where(resource.url != "", Version.url.is_distinct_from(resource.url))
    )
    return ckan_model.Session.scalars(query.distinct())


def _close_addresses(package_id: str) -> bool:
    versions.follow_dataset(package_id)
    _register("swept", None, None, package_id)
    ckan_model.Session.commit()
    decisions.reindex(package_id)
    log.warning("Addresses of dataset %s were changed without a release; closed.", package_id)
    return True


def _released_uploads() -> Iterator[str]:
    query = sa.select(Version.resource_id).where(Version.kind == UPLOAD, Version.state == RELEASED)
    return ckan_model.Session.scalars(query)


def _bring_back(resource_id: str) -> bool:
    """Released bytes that CKAN's storage lost are copied again from the escrow."""
    version = _locked_upload(resource_id)
    gone = version is not None and version.state == RELEASED
    gone = gone and escrow.ordinary_size(resource_id) is None
    if gone and version and version.sha256 and escrow.holds(version.sha256):
        escrow.release(resource_id, version.sha256)
        log.warning("Released bytes of resource %s were gone; copied again.", resource_id)
    ckan_model.Session.commit()
    return gone


def _register(
    event: str, resource_id: str | None, version: Version | None, package_id: str | None = None
) -> None:
    RegisterLine.append(
        event,
        package_id=version.package_id if version else package_id,
        resource_id=resource_id,
        version_id=version.id if version else None,
    )
