"""The extension's actions, one module per subject."""

from __future__ import annotations

from typing import Any

from ckanext.rgpd import datastore, validation
from ckanext.rgpd.logic.action import (
    activity,
    anonymise,
    doors,
    erase,
    files,
    harvested,
    inventory,
    judgement,
    questions,
    review,
    rows,
    scan,
    show,
    validate,
)


def get_actions() -> dict[str, Any]:
    """All actions, and the chained ones of the plugins that this portal has."""
    modules = [anonymise, doors, erase, inventory, judgement, questions, review, scan, show]
    if datastore.loaded():
        modules.append(rows)
    if files.there():
        modules.append(files)
    if activity.loaded():
        modules.append(activity)
    if harvested.loaded():
        modules.append(harvested)
    if validation.loaded():
        modules.append(validate)
    return {name: getattr(module, name) for module in modules for name in module.__all__}
