"""What a second worker brings: the same files read by one, then by two.

``python -m bench.workers CKAN.INI`` lays files that nobody has read before a portal that
``bench.portal`` has filled, and prints the times from the first scan to the last decision, and
their ratio. The workers' own start is not counted; the portal's own must be stopped, and so must
whatever else needs the processor. Beside each time stands what all the machine's processors worked
meanwhile, databases and search engine included: two workers are no faster than these allow.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import ckan.model as ckan_model
import sqlalchemy as sa
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.jobs import get_queue
from rq import Worker

from bench.portal import NAME
from ckanext.rgpd import escrow, jobs, outbox
from ckanext.rgpd.model import Decision, Version
from ckanext.rgpd.model.version import PENDING, SCANNING

ROWS = 4000


def main() -> None:
    """Read with one worker, then with two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ini", type=Path)
    parser.add_argument("--files", type=int, default=40)
    arguments = parser.parse_args()
    app = make_app(load_config(str(arguments.ini)))
    with app._wsgi_app.test_request_context(method="POST"):
        took = {}
        for workers in (1, 2):
            took[workers], busy = _seconds(arguments.ini, arguments.files, workers)
            share = busy / took[workers] / (os.cpu_count() or 1)
            print(
                f"{arguments.files} files, workers: {workers}: {took[workers]:.1f} s; processors "
                f"{busy:.1f} s, {share:.0%} of {os.cpu_count()}"
            )
    print(f"Two workers are {took[1] / took[2]:.2f} times as fast as one.")


def _seconds(ini: Path, files: int, workers: int) -> tuple[float, float]:
    """From the first scan's start to the last decision, by workers that stand ready before."""
    queue = get_queue(outbox.SMALL)
    if Worker.all(queue=queue):
        raise SystemExit("Stop the portal's own workers first: they would help.")
    ckan = str(Path(sys.executable).with_name("ckan"))
    command = [ckan, "--config", str(ini), "rgpd", "worker"]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(workers)]
    try:
        _wait(lambda: len(Worker.all(queue=queue)) == workers)
        return _read([NAME.format(number) for number in range(files)])
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()


def _read(names: list[str]) -> tuple[float, float]:
    for name in names:
        _lay(name)
    ckan_model.Session.commit()
    before = _busy()
    for name in names:
        jobs.enqueue_version(name)
    _wait(lambda: _waiting(names) == 0)
    busy = _busy() - before
    begun = sa.select(sa.func.min(Version.started)).where(Version.id.in_(names))
    ended = sa.select(sa.func.max(Decision.created)).where(Decision.version_id.in_(names))
    scalar = ckan_model.Session.scalar
    return float((scalar(ended) - scalar(begun)).total_seconds()), busy


def _busy() -> float:
    """Seconds that all the machine's processors have worked so far (``proc_stat(5)``)."""
    _cpu, user, nice, system, _idle, _wait, *rest = Path("/proc/stat").read_text().split()[:9]
    ticks = sum(map(int, [user, nice, system, *rest]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _waiting(names: list[str]) -> int:
    """How many are not read yet."""
    ckan_model.Session.remove()
    waiting = sa.select(sa.func.count()).where(
        Version.id.in_(names), Version.state.in_([PENDING, SCANNING])
    )
    return int(ckan_model.Session.scalar(waiting))


def _wait(ready: Callable[[], bool]) -> None:
    while not ready():
        time.sleep(0.2)


def _lay(name: str) -> None:
    """A content that was never read, in the place of the one before."""
    mark = uuid4().hex
    rows = "".join(f"Piscine {number} {mark},{1900 + number % 99}\n" for number in range(ROWS))
    stored = escrow.put(io.BytesIO(f"lieu,ouverture\n{rows}".encode()), limit=1 << 30)
    version = ckan_model.Session.get(Version, name)
    version.sha256, version.size, version.report_id = stored.sha256, stored.size, None
    version.state, version.attempts = PENDING, 0


if __name__ == "__main__":
    main()
