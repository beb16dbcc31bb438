"""A dataset's compliance as JSON-LD, in the words of DCAT-AP and the Data Privacy Vocabulary.

The addresses are those of legal.md §7, checked in DPV's release 2.3. What DPV has no word for is
not exported. Nothing is said of resources that the reader is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckanext.rgpd.core import legal
from ckanext.rgpd.core.legal import licence as law
from ckanext.rgpd.metadata import vocabulary

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "legal-fr": "https://w3id.org/dpv/legal/fr#",
    "pd": "https://w3id.org/dpv/pd#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "risk": "https://w3id.org/dpv/risk#",
    "spdx": "http://spdx.org/rdf/terms#",
}

PRESENCE = {
    "none": "dpv:NonPersonalData",
    "personal": "dpv:PersonalData",
    "special_category": "dpv:SpecialCategoryPersonalData",
    "offence": "pd:CriminalOffence",
    "pseudonymised": "dpv:PseudonymisedData",
    "anonymised": "dpv:AnonymisedData",
}
COMPLIANCE = {
    "compliant": "dpv:Compliant",
    "partially_compliant": "dpv:PartiallyCompliant",
    "non_compliant": "dpv:NonCompliant",
    "under_review": "dpv:ComplianceIndeterminate",
    "unknown": "dpv:ComplianceUnknown",
}
LAWFULNESS = {"compliant": "dpv:Lawful", "non_compliant": "dpv:Unlawful"}
MEASURES = {
    "anonymised_declared": "dpv:Anonymisation",
    "anonymised_verified": "dpv:Anonymisation",
    "pseudonymised": "dpv:Pseudonymisation",
    "aggregated": "dpv:Aggregate",
}
TECHNIQUES = {"differential_privacy": "dpv:DifferentialPrivacy", "synthetic": "dpv:SyntheticData"}
RIGHTS = ("A15", "A16", "A17", "A18", "A21")
AUTHORITY = "legal-fr:DPA-FR"

_PREFIX = "rgpd_"

Node = dict[str, Any]


def document(dataset: Mapping[str, Any], address: str, resources: Mapping[str, str]) -> Node:
    """The JSON-LD of a dataset dict as its reader is shown it.

    ``address`` is the dataset's, ``resources`` gives that of each resource by its id.
    """
    shown = [
        _distribution(dataset, resource, resources[resource["id"]])
        for resource in dataset.get("resources") or []
        if _of(resource, "state") != "under_review"
    ]
    return {"@context": CONTEXT, "@id": address, "@type": "dcat:Dataset"} | _filled(
        {
            **_data(dataset),
            **_law(dataset),
            **_people(dataset),
            "dpv:hasComplianceStatus": _id(COMPLIANCE.get(_of(dataset, "compliance_status"))),
            "dpv:hasLawfulness": _id(
                LAWFULNESS.get(_of(dataset, "compliance_status"), "dpv:LawfulnessUnknown")
            ),
            "dct:available": _of(dataset, "release_date"),
            "dct:provenance": _labelled("dct:ProvenanceStatement", _of(dataset, "source_mention")),
            "dcat:distribution": shown,
        }
    )


def _data(dataset: Mapping[str, Any]) -> Node:
    """What is in the data, and about whom."""
    people = vocabulary.entries("persons_categories")
    subjects = [people[key].get("iri") for key in _of(dataset, "persons_categories") or []]
    return {
        "dpv:hasPersonalData": _id(PRESENCE.get(_of(dataset, "dcp_presence"))),
        "dpv:hasDataSubject": _ids(subjects),
    }


def _law(dataset: Mapping[str, Any]) -> Node:
    """Why they may be public."""
    bases = [_of(dataset, "gdpr_basis"), _of(dataset, "gdpr_art9_basis")]
    need = _of(dataset, "public_need_statement")
    return {
        "dpv:hasLegalBasis": _ids(f"eu-gdpr:{basis}" for basis in bases if basis),
        "dcatap:applicableLegislation": _legislation(dataset),
        "dpv:hasPurpose": {"@type": "dpv:Purpose", "dct:description": need} if need else None,
    }


def _legislation(dataset: Mapping[str, Any]) -> list[Node]:
    texts = []
    if url := _of(dataset, "legal_reference_url"):
        label = _of(dataset, "legal_reference") or url
        texts.append({"@id": url, "@type": "eli:LegalResource", "dct:title": label})
    if _of(dataset, "d312_category"):
        decree = legal.article("crpa_d312_1_3", "fr")
        texts.append({"@id": decree.url, "@type": "eli:LegalResource", "dct:title": decree.label})
    return texts


def _people(dataset: Mapping[str, Any]) -> Node:
    """Who answers for the data, and what those in it can do."""
    exercise = _contact("dpv:RightExerciseNotice", _of(dataset, "rights_contact"))
    objection = _contact("dpv:RightExerciseNotice", _of(dataset, "opposition_url"))
    reachable = bool(exercise or objection)
    notice = _of(dataset, "privacy_notice_url")
    return {
        "dpv:hasDataController": _named("dpv:DataController", _of(dataset, "controller")),
        "dpv:hasDataProtectionOfficer": _contact(
            "dpv:DataProtectionOfficer", _of(dataset, "dpo_contact")
        ),
        "dpv:hasNotice": [
            *([{"@id": notice, "@type": "dpv:PrivacyNotice"}] if notice else []),
            *([exercise] if exercise else []),
            *([{**objection, "dct:subject": {"@id": "eu-gdpr:A21"}}] if objection else []),
        ],
        "dpv:hasRight": _ids(f"eu-gdpr:{right}" for right in RIGHTS) if reachable else None,
        "dpv:hasProhibition": [
            {
                "@type": "dpv:Prohibition",
                "dct:description": vocabulary.label("forbidden_uses", use, "fr"),
            }
            for use in _of(dataset, "forbidden_uses") or []
        ],
        "dpv:hasAuthority": _id(AUTHORITY) if reachable else None,
    }


def _distribution(dataset: Mapping[str, Any], resource: Mapping[str, Any], address: str) -> Node:
    """Licence, rights and checksum of a file that may be had, and how it was anonymised."""
    techniques = [TECHNIQUES.get(key) for key in _of(resource, "anon_measures") or []]
    measures = [MEASURES.get(_of(resource, "anonymisation_status")), *techniques]
    document = _of(resource, "anon_methods_document")
    return {"@id": address, "@type": "dcat:Distribution"} | _filled(
        {
            "dct:license": _licence(dataset),
            "dct:rights": _labelled("dct:RightsStatement", _rights(resource)),
            "dpv:hasPersonalData": _id(PRESENCE.get(_of(resource, "dcp_presence"))),
            "dpv:hasTechnicalMeasure": _ids(measures),
            "foaf:page": _page(document),
            "spdx:checksum": _checksum(_of(resource, "file_checksum")),
        }
    )


def _licence(dataset: Mapping[str, Any]) -> Node | None:
    found = law.licence(dataset.get("license_id"))
    url = dataset.get("license_url") or (found or {}).get("url")
    if not url:
        return None
    title = dataset.get("license_title") or url
    return {"@id": url, "@type": "dct:LicenseDocument", "dct:title": title}


def _rights(resource: Mapping[str, Any]) -> str:
    if not _of(resource, "personal_data_notice"):
        return ""
    return (
        "Ce fichier contient des données personnelles : leur réutilisation est aussi soumise "
        "au RGPD et à la loi Informatique et Libertés (article L. 322-2 du CRPA)."
    )


def _checksum(sha256: str | None) -> Node | None:
    if not sha256:
        return None
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {
            "@id": "spdx:checksumAlgorithm_sha256",
            "@type": "spdx:ChecksumAlgorithm",
        },
        "spdx:checksumValue": {
            "@value": sha256,
            "@type": "http://www.w3.org/2001/XMLSchema#hexBinary",
        },
    }


def _page(address: str | None) -> Node | None:
    if not address or not address.startswith(("http://", "https://")):
        return None
    return {"@id": address, "@type": "foaf:Document"}


def _contact(kind: str, contact: str | None) -> Node | None:
    """An e-mail address or a page, of a function."""
    if not contact:
        return None
    address = contact if contact.startswith(("http://", "https://")) else f"mailto:{contact}"
    return {"@type": kind, "dpv:hasContact": {"@id": address}}


def _named(kind: str, name: str | None) -> Node | None:
    return {"@type": kind, "dpv:hasName": name} if name else None


def _labelled(kind: str, text: str | None) -> Node | None:
    return {"@type": kind, "rdfs:label": text} if text else None


def _of(item: Mapping[str, Any], name: str) -> Any:
    return item.get(_PREFIX + name)


def _id(address: str | None) -> Node | None:
    return {"@id": address} if address else None


def _ids(addresses: Iterable[str | None]) -> list[Node]:
    return [{"@id": address} for address in addresses if address]


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}
