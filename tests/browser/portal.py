"""The running portal that the stories are told on: its addresses, accounts and services."""

from __future__ import annotations

import configparser
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class Portal:
    """A portal as ``dev/portal`` makes it, found by the file of its addresses and tokens."""

    def __init__(self, env_file: Path) -> None:
        lines = env_file.read_text().splitlines()
        self.env = dict(line.split("=", 1) for line in lines if "=" in line)
        self.state = env_file.parent
        self.url = self.env["CKAN_URL"]
        ini = configparser.ConfigParser(interpolation=None)
        ini.read(self.env["CKAN_INI"])
        self.settings = ini["app:main"]

    @property
    def storage(self) -> Path:
        return Path(self.settings["ckan.storage_path"])

    def logs(self) -> list[Path]:
        """What the portal's processes and its database server write down."""
        return [*self.state.glob("logs/*"), *self.state.glob("postgresql/server.log")]

    @contextmanager
    def without(self, service: str) -> Iterator[None]:
        """The portal while one of its services (``worker``, ``redis``, ``solr``) is stopped."""
        self._run(f"stop {service}")
        try:
            yield
        finally:
            self._run(RESTART[service])

    def _run(self, command: str) -> None:
        version = self._setting("CKAN")
        subprocess.run(
            ["bash", "-c", f"{PREPARE}\n{command}", "bash", str(CHECKOUT), str(self.state)],
            env={**os.environ, "CKAN_VERSION": version},
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=180,
        )

    def _setting(self, key: str) -> str:
        lines = (self.state / "settings").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)[key]


PREPARE = """
set -euo pipefail
for part in say system python process services portal; do source "$1/dev/lib/$part.sh"; done
open_state "$2"
"""

#: A Redis that forgot everything no longer knows the workers: they introduce themselves again.
RESTART = {
    "worker": "start_processes",
    "redis": "start_redis; stop worker; stop jobs; start_processes",
    "solr": "start_solr",
}
