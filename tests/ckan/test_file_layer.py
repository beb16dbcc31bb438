"""The same promises where CKAN keeps resources in its file layer (2.12)."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest

from ckanext.rgpd import escrow, gate
from tests.ckan import made

pytestmark = pytest.mark.skipif(
    not tk.check_ckan_version(min_version="2.12.0"), reason="CKAN 2.11 has no file layer"
)


@pytest.fixture
def layer(ckan_config, monkeypatch, tmp_path, reset_storages):
    """A storage of the file layer, named as the one for resources."""
    prefix = "ckan.files.storage.essai"
    monkeypatch.setitem(ckan_config, f"{prefix}.type", "ckan:fs")
    monkeypatch.setitem(ckan_config, f"{prefix}.path", str(tmp_path))
    monkeypatch.setitem(ckan_config, f"{prefix}.initialize", True)
    monkeypatch.setitem(ckan_config, f"{prefix}.supported_types", [])
    monkeypatch.setitem(ckan_config, f"{prefix}.max_size", 1_000_000)
    monkeypatch.setitem(ckan_config, "ckan.files.default_storages.resource", "essai")
    reset_storages()
    return tmp_path


def stored(folder):
    return [path.read_text() for path in folder.rglob("*") if path.is_file()]


def test_bytes_are_released_to_the_storage_and_taken_out_again(
    layer, released, call, people, fetch
):
    assert escrow.ordinary_storage() is not None
    assert stored(layer) == [made.CLEAN]
    assert fetch(released["url"].replace("http://test.rgpd", "")).body == made.CLEAN

    call(
        people.publisher,
        "resource_patch",
        id=released["id"],
        upload=made.upload(made.PERSONAL, "lieux.csv"),
    )

    assert stored(layer) == []
    assert not gate.is_open(released["id"])


def test_a_held_file_is_not_in_the_storage_and_its_publisher_reads_it(layer, held, people, fetch):
    url = held["url"].replace("http://test.rgpd", "")

    assert stored(layer) == []
    assert fetch(url).status_code == 403
    assert fetch(url, people.publisher).body == made.PERSONAL


def test_a_storage_that_refuses_the_bytes_leaves_the_file_closed(
    layer, add_file, read_files, ckan_config, monkeypatch, reset_storages, call, people
):
    monkeypatch.setitem(ckan_config, "ckan.files.storage.essai.max_size", 1)
    reset_storages()

    resource = add_file(made.CLEAN, "lieux.csv")
    read_files()

    assert not gate.is_open(resource["id"])
    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert status["versions"][0]["problem"]


def test_bytes_replaced_behind_our_back_are_not_served(layer, released, fetch):
    for path in layer.rglob("*"):
        if path.is_file():
            path.write_text(made.PERSONAL)

    assert fetch(released["url"].replace("http://test.rgpd", "")).status_code == 404
