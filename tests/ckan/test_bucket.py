"""Bytes wait in a bucket, and are released to a bucket: ``bash dev/test bucket``."""

from __future__ import annotations

import os

import pytest
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import config, escrow, escrow_storage, gate
from tests.ckan import made

S3 = os.environ.get("RGPD_S3", "")
pytestmark = pytest.mark.skipif(not S3, reason="no S3 server at hand; see dev/test bucket")


@pytest.fixture
def buckets(ckan_config, monkeypatch, reset_storages):
    """The bucket where bytes wait, and that of resources; gives what lies in either."""
    settings = {"key": "k", "secret": "s", "region": "us-east-1", "endpoint": S3, "path": ""}
    settings |= {"type": "file_keeper:s3", "initialize": True}
    for name in ("attente", "libre"):
        for key, value in {**settings, "bucket": name}.items():
            monkeypatch.setitem(ckan_config, f"ckan.files.storage.{name}.{key}", value)
    monkeypatch.setitem(ckan_config, "ckan.files.default_storages.resource", "libre")
    monkeypatch.setitem(ckan_config, config.ESCROW_STORAGE, "attente")
    reset_storages()
    from ckan.lib import files

    def lie_in(name):
        storage = files.get_storage(name)
        return {str(place): storage.content(files.FileData(place)) for place in storage.scan()}

    return lie_in


def path_of(resource):
    return resource["url"].replace("http://test.rgpd", "")


def test_bytes_wait_in_one_bucket_and_are_released_to_the_other(buckets, add_file, read_files):
    resource = add_file(made.CLEAN, "lieux.csv")
    assert made.CLEAN.encode() in buckets("attente").values()
    assert made.CLEAN.encode() not in buckets("libre").values()

    read_files()

    assert gate.is_open(resource["id"])
    assert made.CLEAN.encode() in buckets("libre").values()


def test_a_held_file_is_read_from_the_bucket_by_those_in_charge_only(buckets, held, fetch, people):
    assert fetch(path_of(held)).status_code == 403
    answer = fetch(path_of(held), people.publisher)
    assert answer.body == made.PERSONAL
    assert answer.cache_control.no_store


def test_a_new_file_takes_the_released_one_out_of_its_bucket(buckets, released, call, people):
    location = escrow.ordinary_uploader({"id": released["id"]}).get_path(released["id"])
    assert location in buckets("libre")

    upload = made.upload(made.PERSONAL, "lieux.csv")
    call(people.publisher, "resource_patch", id=released["id"], upload=upload)

    assert location not in buckets("libre")


def test_bytes_changed_in_the_bucket_are_not_served(buckets, released, fetch):
    from ckan.lib import files

    assert fetch(path_of(released)).body == made.CLEAN
    storage = escrow.ordinary_storage()
    location = files.Location(escrow.ordinary_uploader(released).get_path(released["id"]))
    storage.remove(files.FileData(location))
    storage.upload(location, files.make_upload(made.CLEAN.replace("P", "Q").encode()))

    assert fetch(path_of(released)).status_code == 404


def test_a_bucket_that_is_gone_releases_nothing(buckets, add_file, read_files):
    resource = add_file(made.never_read(), "lieux.csv")
    storage = escrow_storage.named()
    for place in list(storage.scan()):
        from ckan.lib import files

        storage.remove(files.FileData(place))

    read_files()

    assert not gate.is_open(resource["id"])


@pytest.mark.parametrize("name", ["inconnu", "libre"])
def test_a_storage_that_cannot_hold_back_is_refused(buckets, ckan_config, monkeypatch, name):
    monkeypatch.setitem(ckan_config, config.ESCROW_STORAGE, name)

    with pytest.raises(CkanConfigurationException):
        escrow_storage.named()
