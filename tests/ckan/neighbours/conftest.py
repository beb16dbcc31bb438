"""The portal on a real port, as its neighbours ask it over HTTP, and their jobs run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import ckan.lib.jobs as ckan_jobs
import ckan.model as ckan_model
import pytest
from werkzeug.serving import make_server


@pytest.fixture
def address(ckan_config: Any, monkeypatch: Any, make_app: Any, portal: None) -> Iterator[str]:
    """The portal's own address, at which it answers while the test lasts."""
    server = make_server("127.0.0.1", 0, lambda environ, start: b"", threaded=True)
    monkeypatch.setitem(ckan_config, "ckan.site_url", f"http://127.0.0.1:{server.server_port}")
    server.app = make_app().app
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield ckan_config["ckan.site_url"]
    server.shutdown()
    server.server_close()


@pytest.fixture
def run_jobs(address: str, clean_queues: None) -> Callable[[], None]:
    """Let a worker of CKAN do what the neighbours have queued."""

    def work() -> None:
        ckan_model.Session.commit()
        ckan_jobs.Worker(["default"]).work(burst=True)
        ckan_model.Session.expire_all()

    return work


@pytest.fixture
def refused(fetch: Callable[..., Any], address: str) -> Callable[..., int]:
    """Assert that users get none of these words at an address; gives the last one's status."""

    def check(path: str, users: list[Any], words: tuple[str, ...]) -> int:
        for user in users:
            answer = fetch(path, user)
            body = answer.get_data(as_text=True)
            assert [word for word in words if word in body] == [], path
        return int(answer.status_code)

    return check
