"""Every way in: what comes through it starts closed, and nothing old is served for it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd import adopt, config, escrow, gate
from ckanext.rgpd.model import Version
from ckanext.rgpd.model.version import DATASTORE, LINK, PENDING, RELEASED, UPLOAD
from tests.ckan import made


def ordinary_path(resource):
    return Path(escrow.ordinary_uploader({"id": resource["id"]}).get_path(resource["id"]))


def kinds(resource):
    return {version.kind: version.state for version in Version.current(resource["id"])}


def test_bytes_wait_in_the_escrow_and_nowhere_else(add_file, people):
    resource = add_file(made.PERSONAL, "habitants.csv")

    version = Version.current(resource["id"])[0]
    assert escrow.path(version.sha256).read_text() == made.PERSONAL
    assert not ordinary_path(resource).exists()
    assert version.user_id == people.publisher["id"]


def test_the_escrow_is_for_nobody_but_ckan(add_file):
    add_file(made.PERSONAL, "habitants.csv")

    for place in (config.escrow_path(), *config.escrow_path().rglob("*")):
        assert place.stat().st_mode & 0o077 == 0


def test_a_release_copies_the_bytes_and_a_new_file_takes_them_out(released, call, people):
    assert ordinary_path(released).read_text() == made.CLEAN

    call(
        people.publisher,
        "resource_patch",
        id=released["id"],
        upload=made.upload(made.PERSONAL, "lieux.csv"),
    )

    assert not ordinary_path(released).exists()
    assert kinds(released) == {UPLOAD: PENDING}


def test_a_write_that_fails_leaves_the_old_release(released, call, people, monkeypatch):
    """The failure comes after the bytes were taken, where CKAN has already overwritten."""

    def fail(*args):
        raise RuntimeError("a plugin that fails")

    monkeypatch.setattr("ckanext.rgpd.plugin.versions.follow_dataset", fail)
    with pytest.raises(RuntimeError):
        call(
            people.publisher,
            "resource_patch",
            id=released["id"],
            upload=made.upload(made.PERSONAL, "lieux.csv"),
        )
    ckan_model.Session.rollback()

    assert kinds(released) == {UPLOAD: RELEASED}
    assert ordinary_path(released).read_text() == made.CLEAN


@pytest.mark.parametrize(
    "write",
    [
        lambda call, user, r, file: call(user, "resource_update", id=r["id"], upload=file),
        lambda call, user, r, file: call(user, "resource_patch", id=r["id"], upload=file),
        lambda call, user, r, file: call(
            user,
            "package_update",
            **{
                **call(user, "package_show", id=r["package_id"]),
                "resources": [{**r, "upload": file}],
            },
        ),
        lambda call, user, r, file: call(
            user,
            "package_revise",
            match={"id": r["package_id"]},
            update__resources__0__upload=file,
        ),
    ],
    ids=["resource_update", "resource_patch", "package_update", "package_revise"],
)
def test_a_file_replaced_by_any_action_is_closed(released, call, people, write):
    write(call, people.publisher, released, made.upload(made.PERSONAL, "lieux.csv"))

    assert kinds(released) == {UPLOAD: PENDING}
    assert not gate.is_open(released["id"])


def test_a_file_added_by_package_revise_is_closed(dataset, call, people):
    answer = call(
        people.publisher,
        "package_revise",
        match={"id": dataset["id"]},
        update={"resources": [{"name": "nouveau"}]},
        update__resources__0__upload=made.upload(made.PERSONAL, "nouveau.csv"),
    )

    assert kinds(answer["package"]["resources"][0]) == {UPLOAD: PENDING}


def test_a_file_inside_package_create_is_refused_with_a_sentence(people, call):
    with pytest.raises(tk.ValidationError) as error:
        call(
            people.publisher,
            "package_create",
            name="avec-fichier",
            owner_org=people.organisation["id"],
            resources=[{"name": "x", "upload": made.upload(made.PERSONAL, "x.csv")}],
        )

    assert "resource_create" in str(error.value.error_dict["resources"])


@pytest.mark.parametrize("action", ["package_create", "resource_create"])
def test_a_link_is_closed_and_its_address_unseen(people, dataset, call, action):
    address = "https://ailleurs.exemple/habitants.csv"
    if action == "resource_create":
        call(people.publisher, "resource_create", package_id=dataset["id"], url=address)
        package_id = dataset["id"]
    else:
        package_id = factories.Dataset(
            owner_org=people.organisation["id"],
            user=people.publisher,
            resources=[{"url": address, "name": "lien"}],
        )["id"]

    shown = call(None, "package_show", id=package_id)["resources"][0]

    assert address not in str(shown)
    assert kinds(shown) == {LINK: PENDING}
    own = call(people.publisher, "package_show", id=package_id)["resources"][0]
    assert own["url"] == address


def test_a_link_waits_for_the_reviewer_and_opens_for_its_address_only(
    people, dataset, call, read_files
):
    address = "https://ailleurs.exemple/lieux.csv"
    resource = call(people.publisher, "resource_create", package_id=dataset["id"], url=address)
    read_files()
    assert not gate.is_open(resource["id"])
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=resource["id"],
        decision="release",
        reason="Lu sur place.",
    )
    assert call(None, "resource_show", id=resource["id"])["url"] == address

    call(people.publisher, "resource_patch", id=resource["id"], url=address + "?autre")

    assert not gate.is_open(resource["id"])


def test_turning_a_file_into_a_link_and_back_opens_nothing(released, call, people):
    call(
        people.publisher,
        "resource_patch",
        id=released["id"],
        url_type="",
        url="https://ailleurs.exemple/x.csv",
    )
    assert kinds(released) == {LINK: PENDING}

    call(people.publisher, "resource_patch", id=released["id"], url_type="upload", url="lieux.csv")

    assert not gate.is_open(released["id"])
    assert not ordinary_path(released).exists()


def test_the_identifier_of_a_deleted_resource_brings_nothing_back(released, call, people, fetch):
    call(people.publisher, "resource_delete", id=released["id"])
    other = factories.Dataset(user=people.other_editor)

    with pytest.raises(tk.ValidationError):
        call(
            people.other_editor,
            "resource_create",
            package_id=other["id"],
            id=released["id"],
            url="x.csv",
            url_type="upload",
        )
    ckan_model.Session.rollback()

    assert not ordinary_path(released).exists()
    answer = fetch(f"/dataset/{other['id']}/resource/{released['id']}/download/x.csv")
    assert answer.status_code in (403, 404)


def test_a_resource_left_out_of_package_update_is_withdrawn(released, call, people):
    dataset = call(people.publisher, "package_show", id=released["package_id"])

    call(people.publisher, "package_update", **{**dataset, "resources": []})

    assert kinds(released) == {}
    assert not ordinary_path(released).exists()


@pytest.mark.parametrize("action", ["bulk_update_public", "package_patch"])
def test_publishing_a_private_dataset_opens_no_file(people, call, fetch, action):
    private = factories.Dataset(
        owner_org=people.organisation["id"], user=people.publisher, private=True
    )
    resource = call(
        people.publisher,
        "resource_create",
        package_id=private["id"],
        upload=made.upload(made.PERSONAL, "habitants.csv"),
    )
    if action == "package_patch":
        call(people.publisher, action, id=private["id"], private=False)
    else:
        call(people.admin, action, datasets=[private["id"]], org_id=people.organisation["id"])

    answer = fetch(f"/dataset/{private['id']}/resource/{resource['id']}/download/habitants.csv")
    assert answer.status_code == 403


def test_rows_close_their_resource_until_they_have_been_read(
    released, rows_beside, call, read_files
):
    with pytest.raises(tk.NotAuthorized):
        call(None, "datastore_search", resource_id=released["id"])
    read_files()

    assert kinds(released) == {UPLOAD: RELEASED, DATASTORE: RELEASED}
    assert call(None, "datastore_search", resource_id=released["id"])["total"] == 1


def test_personal_rows_added_to_a_released_table_close_it(released, call, people, read_files):
    call(
        people.publisher,
        "datastore_create",
        resource_id=released["id"],
        force=True,
        primary_key=["lieu"],
        fields=[{"id": "lieu", "type": "text"}, {"id": "nir", "type": "text"}],
        records=[{"lieu": "Piscine", "nir": ""}],
    )
    read_files()
    assert gate.is_open(released["id"])

    call(
        people.publisher,
        "datastore_upsert",
        resource_id=released["id"],
        force=True,
        records=[{"lieu": "Stade", "nir": made.SECRETS[0]}],
    )
    assert not gate.is_open(released["id"])
    read_files()

    assert not gate.is_open(released["id"])
    for action, data in (
        ("datastore_search", {"resource_id": released["id"]}),
        ("datastore_info", {"id": released["id"]}),
        ("datastore_search_sql", {"sql": f'SELECT * FROM "{released["id"]}"'}),
    ):
        with pytest.raises(tk.NotAuthorized):
            call(None, action, **data)


def test_a_resource_made_of_rows_alone_is_closed_until_read(dataset, call, people, read_files):
    answer = call(
        people.publisher,
        "datastore_create",
        resource={"package_id": dataset["id"]},
        fields=[{"id": "nir", "type": "text"}],
        records=[{"nir": made.SECRETS[0]}],
    )

    with pytest.raises(tk.NotAuthorized):
        call(None, "datastore_search", resource_id=answer["resource_id"])
    read_files()

    with pytest.raises(tk.NotAuthorized):
        call(None, "datastore_search", resource_id=answer["resource_id"])


@pytest.mark.ckan_config("ckan.max_resource_size", 1)
def test_a_file_above_the_portals_limit_is_refused_with_a_sentence(add_file):
    with pytest.raises(tk.ValidationError) as error:
        add_file(b"a,b\n" + os.urandom(2 << 20), "gros.csv")

    assert "1" in error.value.error_dict["upload"][0]


def test_files_that_were_there_before_are_taken_in(dataset, people, call, read_files, fetch):
    """As on a portal where the extension was just added: a file in place, no version."""
    resource = call(
        people.publisher,
        "resource_create",
        package_id=dataset["id"],
        upload=made.upload(made.CLEAN, "ancien.csv"),
    )
    place = ordinary_path(resource)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(made.CLEAN)
    ckan_model.Session.query(Version).filter_by(resource_id=resource["id"]).delete()
    ckan_model.Session.commit()
    assert not gate.is_open(resource["id"])

    assert adopt.take_in() >= 1
    read_files()

    assert gate.is_open(resource["id"])
    assert ordinary_path(resource).read_text() == made.CLEAN


def replace_behind_our_back(resource, content):
    """As CKAN's own uploader does while the plugin is off."""
    ordinary_path(resource).write_text(content)


