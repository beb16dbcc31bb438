"""The closed lists that fields take their values from, the law's own ones first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ckanext.rgpd.core import legal

Entry = Mapping[str, Any]


def entries(kind: str) -> Mapping[str, Entry]:
    """The entries of a list by their keys; raises :class:`KeyError` for a list there is not."""
    try:
        return legal.entries(kind)
    except KeyError:
        return load("vocabulary.yaml")[kind]


def label(kind: str, key: str, lang: str) -> str:
    """What people read for a key of a list; the key itself where the list does not have it."""
    return text(entries(kind)[key], "label", lang) if key in entries(kind) else key


def text(entry: Entry, part: str, lang: str) -> str:
    """One text of an entry, in French or else in English."""
    return entry[part]["fr" if lang.startswith("fr") else "en"]


@cache
def load(name: str) -> dict[str, Any]:
    """A data file of this room."""
    return yaml.safe_load((resources.files(__package__) / name).read_bytes())
