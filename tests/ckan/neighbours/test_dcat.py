"""ckanext-dcat's addresses: the catalogue, a dataset in each format, and what pages embed."""

from __future__ import annotations

import pytest

from ckanext.rgpd import gate
from tests.ckan import made, stand_in

FORMATS = ("ttl", "xml", "rdf", "n3", "jsonld")


def addresses(dataset):
    """Every address of ckanext-dcat at which a dataset is described."""
    name = dataset["name"]
    return [
        *[f"/dataset/{name}.{suffix}" for suffix in FORMATS],
        *[f"/catalog.{suffix}?q=name:{name}" for suffix in FORMATS],
        f"/api/3/action/dcat_catalog_show?q=name:{name}",
        f"/api/3/action/dcat_datasets_list?q=name:{name}",
        f"/dataset/{name}/croissant.jsonld",
        f"/dataset/{name}",
        "/dcat.json",
    ]


@pytest.fixture
def link(call, people, dataset, read_files):
    """A link behind which there is personal data; gives its path."""
    with stand_in.serve() as server:
        server.page("/habitants-du-lien.csv", made.PERSONAL)
        address = server.url + "/habitants-du-lien.csv"
        call(people.publisher, "resource_create", package_id=dataset["id"], url=address)
        read_files()
    return "habitants-du-lien"


def test_nothing_of_what_is_closed_is_in_any_of_them(held, link, dataset, refused, people):
    assert not gate.is_open(held["id"])
    words = (held["name"], link, *made.SECRETS)
    for path in addresses(dataset):
        assert refused(path, [None, people.other_editor], words) == 200


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_released_file_is_described(released, dataset, fetch, suffix):
    body = fetch(f"/dataset/{dataset['name']}.{suffix}").get_data(as_text=True)

    assert f"/download/{released['name']}" in body


def test_pages_describe_a_released_file_to_search_engines(released, dataset, fetch, address):
    body = fetch(f"/dataset/{dataset['name']}").get_data(as_text=True)

    assert "application/ld+json" in body
    assert f"/download/{released['name']}" in body.partition("application/ld+json")[2]


def test_columns_of_a_closed_table_are_not_described(
    add_file, dataset, refused, call, people, read_files
):
    resource = add_file(made.never_read(), "lieux.csv")
    read_files()
    call(
        people.publisher,
        "datastore_create",
        resource_id=resource["id"],
        force=True,
        fields=[{"id": "nir_du_conjoint", "type": "text"}],
        records=[{"nir_du_conjoint": made.SECRETS[0]}],
    )
    for path in addresses(dataset):
        assert refused(path, [None], ("nir_du_conjoint",)) == 200
