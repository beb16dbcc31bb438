"""Coming, going and coming back: migrations up and down, the plugin off and on again."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
import sqlalchemy as sa

from ckanext.rgpd import gate
from ckanext.rgpd.model import RegisterLine, Version

TABLES = {
    "rgpd_anonymisation",
    "rgpd_version",
    "rgpd_report",
    "rgpd_declaration",
    "rgpd_decision",
    "rgpd_dataset_field",
    "rgpd_register",
    "rgpd_register_head",
    "rgpd_download",
    "rgpd_judgement",
}


def tables_present():
    return TABLES & set(sa.inspect(ckan_model.meta.engine).get_table_names())


def test_migrations_go_down_and_up_again(migrate_db_for):
    ckan_model.Session.remove()

    migrate_db_for("rgpd", version="base", forward=False)
    assert tables_present() == set()

    migrate_db_for("rgpd")
    assert tables_present() == TABLES


def test_the_models_are_what_the_migrations_made():
    inspector = sa.inspect(ckan_model.meta.engine)
    tables = {**Version.metadata.tables, **RegisterLine.metadata.tables}
    for name in TABLES:
        made = {c["name"]: c["nullable"] for c in inspector.get_columns(name)}
        model = {c.name: c.nullable for c in tables[name].columns}
        assert made == model, name


def test_off_and_on_again_keeps_everything(released, held, call, people):
    """While it is off, released files are served by CKAN itself, and closed ones are not there."""
    plugins.unload("rgpd")
    try:
        tk.get_action("package_show")({"ignore_auth": True}, {"id": held["package_id"]})
    finally:
        plugins.load("rgpd")

    assert gate.is_open(released["id"])
    assert not gate.is_open(held["id"])
    status = call(people.publisher, "rgpd_status_show", resource_id=held["id"])
    assert status["versions"][0]["personal"]
