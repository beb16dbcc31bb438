"""Fills a portal with datasets, each with a released file: ``portal_data INI COUNT``."""

from __future__ import annotations

import io
import sys
from typing import Any

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib import search

from bench.portal import FILE, NAME
from ckanext.rgpd import escrow, reading
from ckanext.rgpd.model import Decision, Version, standing
from ckanext.rgpd.model.version import RELEASED, UPLOAD

BATCH = 500


def fill(count: int) -> None:
    """Make those datasets that are not there yet, in the database itself, then index them."""
    organisation = _organisation()
    stored = escrow.put(io.BytesIO(FILE), limit=1 << 20)
    reading.read_content(stored.sha256, "lieux.csv")
    report = reading.known(stored.sha256, "lieux.csv")
    there = {name for (name,) in ckan_model.Session.query(ckan_model.Package.name)}
    for number in range(count):
        name = NAME.format(number)
        if name not in there:
            _dataset(name, organisation, stored, report)
        if number % BATCH == 0:
            ckan_model.Session.commit()
    ckan_model.Session.commit()
    search.rebuild(only_missing=True, defer_commit=True, quiet=True)
    search.commit()


def _organisation() -> str:
    group = ckan_model.Group.get("cout")
    if group is None:
        user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        context: Any = {"ignore_auth": True, "user": user}
        return str(tk.get_action("organization_create")(context, {"name": "cout"})["id"])
    return str(group.id)


def _dataset(name: str, organisation: str, stored: escrow.Stored, report: Any) -> None:
    package = ckan_model.Package(
        id=name, name=name, title=f"Lieux {name}", owner_org=organisation, license_id="lov2"
    )
    resource = ckan_model.Resource(package_id=name, name="lieux.csv", format="CSV", url="lieux.csv")
    resource.id, resource.url_type, resource.state, resource.position = name, "upload", "active", 0
    version = Version(
        id=name,
        resource_id=name,
        package_id=name,
        kind=UPLOAD,
        sha256=stored.sha256,
        size=stored.size,
        filename="lieux.csv",
        state=RELEASED,
        outcome="publish",
        report_id=report.id,
        progress=100,
    )
    decision = Decision(
        version_id=name,
        report_id=report.id,
        outcome="publish",
        reasons=[],
        decided_by="auto",
        rules_version="",
    )
    ckan_model.Session.add_all([package, resource, version, decision])
    standing.note(version)
    escrow.release(name, stored.sha256)


if __name__ == "__main__":
    app = make_app(load_config(sys.argv[1]))
    with app._wsgi_app.test_request_context():
        fill(int(sys.argv[2]))
