"""A profile for ckanext-dcat: our JSON-LD in the graph that its own profiles make, and back.

Put it after one of DCAT-AP: ``ckanext.dcat.rdf.profiles = euro_dcat_ap_3 rgpd_dpv``. It says legal
basis, personal data and purpose with the properties of ckanext-dcat's own health profile. The
whole keeps to the shapes of DCAT-AP 3.0.0 as SEMIC published them.
"""

from __future__ import annotations

import json
from typing import Any

from ckanext.dcat.profiles import RDFProfile
from ckanext.dcat.utils import resource_uri
from rdflib import DCTERMS as DCT
from rdflib import RDF, Graph, Namespace, URIRef

from ckanext.rgpd.metadata import dpv, media, vocabulary

DPV = Namespace(dpv.CONTEXT["dpv"])
GDPR = Namespace(dpv.CONTEXT["eu-gdpr"])
DCATAP = Namespace(dpv.CONTEXT["dcatap"])

_PREFIX = "rgpd_"


class RgpdProfile(RDFProfile):  # type: ignore[misc, unused-ignore]
    """Personal data, legal basis, licence and rights of a dataset."""

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """Add what our fields say of a dataset to the graph."""
        resources = {
            resource["id"]: resource_uri(resource)
            for resource in dataset_dict.get("resources") or []
        }
        told = dpv.document(dataset_dict, str(dataset_ref), resources)
        for prefix, address in dpv.CONTEXT.items():
            self.g.bind(prefix, Namespace(address))
        new = Graph().parse(data=json.dumps(told), format="json-ld")
        _take_place(self.g, new)
        self.g += new
        media.typed(self.g)

    def parse_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> dict[str, Any]:
        """Read our fields out of a graph; what a portal decides itself is not believed."""
        found = {
            **self._bases(dataset_ref),
            **self._texts(dataset_ref),
            **self._contacts(dataset_ref),
            "persons_categories": self._subjects(dataset_ref),
        }
        dataset_dict.update({_PREFIX + key: value for key, value in found.items() if value})
        for resource in dataset_dict.get("resources") or []:
            media.read(self.g, resource)
        return dataset_dict

    def _bases(self, dataset: URIRef) -> dict[str, str]:
        bases = [str(o).removeprefix(GDPR) for o in self.g.objects(dataset, DPV.hasLegalBasis)]
        lists = {"gdpr_basis": "gdpr_bases", "gdpr_art9_basis": "gdpr_art9_basis"}
        return {
            name: next((basis for basis in bases if basis in vocabulary.entries(kind)), "")
            for name, kind in lists.items()
        }

    def _texts(self, dataset: URIRef) -> dict[str, str]:
        decree = vocabulary.entries("articles")["crpa_d312_1_3"]["url"]
        laws = [
            law
            for law in self.g.objects(dataset, DCATAP.applicableLegislation)
            if isinstance(law, URIRef) and str(law) != decree
        ]
        purpose = self.g.value(dataset, DPV.hasPurpose)
        controller = self.g.value(dataset, DPV.hasDataController)
        return {
            "legal_reference_url": str(laws[0]) if laws else "",
            "legal_reference": self._literal(laws[0], DCT.title) if laws else "",
            "public_need_statement": self._literal(purpose, DCT.description),
            "controller": self._literal(controller, DPV.hasName),
        }

    def _contacts(self, dataset: URIRef) -> dict[str, str]:
        notices = list(self.g.objects(dataset, DPV.hasNotice))
        exercise = [n for n in notices if DPV.RightExerciseNotice in self._kinds(n)]
        privacy = [n for n in notices if DPV.PrivacyNotice in self._kinds(n)]
        officer = self.g.value(dataset, DPV.hasDataProtectionOfficer)
        objection = [n for n in exercise if (n, DCT.subject, GDPR.A21) in self.g]
        own = [n for n in exercise if n not in objection]
        return {
            "dpo_contact": self._literal(officer, DPV.hasContact).removeprefix("mailto:"),
            "rights_contact": self._literal(next(iter(own), None), DPV.hasContact).removeprefix(
                "mailto:"
            ),
            "opposition_url": self._literal(next(iter(objection), None), DPV.hasContact),
            "privacy_notice_url": str(privacy[0]) if privacy else "",
        }

    def _subjects(self, dataset: URIRef) -> list[str]:
        held = {str(o) for o in self.g.objects(dataset, DPV.hasDataSubject)}
        people = vocabulary.entries("persons_categories")
        full = {
            key: entry["iri"].replace("dpv:", DPV)
            for key, entry in people.items()
            if "iri" in entry
        }
        return [key for key, address in full.items() if address in held]

    def _kinds(self, node: Any) -> set[Any]:
        return set(self.g.objects(node, RDF.type))

    def _literal(self, node: Any, predicate: URIRef) -> str:
        value = self.g.value(node, predicate) if node is not None else None
        return str(value) if value is not None else ""


def _take_place(graph: Graph, new: Graph) -> None:
    """Leave out what other profiles said of a property that may be there once only."""
    spdx = Namespace(dpv.CONTEXT["spdx"])
    for predicate in (DCT.license, spdx.checksum):
        for subject in set(new.subjects(predicate)):
            graph.remove((subject, predicate, None))
