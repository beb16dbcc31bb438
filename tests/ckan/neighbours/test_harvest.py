"""Harvesters' own import: links come in closed, and what was harvested does not tell them."""

from __future__ import annotations

import json
from uuid import uuid4

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import pytest
from ckanext.dcat.harvesters import DCATRDFHarvester
from ckanext.harvest.harvesters import CKANHarvester
from ckanext.harvest.model import HarvestJob, HarvestObject

from ckanext.rgpd import config, gate
from ckanext.rgpd.model import Version
from tests.ckan import made, stand_in

CATALOGUE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<{base}/jeu> a dcat:Dataset ; dct:title "{name}" ; dct:description "Un jeu" ;
    dcat:distribution <{base}/jeu/fichier> .
<{base}/jeu/fichier> a dcat:Distribution ; dct:title "Habitants" ;
    dcat:accessURL <{url}> ; dcat:downloadURL <{url}> .
<{base}> a dcat:Catalog ; dcat:dataset <{base}/jeu> .
"""


@pytest.fixture
def server(ckan_config, monkeypatch):
    with stand_in.serve() as server:
        monkeypatch.setitem(ckan_config, config.LINKS_INTERNAL, [server.host])
        yield server


@pytest.fixture
def source(call, people):
    """A harvest source of the organisation, of one of the two kinds."""

    def make(kind, url):
        return call(
            people.admin,
            "harvest_source_create",
            name=f"source-{uuid4().hex[:8]}",
            title="Une source",
            url=url,
            source_type=kind,
            owner_org=people.organisation["id"],
        )

    return make


@pytest.fixture
def import_object():
    """Let a harvester import one object, as its queue does; gives the object."""

    def run(harvester, harvest_object):
        harvester.import_stage(harvest_object)
        ckan_model.Session.commit()
        assert harvest_object.errors == []
        return harvest_object

    return run


def job_of(source):
    job = HarvestJob(source_id=source["id"])
    job.save()
    return job


@pytest.fixture
def from_ckan(source, server, import_object):
    """A dataset with one link as another CKAN describes it; gives what was harvested."""
    theirs = {"id": str(uuid4()), "name": f"jeu-{uuid4().hex[:8]}", "title": "Un jeu"}
    resource_id = str(uuid4())
    ours = source("ckan", server.url)

    def harvest(url, modified="2026-01-01T00:00:00"):
        resource = {"id": resource_id, "url": url, "url_type": "upload", "name": "Habitants"}
        described = {**theirs, "metadata_modified": modified, "resources": [resource]}
        job = job_of(ours)
        found = HarvestObject(guid=theirs["id"], job=job, content=json.dumps(described))
        found.save()
        return import_object(CKANHarvester(), found)

    return harvest


@pytest.fixture
def from_dcat(source, server, import_object):
    """The same from a DCAT catalogue, which the harvester fetches itself."""
    name = f"jeu-{uuid4().hex[:8]}"
    ours = source("dcat_rdf", f"{server.url}/catalogue-{name}.ttl")

    def harvest(url, modified=None):
        text = CATALOGUE.format(base=f"https://ailleurs.exemple/{name}", name=name, url=url)
        server.page(f"/catalogue-{name}.ttl", text, Content_Type="text/turtle")
        harvester = DCATRDFHarvester()
        (id,) = harvester.gather_stage(job_of(ours))
        return import_object(harvester, HarvestObject.get(id))

    return harvest


@pytest.fixture(params=["from_ckan", "from_dcat"])
def harvest(request):
    return request.getfixturevalue(request.param)


def resource_of(harvested):
    (resource,) = ckan_model.Package.get(harvested.package_id).resources
    return resource


@pytest.fixture
def unseen(call, refused, people):
    """Assert that strangers are told an address by none of harvest's doors, nor by CKAN's."""

    def check(harvested, url):
        id, name = harvested.package_id, ckan_model.Package.get(harvested.package_id).name
        for path in (
            f"/api/3/action/harvest_object_show?id={harvested.id}",
            f"/api/3/action/harvest_object_show?id={harvested.guid}&attr=guid",
            f"/api/3/action/harvest_object_show?dataset_id={id}",
            f"/harvest/object/{harvested.id}",
            f"/dataset/harvest_object/{id}",
            f"/api/3/action/package_show?id={id}",
            f"/api/3/action/package_search?q=name:{name}",
            "/api/3/action/resource_search?query=name:Habitants",
            f"/dataset/{name}",
        ):
            refused(path, [None, people.outsider, people.other_editor], (url,))

    return check


def test_a_harvested_link_is_closed_until_it_was_read(harvest, server, unseen, read_files, call):
    url = server.page("/habitants.csv", made.CLEAN)
    harvested = harvest(url)

    resource = resource_of(harvested)
    assert [v.kind for v in Version.current(resource.id)] == ["link"]
    assert not gate.is_open(resource.id)
    unseen(harvested, url)

    read_files()
    assert gate.is_open(resource.id)
    assert call(None, "resource_show", id=resource.id)["url"] == url
    assert url in call(None, "harvest_object_show", id=harvested.id)["content"]


def test_personal_data_behind_a_harvested_link_keeps_it_closed(
    harvest, server, unseen, read_files, call, people
):
    url = server.page("/habitants.csv", made.PERSONAL)
    harvested = harvest(url)
    read_files()

    assert not gate.is_open(resource_of(harvested).id)
    unseen(harvested, url)
    assert url in call(people.publisher, "harvest_object_show", id=harvested.id)["content"]


def test_a_second_harvest_of_the_same_opens_nothing_and_closes_nothing(harvest, server, read_files):
    url = server.page("/lieux.csv", made.CLEAN)
    harvest(url)
    read_files()
    harvested = harvest(url, modified="2026-02-01T00:00:00")

    assert gate.is_open(resource_of(harvested).id)


def test_a_harvested_link_that_leads_elsewhere_is_closed_again(harvest, server, read_files, unseen):
    harvest(server.page("/lieux.csv", made.CLEAN))
    read_files()
    url = server.page("/habitants.csv", made.PERSONAL)
    harvested = harvest(url, modified="2026-02-01T00:00:00")

    assert not gate.is_open(resource_of(harvested).id)
    unseen(harvested, url)
    read_files()
    unseen(harvested, url)


def test_what_was_harvested_once_stays_closed_when_its_link_goes(
    harvest, server, read_files, unseen
):
    url = server.page("/habitants.csv", made.PERSONAL)
    before = harvest(url)
    read_files()
    harvest(server.page("/lieux.csv", made.CLEAN), modified="2026-02-01T00:00:00")
    read_files()

    unseen(before, url)


def test_what_became_no_dataset_is_for_reviewers(source, server, call, people):
    lost = HarvestObject(guid="x", job=job_of(source("ckan", server.url)), content="{}")
    lost.save()
    ckan_model.Session.commit()

    for user in (None, people.outsider, people.publisher):
        with pytest.raises(tk.NotAuthorized):
            call(user, "harvest_object_show", id=lost.id)
    assert call(people.dpo, "harvest_object_show", id=lost.id)["content"] == "{}"


def test_what_a_purged_dataset_was_harvested_from_is_for_reviewers(
    from_ckan, server, read_files, refused, people, call
):
    url = server.page("/habitants.csv", made.PERSONAL)
    harvested = from_ckan(url)
    read_files()
    call(people.admin, "dataset_purge", id=harvested.package_id)

    path = f"/api/3/action/harvest_object_show?id={harvested.id}"
    assert refused(path, [None, people.publisher], (url,)) in (403, 404)
