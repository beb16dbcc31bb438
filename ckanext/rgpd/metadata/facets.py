"""Facets of the dataset search: personal data, basis, anonymisation and licence regime.

They are counted on released files alone, for every reader alike: a count says nothing of a file
that is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.rgpd import wording

# CKAN's Solr schema keeps what begins so as it is, in several values.
_INDEX = "vocab_rgpd_"

#: Each facet's field of a resource (or, for the licence, of the dataset), and its vocabulary.
FACETS = {
    "dcp_presence": "dcp_presence",
    "dcp_publication_basis": "bases",
    "anonymisation_status": "anonymisation_status",
    "license_regime": "license_regimes",
}


def values(facts: Iterable[Mapping[str, Any]], regime: str) -> dict[str, list[str]]:
    """The index's keys for a dataset: ``facts`` are the public ones of its released files."""
    held: dict[str, set[str]] = {name: set() for name in FACETS}
    held["license_regime"].add(regime)
    for fact in facts:
        for name in FACETS:
            if fact.get(name):
                held[name].add(fact[name])
    return {_INDEX + name: sorted(found) for name, found in held.items() if found}


def add(facets: dict[str, Any]) -> dict[str, Any]:
    """CKAN's facets and ours, with their titles."""
    titles = {
        "dcp_presence": tk._("Presence of personal data"),
        "dcp_publication_basis": tk._("Basis of publication"),
        "anonymisation_status": tk._("Anonymisation"),
        "license_regime": tk._("Licence regime"),
    }
    facets.update({_INDEX + name: title for name, title in titles.items()})
    return facets


def name_values(search_facets: Mapping[str, Any]) -> None:
    """Give the values of our facets their labels."""
    for name, kind in FACETS.items():
        for item in search_facets.get(_INDEX + name, {}).get("items", ()):
            item["display_name"] = wording.label(kind, item["name"])
