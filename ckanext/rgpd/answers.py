"""What has been answered about a content: by its publisher, and for the whole dataset before.

A declaration keeps what its publisher gave, and nothing else. What the dataset's own fields and
the answers on its other files say is added each time the law is asked; what they say for the
organisation's other datasets is offered in the form, and counts once it is saved.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa

from ckanext.rgpd.core import errors, legal
from ckanext.rgpd.metadata.field import FIELDS
from ckanext.rgpd.model import DatasetField, Declaration, Version
from ckanext.rgpd.model.version import WITHDRAWN

Answers = dict[str, Any]

#: How many other datasets of the organisation are asked for answers to offer.
_ASKED = 10


class Offer(NamedTuple):
    """An answer for another dataset of the organisation, and that dataset's title."""

    value: Any
    dataset: str


def own(version: Version) -> Answers:
    """The publisher's latest answers about a version."""
    declaration = Declaration.latest(version.id)
    return dict(declaration.answers) if declaration else {}


def known(version: Version) -> Answers:
    """All that is known: the dataset's fields, its other files' answers, and the version's own."""
    return {**reused(version), **own(version)}


def reused(version: Version) -> Answers:
    """What was answered once for the whole dataset; ``unknown`` is asked again."""
    fields = legal.dataset_fields()
    told = {name: value for name, value in _dataset(version.package_id).items() if name in fields}
    return _checked({**_elsewhere(version), **told})


def prefilled(version: Version) -> Answers:
    """What a form shows before the first answer: the dataset's usual basis among the rest."""
    usual = {} if own(version) else _checked(_dataset(version.package_id))
    return {**usual, **known(version)}


def offered(version: Version, user: str) -> dict[str, Offer]:
    """What was answered for the organisation's other datasets, the latest changed first.

    Only from those that the user edits too. An offer holds for nothing until it is saved.
    """
    own = ckan_model.Package.get(version.package_id)
    if own is None or not own.owner_org:
        return {}
    offers: dict[str, Offer] = {}
    for package in _siblings(own):
        answered = _checked({**_answered(package.id), **_dataset(package.id)})
        for field, value in answered.items():
            if legal.offered(field, value) and _may_edit(user, package.id):
                offers.setdefault(field, Offer(value, package.title or package.name))
    return {field: offers[field] for field in offers.keys() - known(version).keys()}


def _siblings(own: ckan_model.Package) -> list[ckan_model.Package]:
    """The datasets of the same organisation that were changed last."""
    query = sa.select(ckan_model.Package).where(
        ckan_model.Package.owner_org == own.owner_org,
        ckan_model.Package.state == ckan_model.State.ACTIVE,
        ckan_model.Package.id != own.id,
    )
    latest = query.order_by(ckan_model.Package.metadata_modified.desc()).limit(_ASKED)
    return list(ckan_model.Session.scalars(latest))


def _may_edit(user: str, package_id: str) -> bool:
    try:
        return bool(tk.check_access("package_update", {"user": user}, {"id": package_id}))
    except tk.NotAuthorized:
        return False


def _dataset(package_id: str) -> Answers:
    """The dataset's own fields."""
    stored = DatasetField.all_of(package_id)
    return {name: FIELDS[name].shown(text) for name, text in stored.items() if name in FIELDS}


def _elsewhere(version: Version) -> Answers:
    """The newest reusable answers on other contents of the dataset."""
    return _answered(version.package_id, Version.id != version.id)


def _answered(package_id: str, *which: Any) -> Answers:
    """The newest reusable answers on a dataset's contents."""
    contents = sa.select(Version.id).where(
        Version.package_id == package_id, Version.state != WITHDRAWN, *which
    )
    query = sa.select(Declaration).where(Declaration.version_id.in_(contents))
    answers: Answers = {}
    for declaration in ckan_model.Session.scalars(query.order_by(Declaration.serial)):
        answers |= {k: v for k, v in declaration.answers.items() if k in legal.reusable()}
    return answers


def _checked(values: Answers) -> Answers:
    """Those that are possible answers, as they are stored; ``unknown`` is none."""
    checked = {}
    for field, value in values.items():
        try:
            checked[field] = legal.check(field, value)
        except errors.InvalidAnswer:  # noqa: PERF203 - each answer stands alone
            continue
    return {k: v for k, v in checked.items() if v not in (None, legal.UNKNOWN)}
