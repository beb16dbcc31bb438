"""What would open the gate keeps the portal from starting; ``ckan rgpd check`` explains it."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins as plugins
import pytest
import sqlalchemy as sa
from ckan.cli.cli import ckan
from ckan.config.middleware import make_app
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import escrow, health

A_TABLE = "00000000-0000-4000-8000-000000000000"


def opened(key, ckan_config):
    """Starting is refused, with what is wrong and what to do, in the portal’s language."""
    assert [finding.key for finding in health.openings()] == [key]
    with pytest.raises(CkanConfigurationException) as error:
        make_app(ckan_config)
    for part in ("what", "mend"):
        assert health.words()[key][part]["fr"] in str(error.value)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_check_says_what_is_missing_and_how_to_mend_it(cli, lang):
    answer = cli.invoke(ckan, ["rgpd", "check", "--lang", lang])

    assert f"ok  {health.words()['uploader']['what'][lang]}" in answer.output
    assert f"NOT {health.words()['worker']['what'][lang]}" in answer.output
    assert health.words()["worker"]["mend"][lang] in answer.output
    assert answer.exit_code == 1


def test_each_thing_that_is_looked_at_has_its_words():
    found = health.look()

    assert [finding.key for finding in found] == list(health.words())
    for finding in found:
        for part in ("what", "mend"):
            fr, en = (health.text(finding, part, lang) for lang in ("fr", "en"))
            assert fr
            assert en
            assert fr != en


def test_a_portal_in_order_starts(ckan_config):
    assert health.openings() == []
    assert make_app(ckan_config)


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("escrow", {"ckanext.rgpd.escrow_path": "{storage}/storage/uploads/escrow"}),
        (
            "escrow",
            {"ckanext.rgpd.escrow_path": "/srv/served/escrow", "extra_public_paths": "/srv"},
        ),
        ("public_tables", {"ckan.datastore.public_table_search": [A_TABLE]}),
        ("images", {"ckan.upload.user.types": ["*"], "ckan.upload.user.mimetypes": ["*"]}),
    ],
)
def test_what_would_open_the_gate_keeps_the_portal_from_starting(
    ckan_config, monkeypatch, cli, key, options
):
    storage = ckan_config["ckan.storage_path"]
    for name, value in options.items():
        given = value.format(storage=storage) if isinstance(value, str) else value
        monkeypatch.setitem(ckan_config, name, given)

    opened(key, ckan_config)


def test_a_public_storage_of_resources_keeps_the_portal_from_starting(ckan_config, monkeypatch):
    storage = escrow.ordinary_storage()
    if storage is None:
        served = ckan_config["ckan.storage_path"]
        monkeypatch.setitem(ckan_config, "extra_public_paths", f"{served}/resources")
    else:
        monkeypatch.setattr(storage.settings, "public", True)

    opened("storage", ckan_config)


def test_another_uploader_before_ours_keeps_the_portal_from_starting(ckan_config, monkeypatch):
    order = ["example_iuploader", *ckan_config["ckan.plugins"]]
    monkeypatch.setitem(ckan_config, "ckan.plugins", order)
    plugins.load("example_iuploader")
    try:
        opened("uploader", ckan_config)
    finally:
        plugins.unload("example_iuploader")
    assert health.openings() == []


def test_missing_tables_keep_it_from_starting_and_the_commands_that_make_them_run(
    ckan_config, migrate_db_for, cli
):
    ckan_model.Session.remove()
    migrate_db_for("rgpd", version="base", forward=False)
    try:
        opened("tables", ckan_config)
        answer = cli.invoke(ckan, ["rgpd", "check"])
        assert answer.exit_code == 2
        assert "rgpd_version" in answer.output
        assert cli.invoke(ckan, ["db", "init"]).exit_code == 0
        assert cli.invoke(ckan, ["db", "upgrade", "-p", "rgpd"]).exit_code == 0
    finally:
        migrate_db_for("rgpd")

    assert sa.inspect(ckan_model.meta.engine).has_table("rgpd_register")
    assert health.openings() == []
