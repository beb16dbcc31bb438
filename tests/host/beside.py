"""CKAN's own tests, each with the plugins of the configuration before its own.

Loaded by ``bash dev/test host`` (``-p tests.host.beside``), once without our plugin and once with
it. No worker runs beside these tests, so what would wait for one is read on the spot; in the mode
``warn`` what was read whole is open, though these tests give their datasets no licence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from http.client import HTTPMessage
from typing import IO, Any

import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
import pytest
from ckan.common import config

#: The option that tests set, and that would leave out the plugins of the configuration.
PLUGINS = "ckan.plugins"
CLEAN = b"lieu,ouverture\nPiscine,1987\n"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the plugins of the configuration before those that a test asks for."""
    ours = tk.aslist(config[PLUGINS])
    for node in {node for item in items for node in item.listchain()}:
        node.own_markers[:] = [_begun_by(ours, mark) for mark in node.own_markers]


def _begun_by(ours: list[str], mark: pytest.Mark) -> pytest.Mark:
    if mark.name != "ckan_config" or mark.args[0] != PLUGINS:
        return mark
    plugins = " ".join([*ours, *tk.aslist(mark.args[1])])
    return pytest.mark.ckan_config(PLUGINS, plugins).mark


def _answer(url: str, target: IO[bytes], *_how: Any) -> Any:
    """What stands behind every address: their made-up ones lead nowhere, and would stay closed."""
    from ckanext.rgpd.fetch import Answer

    target.write(CLEAN)
    target.flush()
    headers = HTTPMessage()
    headers["Content-Disposition"] = 'attachment; filename="lieux.csv"'
    return Answer(url, hashlib.sha256(CLEAN).hexdigest(), len(CLEAN), headers)


def _read(version_ids: list[str]) -> None:
    """What a worker does, in a DataStore of which CKAN's tests have dropped every table."""
    from ckanext.rgpd import datastore, jobs, row_changes

    if datastore.loaded():
        row_changes.unread_tables()
    for id in version_ids:
        jobs.scan_version(id)


@pytest.fixture(scope="session")
def our_tables(reset_db: Any, migrate_db_for: Any) -> Callable[[], None]:
    """Makes our tables when first called, after CKAN's tests have dropped all there were."""

    @cache
    def make() -> None:
        reset_db()
        migrate_db_for("rgpd")

    return make


@pytest.fixture(autouse=True)
def _loaded(
    with_plugins: Any, our_tables: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plugins, for every test; with ours among them, a worker that takes no time."""
    if plugins.plugin_loaded("rgpd"):
        from ckanext.rgpd import fetch, jobs

        our_tables()
        monkeypatch.setattr(fetch, "fetch", _answer)
        monkeypatch.setattr(jobs, "wait", _read)
        monkeypatch.setattr(jobs, "enqueue_version", lambda id: _read([id]))
