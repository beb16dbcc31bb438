"""Clients upload, replace, release and read while the portal's parts are killed.

``bash dev/faults`` starts a portal of its own and runs this on it. Every file with personal data
carries a canary; an anonymous reader on all doors must meet none. Afterwards each upload that was
answered with success must be there, released by right or closed with a reason. Ends with 1 if not.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from bench.faults_doors import DOORS, Portal

ROOT = Path(__file__).parents[1]
NIR = "285076399904224"
REST_SECONDS = 420


@dataclass
class File:
    """One resource: what was sent last with success, and whether it may be out."""

    dataset: str
    id: str
    content: bytes
    personal: bool
    #: An unanswered upload may have been taken, or not.
    perhaps: list[tuple[bytes, bool]] = field(default_factory=list)


class Run:
    """What all the threads share."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.portal = Portal(folder / "env")
        self.until = time.monotonic() + seconds
        self.counts: Counter[str] = Counter()
        self.files: list[File] = []
        #: Canaries of what a reviewer was asked to release.
        self.released: set[str] = set()
        self.lock = threading.Lock()

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.until

    def count(self, what: str) -> None:
        """One more of these."""
        with self.lock:
            self.counts[what] += 1


def made() -> tuple[bytes, bool]:
    """A file: clean, or personal and with a canary; never the same twice."""
    mark = uuid4().hex
    if random.random() < 0.5:
        return f"lieu,ouverture\nPiscine {mark},1987\n".encode(), False
    return f"nom,nir\nCANARI{mark},{NIR}\n".encode(), True


def client(run: Run) -> None:
    """One publisher and one reviewer, without pause."""
    dataset = f"pannes-{uuid4().hex[:12]}"
    mine: list[File] = []
    while run.goes_on:
        if not _answered(run, dataset, mine):
            run.count("not answered")
            time.sleep(0.5)


def _answered(run: Run, dataset: str, mine: list[File]) -> bool:
    try:
        run.portal.ensure_dataset(dataset)
        _step(run, dataset, mine)
    except requests.RequestException:
        return False
    return True


def _step(run: Run, dataset: str, mine: list[File]) -> None:
    choice = random.random()
    if choice < 0.5 or not mine:
        _upload(run, dataset, mine, None)
    elif choice < 0.75:
        _upload(run, dataset, mine, random.choice(mine))
    elif choice < 0.85:
        file = random.choice(mine)
        contents = [file.content, *(content for content, _ in file.perhaps)]
        run.released.update(canary for content in contents for canary in _canaries(content))
        if run.portal.release(file.id):
            run.count("released by the reviewer")
    else:
        run.portal.own(random.choice(mine).id)
        run.count("read by the publisher")


def _upload(run: Run, dataset: str, mine: list[File], old: File | None) -> None:
    content, personal = made()
    if old:
        old.perhaps.append((content, personal))
    id = run.portal.upload(dataset, content, old.id if old else None)
    if id is None:
        run.count("uploads refused")
        return
    run.count("uploads answered with success")
    if old:
        old.content, old.personal = content, personal
        old.perhaps.clear()
        return
    file = File(dataset, id, content, personal)
    mine.append(file)
    with run.lock:
        run.files.append(file)


def reader(run: Run) -> None:
    """Anonymous, at every door; a canary that no reviewer released must not be met."""
    while run.goes_on:
        with run.lock:
            file = random.choice(run.files) if run.files else None
        door = random.choice(DOORS)
        try:
            text = run.portal.read(door, file.dataset if file else "", file.id if file else "")
        except requests.RequestException:
            run.count("doors that did not answer")
            time.sleep(0.2)
            continue
        run.count("doors read")
        _look_for_canaries(run, door, text)


def _look_for_canaries(run: Run, door: str, text: str) -> None:
    for _canary in _canaries(text.encode()) - run.released:
        run.count("CANARIES MET")
        print(f"canary at {door}", file=sys.stderr)


def _canaries(content: bytes) -> set[str]:
    return {found.decode() for found in re.findall(rb"CANARI[0-9a-f]{32}", content)}


FAULTS = ("worker", "worker", "redis", "postgresql", "solr", "web", "disk")


def destroyer(run: Run) -> None:
    """Kills one part after the other, and brings each back a little later."""
    while run.goes_on:
        for fault in random.sample(FAULTS, len(FAULTS)):
            time.sleep(random.uniform(1, 4))
            if not run.goes_on:
                return
            if fault == "disk":
                _fill_disk(run)
                continue
            _dev(run, "down", fault)
            time.sleep(random.uniform(0.2, 3))
            _dev(run, "up", fault)
            run.count(f"{fault} killed")


def _dev(run: Run, *words: str) -> None:
    command = ["bash", str(ROOT / "dev" / "faults"), *words]
    with (run.folder / "logs" / "faults.log").open("a") as log:
        subprocess.run(command, check=False, stdout=log, stderr=log)


def _fill_disk(run: Run) -> None:
    """Fills the escrow's small disk for a moment, where there is one."""
    escrow = run.folder / "escrow"
    if not escrow.is_mount():
        return
    filler = escrow / "filler"
    try:
        with filler.open("wb") as target:
            while True:
                target.write(b"\0" * (1 << 20))
    except OSError:
        run.count("disk filled")
    time.sleep(2)
    filler.unlink(missing_ok=True)


def rest(run: Run) -> None:
    """Everything up again; ``sweep`` until nothing waits any more."""
    for name in ("postgresql", "redis", "solr", "web"):
        _dev(run, "up", name)
    run.portal.wait(REST_SECONDS)
    ckan = [str(Path(sys.executable).with_name("ckan")), "--config", str(run.folder / "ckan.ini")]
    until = time.monotonic() + REST_SECONDS
    while time.monotonic() < until:
        subprocess.run([*ckan, "rgpd", "sweep"], check=False, capture_output=True)
        status = [*ckan, "rgpd", "status", "--format", "json"]
        answer = subprocess.run(status, check=False, capture_output=True, text=True).stdout
        if answer and not re.search('"(pending|scanning)"', answer):
            return
        time.sleep(5)
    run.count("QUEUE NOT AT REST")


def judge(run: Run) -> None:
    """Every upload that was answered with success is there, and out or closed by right."""
    for file in run.files:
        status = run.portal.status(file.id)
        if status is None:
            run.count("UPLOADS LOST")
            continue
        possible = {file.content: file.personal, **dict(file.perhaps)}
        own = run.portal.own(file.id)
        if own not in possible:
            run.count("UPLOADS LOST")
            continue
        anonymous = run.portal.download(file.dataset, file.id)
        by_right = not possible[own] or _canaries(own) <= run.released
        if anonymous is None:
            reason = any(version["reasons"] or version["problem"] for version in status["versions"])
            run.count("closed with a reason" if reason else "CLOSED WITHOUT A REASON")
        else:
            run.count("released by right" if by_right and anonymous == own else "RELEASED WRONGLY")


def main() -> None:
    """Run, rest, judge, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--clients", type=int, default=20)
    arguments = parser.parse_args()
    run = Run(arguments.folder, arguments.seconds)
    work: list[Any] = [client] * arguments.clients + [reader, reader, destroyer]
    threads = [threading.Thread(target=job, args=(run,)) for job in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rest(run)
    judge(run)
    for what, number in sorted(run.counts.items()):
        print(f"{number:>7}  {what}")
    print(f"{run.counts['CANARIES MET']:>7}  canaries met by the anonymous reader")
    raise SystemExit(any(what.isupper() for what in run.counts))


if __name__ == "__main__":
    main()
