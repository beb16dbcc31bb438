"""Media types and formats of files as DCAT-AP wants them: addresses, with their kind.

ckanext-dcat writes ``text/csv`` and ``CSV`` as plain texts, which DCAT-AP's shapes refuse.
"""

from __future__ import annotations

import re
from typing import Any

from rdflib import DCAT, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib import DCTERMS as DCT

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_KIND = re.compile(r"[\w.+-]+/[\w.+-]+")
#: Formats with an entry of the same name in the EU's list of file types.
_LISTED = frozenset(
    (
        *("CSV", "TSV", "JSON", "XML", "PDF", "ZIP", "XLSX", "XLS", "ODS", "ODT", "DOCX", "DOC"),
        *("TXT", "HTML", "GEOJSON", "KML", "SHP", "GPKG", "GML", "GPX", "PNG", "JPEG", "PPTX"),
        *("TAR", "ICS", "PARQUET", "GTFS"),
    )
)


def typed(graph: Graph) -> None:
    """Give each media type and format of the graph an address, or a name, and its kind."""
    for file, media_type in _literals(graph, DCAT.mediaType):
        node = URIRef(_MEDIA_TYPES + media_type) if _KIND.fullmatch(media_type) else BNode()
        _replace(graph, (file, DCAT.mediaType, media_type), node, DCT.MediaType)
    for file, name in _literals(graph, DCT.format):
        key = name.upper()
        node = URIRef(_FILE_TYPES + key) if key in _LISTED else BNode()
        _replace(graph, (file, DCT.format, name), node, DCT.MediaTypeOrExtent)
        graph.add((node, RDFS.label, name))


def read(graph: Graph, resource: dict[str, Any]) -> None:
    """Bring what :func:`typed` wrote of a resource's file back to CKAN's own words."""
    kind = str(resource.get("mimetype") or "")
    if kind.startswith(_MEDIA_TYPES):
        resource["mimetype"] = kind.removeprefix(_MEDIA_TYPES)
    node = graph.value(URIRef(str(resource.get("distribution_ref"))), DCT.format)
    label = graph.value(node, RDFS.label) if node is not None else None
    if label is not None:
        resource["format"] = str(label)


def _literals(graph: Graph, predicate: URIRef) -> list[tuple[Any, Literal]]:
    found = list(graph.subject_objects(predicate))
    return [(file, text) for file, text in found if isinstance(text, Literal)]


def _replace(graph: Graph, triple: tuple[Any, URIRef, Literal], node: Any, kind: URIRef) -> None:
    graph.remove(triple)
    graph.add((*triple[:2], node))
    graph.add((node, RDF.type, kind))
