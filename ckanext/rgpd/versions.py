"""Records every content that comes in, in the transaction that writes it to CKAN."""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.common import current_user
from sqlalchemy.orm import Session

from ckanext.rgpd import escrow, outbox
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import (
    DATASTORE,
    HELD,
    LINK,
    PENDING,
    RELEASED,
    UPLOAD,
    WITHDRAWN,
)

#: Keys of ``Session.info``: what must happen once the transaction is committed.
TO_SCAN = "rgpd_to_scan"
TO_TAKE_OUT = "rgpd_to_take_out"
TO_MARK_READ = "rgpd_to_mark_read"
ACTING_USER = "rgpd_acting_user"
STARTED = "rgpd_started"


def acting_user(name: str | None) -> None:
    """Say in whose name the session's transaction writes."""
    user = ckan_model.User.get(name) if name else None
    _session().info[ACTING_USER] = user.id if user else None


def started_scans() -> list[str]:
    """The versions whose scans this session has queued since it was last asked."""
    ids: list[str] = _session().info.pop(STARTED, [])
    return ids


def record_upload(
    resource_id: str, stored: escrow.Stored, filename: str, state: str = PENDING
) -> Version:
    """A new uploaded content: it starts closed, whatever the one before it was.

    Another ``state`` is for what lay on the portal before the extension came.
    """
    withdraw(resource_id, kind=UPLOAD, take_out=state != RELEASED)
    return _record(
        resource_id,
        kind=UPLOAD,
        sha256=stored.sha256,
        size=stored.size,
        filename=filename,
        state=state,
    )


def record_link(resource_id: str, url: str, state: str = PENDING) -> Version:
    """A new link: closed until what stands behind it has been read."""
    return _record(resource_id, kind=LINK, url=url, state=state)


def replace_link(version: Version) -> Version:
    """Something else stands behind a link now: closed, as if the link had just been added."""
    withdraw(version.resource_id, kind=LINK)
    return record_link(version.resource_id, version.url or "")


def record_rows(resource_id: str) -> Version:
    """DataStore rows that changed: the table is closed until it has been read whole."""
    return _record(resource_id, kind=DATASTORE, filename="datastore.csv", state=PENDING)


def supersede(version: Version) -> None:
    """Withdraw what a content that was just read whole takes the place of."""
    for other in Version.current(version.resource_id):
        settled = other.state in (HELD, RELEASED)
        if other.id != version.id and other.kind == version.kind and settled:
            other.state = WITHDRAWN


def withdraw(resource_id: str, kind: str | None = None, take_out: bool = True) -> None:
    """Turn a resource's versions (of one kind, or all) into tombstones."""
    for version in Version.current(resource_id):
        if kind in (None, version.kind):
            version.state = WITHDRAWN
            _register("withdraw", version)
    if take_out and kind in (None, UPLOAD):
        later(TO_TAKE_OUT, resource_id)


def register_read(id: str) -> None:
    """Somebody who may reads a closed content: that leaves a line in the register."""
    version = Version.get(id)
    if version:
        _register("read_closed", version)
    ckan_model.Session.commit()


def follow_dataset(package_id: str) -> None:
    """Bring the versions in line with a dataset's resources as they are being saved.

    Covers the ways in that call no uploader: links, resources replaced or removed by an
    update of the whole dataset, and identifiers taken over from another dataset.
    """
    resources = ckan_model.Package.get(package_id).resources
    present = {resource.id for resource in resources}
    for id in {version.resource_id for version in Version.of_package(package_id)} - present:
        withdraw(id)
    for resource in resources:
        _refuse_foreign(resource.id, package_id)
        _follow_link(resource)


def _follow_link(resource: ckan_model.Resource) -> None:
    current = {version.kind: version for version in Version.current(resource.id)}
    link = current.get(LINK)
    is_link = bool(resource.url) and not resource.url_type
    if link and (not is_link or link.url != resource.url):
        withdraw(resource.id, kind=LINK)
        link = None
    if is_link:
        if UPLOAD in current:
            withdraw(resource.id, kind=UPLOAD)
        if not link:
            record_link(resource.id, resource.url)


def _refuse_foreign(resource_id: str, package_id: str) -> None:
    """An identifier that another dataset used cannot bring that dataset's bytes back."""
    taken = (
        ckan_model.Session.query(Version)
        .filter(Version.resource_id == resource_id, Version.package_id != package_id)
        .first()
    )
    if taken:
        raise tk.ValidationError({"id": [tk._("This identifier is taken; leave it out.")]})


def _record(resource_id: str, **fields: Any) -> Version:
    resource = ckan_model.Resource.get(resource_id)
    version = Version(
        resource_id=resource_id,
        package_id=resource.package_id,
        user_id=_user_id(),
        **fields,
    )
    ckan_model.Session.add(version)
    ckan_model.Session.flush()
    _register(version.kind, version)
    # Rows are read when their writer is done.
    if version.kind != DATASTORE and version.state == PENDING:
        later(TO_SCAN, (version.id, outbox.lane(version)))
    return version


def _register(event: str, version: Version) -> None:
    version.note(
        event,
        user_id=_user_id(),
        details={"sha256": version.sha256, "size": version.size},
    )


def _user_id() -> str | None:
    return _session().info.get(ACTING_USER) or getattr(current_user, "id", None)


def later(key: str, what: Any) -> None:
    """Have the listener of commits do something with ``what`` (see the keys above)."""
    _session().info.setdefault(key, []).append(what)


def _session() -> Session:
    return ckan_model.Session()