def test_bytes_replaced_behind_our_back_are_not_served(released, fetch):
    replace_behind_our_back(released, made.PERSONAL)

    answer = fetch(released["url"].replace("http://test.rgpd", ""))

    assert answer.status_code == 404
    assert made.SECRETS[0] not in answer.body


def test_other_bytes_of_the_same_length_are_not_served(released, fetch):
    assert fetch(released["url"].replace("http://test.rgpd", "")).status_code == 200
    replace_behind_our_back(released, made.CLEAN.replace("Piscine", "Enisicp"))

    assert fetch(released["url"].replace("http://test.rgpd", "")).status_code == 404


def test_bytes_replaced_behind_our_back_are_taken_in_and_closed(released):
    same_size = made.CLEAN.replace("Piscine", "Enisicp")
    replace_behind_our_back(released, same_size)

    assert adopt.take_in_changed() >= 1

    assert not gate.is_open(released["id"])
    assert not ordinary_path(released).exists()


def test_nothing_is_closed_where_nothing_changed(released):
    adopt.take_in_changed()

    assert gate.is_open(released["id"])


def test_the_same_bytes_are_stored_once():
    first = escrow.put(io.BytesIO(b"abc"), limit=10)
    second = escrow.put(io.BytesIO(b"abc"), limit=10)

    assert first == second
    assert not list(config.escrow_path().glob("incoming-*"))


def test_bytes_above_the_limit_leave_nothing_behind():
    with pytest.raises(escrow.TooLargeError):
        escrow.put(io.BytesIO(b"x" * 100), limit=10)

    assert not list(config.escrow_path().glob("incoming-*"))
