"""What the extension costs a portal: the same portal with it and without it, side by side.

``python -m bench.portal CKAN.INI`` fills the portal of that configuration file with datasets
(5,000, each with a released file), serves it twice on this machine, once with ``rgpd`` among its
plugins and once without, asks both the same in turn, and prints the ratio of the times. Take a
portal that may be filled: that of ``dev/portal`` for instance.
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
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = "cout-{:05}"
FILE = b"lieu,ouverture\nPiscine,1987\n"
SECTION = "app:main"


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
def _served(ini: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to the portal of a configuration file, served while the context lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = ini.with_suffix(".log").open("w")
    command = [sys.executable, str(ROOT / "dev" / "serve.py"), str(ini), str(port)]
    server = subprocess.Popen(command, stdout=log, stderr=log)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _ in range(240):
            try:
                _get(line, "/api/3/action/status_show")
                break
            except OSError:
                line.close()
                time.sleep(0.5)
        yield line
    finally:
        server.terminate()
        server.wait()
        log.close()


def _get(line: http.client.HTTPConnection, path: str) -> float:
    """Seconds that one answer took; anything but 200 ends the bench."""
    begun = time.perf_counter()
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    taken = time.perf_counter() - begun
    if answer.status != http.client.OK:
        raise SystemExit(f"{path} answered {answer.status}")
    return taken


def _paths(number: int) -> dict[str, str]:
    name = NAME.format(number)
    return {
        "package_search": f"/api/3/action/package_search?rows=20&start={number % 1000}",
        "package_show": f"/api/3/action/package_show?id={name}",
        "dataset page": f"/dataset/{name}",
        "download": f"/dataset/{name}/resource/{name}/download/lieux.csv",
    }


def _measure(
    ours: http.client.HTTPConnection, bare: http.client.HTTPConnection, datasets: int, rounds: int
) -> None:
    times: dict[str, list[tuple[float, float]]] = {}
    for number in random.choices(range(datasets), k=rounds):
        for what, path in _paths(number).items():
            first, second = random.sample([ours, bare], 2)
            taken = {first: _get(first, path), second: _get(second, path)}
            times.setdefault(what, []).append((taken[ours], taken[bare]))
    print(f"{datasets} datasets, {rounds} rounds, medians in milliseconds")
    print(f"{'':<16}{'with':>8}{'without':>9}{'ratio':>7}")
    for what, pairs in times.items():
        with_rgpd, without = (statistics.median(side) for side in zip(*pairs, strict=True))
        row = f"{with_rgpd * 1000:>8.1f}{without * 1000:>9.1f}{with_rgpd / without:>7.2f}"
        print(f"{what:<16}{row}")


if __name__ == "__main__":
    main()
