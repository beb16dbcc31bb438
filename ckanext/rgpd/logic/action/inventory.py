"""The inventory of an organisation's public information."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.rgpd import fields
from ckanext.rgpd.logic import schema
from ckanext.rgpd.metadata import derived, inventory, licence

__all__ = ["rgpd_inventory_list"]

Data = dict[str, Any]

_PAGE = 500  # datasets a search


@tk.side_effect_free
def rgpd_inventory_list(context: Context, data_dict: Data) -> Data:
    """The entries of an organisation's inventory (CRPA R. 322-7): its public datasets, by name.

    :param organization_id: the id or name of the organisation
    :returns: ``results``, each with ``title``, ``subject``, ``created``, ``reuse_conditions``,
        ``updated``, ``updates``, ``url`` and ``dataset``
    """
    data = schema.validated(data_dict, schema.inventory(), context)
    organisation = tk.get_action("organization_show")(context, {"id": data["organization_id"]})
    results: list[Data] = []
    while True:
        found = tk.get_action("package_search")(
            context,
            {
                "fq": f'owner_org:"{organisation["id"]}"',
                "sort": "name asc",
                "rows": _PAGE,
                "start": len(results),
            },
        )["results"]
        results += [inventory.row(_dressed(dataset)) for dataset in found]
        if len(found) < _PAGE:
            return {"results": results}


def _dressed(dataset: Data) -> Data:
    """A dataset of a search with its public fields as they are now."""
    fields.strip(dataset)
    dataset.update(fields.shown(dataset["id"], whole=False))
    licence.named(dataset)
    told = derived.of_dataset({**dataset, "resources": []})
    return {**dataset, "rgpd_license_regime": told["license_regime"]}
