"""The same promises where CKAN keeps resources in its file layer (2.12)."""

from __future__ import annotations

from uuid import uuid4

import ckan.plugins.toolkit as tk
import pytest
from ckan.lib import api_token

from ckanext.rgpd import escrow, gate
from tests.ckan import made

pytestmark = pytest.mark.skipif(
    not tk.check_ckan_version(min_version="2.12.0"), reason="CKAN 2.11 has no file layer"
)


@pytest.fixture
def layer(ckan_config, monkeypatch, tmp_path, reset_storages):
    """A storage of the file layer, named as the one for resources."""
    for key, value in made.file_layer("essai", tmp_path).items():
        monkeypatch.setitem(ckan_config, key, value)
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


CANARY = "octets-qui-ne-doivent-pas-sortir"
STRANGERS = (None, "outsider", "member", "other_editor")


@pytest.fixture
def attached(layer, ckan_config, monkeypatch, reset_storages, people, held, call):
    """Makes a file of CKAN's file layer that a dataset, resource or organisation owns."""
    for key, value in made.file_layer("libre", layer / "libre").items():
        monkeypatch.setitem(ckan_config, key, value)
    reset_storages()

    def attach(owner_type):
        ids = {
            "package": held["package_id"],
            "resource": held["id"],
            "organization": people.organisation["id"],
        }
        context = {"user": people.admin["name"], "auth_user_obj": None}
        file = tk.get_action("file_create")(
            context,
            {
                "name": f"{owner_type}-{uuid4()}.csv",
                "storage": "libre",
                "upload": made.upload(CANARY, "a.csv"),
            },
        )
        tk.get_action("file_ownership_transfer")(
            dict(context), {"id": file["id"], "owner_type": owner_type, "owner_id": ids[owner_type]}
        )
        return file["id"]

    return attach


@pytest.mark.parametrize("owner_type", ["package", "resource", "organization"])
def test_a_file_that_no_scan_reads_is_for_its_owners_editors(attached, people, fetch, owner_type):
    """CKAN would give it to whoever may see the dataset, resource or organisation."""
    id = attached(owner_type)
    token = api_token.encode_token({"sub": id, "aud": "trusted_download"})
    seen = {
        who: [
            CANARY in fetch(url, getattr(people, who) if who else None).body
            for url in (f"/file/download/{id}", f"/file/trusted-download/{token}")
        ]
        for who in (*STRANGERS, "admin")
    }

    assert seen == {**{who: [False, False] for who in STRANGERS}, "admin": [True, True]}


@pytest.mark.parametrize("who", STRANGERS)
def test_what_is_known_of_such_a_file_is_for_them_too(attached, people, call, who):
    id = attached("package")

    with pytest.raises(tk.NotAuthorized):
        call(getattr(people, who) if who else None, "file_show", id=id)


def test_nothing_is_written_or_registered_beside_the_escrow(layer, people, released, call):
    location = escrow.ordinary_uploader({"id": released["id"]}).get_path(released["id"])
    for action, data in (
        ("file_create", {"name": "a.csv", "upload": made.upload(CANARY, "a.csv")}),
        ("file_register", {"location": location}),
    ):
        with pytest.raises(tk.ValidationError):
            call(people.admin, action, storage="essai", **data)


@pytest.mark.parametrize("who", [None, "admin"])
def test_a_storage_of_resources_has_no_public_address(
    layer, ckan_config, monkeypatch, reset_storages, released, people, fetch, who
):
    monkeypatch.setitem(ckan_config, "ckan.files.storage.essai.public", True)
    reset_storages()
    location = escrow.ordinary_uploader({"id": released["id"]}).get_path(released["id"])
    user = getattr(people, who) if who else None

    assert fetch(f"/file/public-download/essai/{location}", user).status_code == 404


def test_other_bytes_of_the_same_length_are_not_served(layer, released, fetch):
    for path in layer.rglob("*"):
        if path.is_file():
            path.write_text(made.CLEAN.replace("Piscine", "Enisicp"))

    assert fetch(released["url"].replace("http://test.rgpd", "")).status_code == 404
