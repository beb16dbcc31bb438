"""What has been answered about a content: by its publisher, and for the whole dataset before.

A declaration keeps what its publisher gave, and nothing else. What the dataset's own fields and
the answers on its other files say is added each time the law is asked.
"""

from __future__ import annotations

from typing import Any

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd.core import errors, legal
from ckanext.rgpd.metadata.field import FIELDS
from ckanext.rgpd.model import DatasetField, Declaration, Version
from ckanext.rgpd.model.version import WITHDRAWN

Answers = dict[str, Any]


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
    told = {name: value for name, value in _dataset(version).items() if name in fields}
    return _checked({**_elsewhere(version), **told})


def prefilled(version: Version) -> Answers:
    """What a form shows before the first answer: the dataset's usual basis among the rest."""
    usual = {} if own(version) else _checked(_dataset(version))
    return {**usual, **known(version)}


def _dataset(version: Version) -> Answers:
    """The dataset's own fields."""
    stored = DatasetField.all_of(version.package_id)
    return {name: FIELDS[name].shown(text) for name, text in stored.items() if name in FIELDS}


def _elsewhere(version: Version) -> Answers:
    """The newest reusable answers on other contents of the dataset."""
    others = sa.select(Version.id).where(
        Version.package_id == version.package_id,
        Version.id != version.id,
        Version.state != WITHDRAWN,
    )
    query = sa.select(Declaration).where(Declaration.version_id.in_(others))
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
