"""The words of the law as data: YAML entries with labels in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

#: The answer that is always allowed and never publishes.
UNKNOWN = "unknown"

# A kind with no file of its own is a section of vocabulary.yaml.
_FILES = frozenset({"articles", "entity_types", "points", "questions", "reasons"})

Entry = Mapping[str, Any]


@cache
def entries(kind: str) -> Mapping[str, Entry]:
    """All entries of ``kind``, by machine key, in the order of the data file.

    ``outcomes`` come from the most severe to the mildest. Raises :class:`KeyError` for a kind
    that does not exist.
    """
    found = _load(f"{kind}.yaml") if kind in _FILES else _load("vocabulary.yaml")[kind]
    return MappingProxyType(found)


def label(kind: str, key: str, lang: str) -> str:
    """What people read for ``key``; the key itself where it has no entry.

    A portal may add detectors of its own, whose entity types have no label here.
    """
    return text(kind, key, "label", lang) if key in entries(kind) else key


def text(kind: str, key: str, part: str, lang: str) -> str:
    """One text of an entry (``label``, ``help``, ``remedy``), in French or else in English."""
    texts: Mapping[str, str] = entries(kind)[key][part]
    return texts["fr" if lang.startswith("fr") else "en"]


@cache
def _load(name: str) -> dict[str, Any]:
    import yaml

    # libyaml is ten times quicker, and not installed everywhere.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = (resources.files(__package__) / "data" / name).read_bytes()
    loaded: dict[str, Any] = yaml.load(data, Loader=loader)  # noqa: S506 - safe, both of them
    return loaded
