"""What the extension costs a portal: the same portal with it and without it, side by side.

``python -m bench.portal CKAN.INI`` fills the portal of that configuration file with datasets
(5,000, each with a released file), serves it twice on this machine, once with ``rgpd`` among its
plugins and once without, asks both the same in turn, and prints the ratio of the times: what the
reader waits (the median), and the processor's time in the web process (the mean), which other
work on the machine disturbs less. Take a portal that may be filled: that of ``dev/portal`` for
instance. It runs on Linux.
"""

from __future__ import annotations

import argparse
import configparser
import http.client
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = "cout-{:05}"
FILE = b"lieu,ouverture\nPiscine,1987\n"
SECTION = "app:main"
#: Requests that are not counted: the first ones fill caches.
WARM = 10


@dataclass
class Portal:
    """One that is served: a line to it, and its process."""

    line: http.client.HTTPConnection
    process: int

    def get(self, path: str) -> float:
        """Seconds that one answer took; anything but 200 ends the bench."""
        begun = time.perf_counter()
        self.line.request("GET", path)
        answer = self.line.getresponse()
        answer.read()
        taken = time.perf_counter() - begun
        if answer.status != http.client.OK:
            raise SystemExit(f"{path} answered {answer.status}")
        return taken

    def processor(self) -> float:
        """Seconds of the processor that it took so far (``clock_getcpuclockid`` of Linux)."""
        return time.clock_gettime((~self.process << 3) | 2)


def main() -> None:
    """Fill the portal, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ini", type=Path)
    parser.add_argument("--datasets", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--filled", action="store_true", help="it was filled before")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inis = [_variant(arguments.ini, Path(folder), with_rgpd) for with_rgpd in (True, False)]
        fill = [sys.executable, "-m", "bench.portal_data", str(inis[0]), str(arguments.datasets)]
        if not arguments.filled:
            subprocess.run(fill, check=True, cwd=ROOT)
        with _served(inis[0]) as ours, _served(inis[1]) as bare:
            _measure(ours, bare, arguments.datasets, arguments.rounds)


def _variant(ini: Path, folder: Path, with_rgpd: bool) -> Path:
    """A copy of a configuration file with our plugin first, or without it."""
    config = configparser.RawConfigParser()
    config.optionxform = str  # type: ignore[method-assign,assignment]
    config.read(ini)
    plugins = [name for name in config[SECTION]["ckan.plugins"].split() if name != "rgpd"]
    config[SECTION]["ckan.plugins"] = " ".join(["rgpd", *plugins] if with_rgpd else plugins)
    for key, value in config[SECTION].items():
        config[SECTION][key] = value.replace("%(here)s", str(ini.parent.resolve()))
    target = folder / f"{'with' if with_rgpd else 'without'}.ini"
    with target.open("w") as file:
        config.write(file)
    return target


@contextmanager
def _served(ini: Path) -> Iterator[Portal]:
    """The portal of a configuration file, served while the context lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = ini.with_suffix(".log").open("w")
    command = [sys.executable, str(ROOT / "dev" / "serve.py"), str(ini), str(port)]
    server = subprocess.Popen(command, stdout=log, stderr=log)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    portal = Portal(line, server.pid)
    try:
        for _ in range(240):
            try:
                portal.get("/api/3/action/status_show")
                break
            except OSError:
                line.close()
                time.sleep(0.5)
        yield portal
    finally:
        server.terminate()
        server.wait()
        log.close()


def _paths(number: int) -> dict[str, str]:
    name = NAME.format(number)
    return {
        "package_search": f"/api/3/action/package_search?rows=20&start={number % 1000}",
        "package_show": f"/api/3/action/package_show?id={name}",
        "dataset page": f"/dataset/{name}",
        "download": f"/dataset/{name}/resource/{name}/download/lieux.csv",
    }


def _measure(ours: Portal, bare: Portal, datasets: int, rounds: int) -> None:
    print(f"{datasets} datasets, {rounds} rounds, milliseconds")
    print(f"{'':<16}{'with':>8}{'without':>9}{'ratio':>7}{'processor':>12}{'':>9}{'ratio':>7}")
    for what in _paths(0):
        paths = [_paths(number)[what] for number in random.choices(range(datasets), k=rounds)]
        _ask(ours, bare, paths[:WARM])
        before = ours.processor(), bare.processor()
        waited = [statistics.median(side) for side in zip(*_ask(ours, bare, paths), strict=True)]
        used = ours.processor() - before[0], bare.processor() - before[1]
        figures = _figures(*waited) + f"{'':>4}" + _figures(used[0] / rounds, used[1] / rounds)
        print(f"{what:<16}{figures}", flush=True)


def _ask(ours: Portal, bare: Portal, paths: list[str]) -> list[tuple[float, float]]:
    """How long each took, side by side; who is asked first is left to chance."""
    times = []
    for path in paths:
        first, second = random.sample([ours, bare], 2)
        taken = {first.process: first.get(path), second.process: second.get(path)}
        times.append((taken[ours.process], taken[bare.process]))
    return times


def _figures(with_rgpd: float, without: float) -> str:
    return f"{with_rgpd * 1000:>8.2f}{without * 1000:>9.2f}{with_rgpd / without:>7.2f}"


if __name__ == "__main__":
    main()
