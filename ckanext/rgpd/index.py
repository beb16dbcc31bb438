"""Keeps closed resources out of what can be searched."""

from __future__ import annotations

import json
from typing import Any

from ckanext.rgpd import compliance, fields, gate
from ckanext.rgpd.metadata import facets, licence
from ckanext.rgpd.model import DatasetField, standing

#: Keys of the index that hold one value for each resource, with the resource's own key.
RESOURCE_KEYS = {
    "res_name": "name",
    "res_description": "description",
    "res_format": "format",
    "res_url": "url",
    "res_type": "resource_type",
}


def leave_out_closed(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    """The document for the index without the names, texts and addresses of closed resources.

    ``data_dict`` and ``validated_data_dict`` keep their resources: CKAN reads datasets back from
    them and saves them; closed ones are hidden on the way out.
    """
    for name in ("data_dict", "validated_data_dict"):
        dataset = json.loads(pkg_dict[name])
        fields.leave_out_internal(dataset)
        pkg_dict[name] = json.dumps(dataset)
    for key in [key for key in pkg_dict if key.startswith(fields.PREFIX)]:
        del pkg_dict[key]
    resources = json.loads(pkg_dict["validated_data_dict"]).get("resources") or []
    open_ids = gate.open_resources(resource["id"] for resource in resources)
    if len(open_ids) < len(resources):
        shown = [resource for resource in resources if resource["id"] in open_ids]
        for key in [key for key in pkg_dict if key.startswith("res_")]:
            name = RESOURCE_KEYS.get(key, key.removeprefix("res_extras_"))
            pkg_dict[key] = [resource.get(name) or "" for resource in shown]
    pkg_dict.update(_facets(pkg_dict, open_ids))
    return pkg_dict


def _facets(pkg_dict: dict[str, Any], open_ids: set[str]) -> dict[str, list[str]]:
    """What is counted of a dataset: its licence, and its released files."""
    facts = [compliance.public_facts(held) for held in standing.of(open_ids).values()]
    declared = DatasetField.all_of(pkg_dict["id"]).get("license_regime")
    return facets.values(facts, licence.regime(pkg_dict.get("license_id"), declared))
