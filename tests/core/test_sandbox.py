"""A scan that goes past a limit is stopped; who asked for it lives, and the next file is read."""

from __future__ import annotations

import os
import resource
import signal
import socket
import time
from pathlib import Path

import pytest

from ckanext.rgpd.core import scan
from ckanext.rgpd.core.sandbox import Bounds, Sandbox
from ckanext.rgpd.core.types import FAILED
from tests.core import made


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_bytes(made.table([["nom", "prenom"], *([*p] for p in made.people(50))]).getvalue())
    return path


def test_the_report_is_the_one_that_a_scan_gives(table: Path) -> None:
    with Sandbox(Bounds()) as sandbox, table.open("rb") as file:
        assert sandbox.scan(table, "a.csv") == scan.scan(file, "a.csv")


def test_a_child_reads_one_file_after_the_other(table: Path) -> None:
    with Sandbox(Bounds()) as sandbox:
        reports = [sandbox.scan(table, name) for name in ("a.csv", "a.7z", "a.csv")]

    assert [report.problem for report in reports] == [None, "unknown_format", None]


def _endless(*_: object) -> scan.Report:
    while True:
        time.sleep(1)


def _greedy(*_: object) -> scan.Report:
    kept = []
    while True:
        kept.append(bytearray(50_000_000))


def _killed(*_: object) -> scan.Report:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _broken(*_: object) -> scan.Report:
    raise KeyError("x")


@pytest.mark.parametrize(
    ("scanner", "problem", "place"),
    [
        (_endless, "timeout", "time, 1 s"),
        (_killed, "too_large", "memory, 4096 MB"),
        (_broken, "engine_error", ""),
    ],
)
def test_what_stopped_the_child_is_said_and_the_next_file_is_read(
    table: Path, scanner: object, problem: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox(Bounds(seconds=1)) as sandbox:
        with monkeypatch.context() as patch:
            patch.setattr(scan, "scan", scanner)
            stopped = sandbox.scan(table, "a.csv")
        after = sandbox.scan(table, "a.csv")

    assert (stopped.problem, stopped.status, stopped.complete) == (problem, FAILED, False)
    assert stopped.problem_place == place
    assert (stopped.sha256, stopped.size) == (after.sha256, after.size)
    assert after.complete


def test_memory_is_bounded_in_the_child_alone(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(scan.ColumnScan, "feed", _greedy)

    with Sandbox(Bounds(memory=1024**3)) as sandbox:
        report = sandbox.scan(table, "a.csv")

    assert (report.problem, report.problem_place) == ("too_large", "memory, after row 0")
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_report_without_end_is_not_taken(table: Path) -> None:
    with Sandbox(Bounds(report=10)) as sandbox:
        report = sandbox.scan(table, "a.csv")

    assert (report.problem, report.problem_place) == ("too_large", "report, 0 MB")


def test_the_child_holds_no_file_or_socket_of_who_asked(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> scan.Report:
        entries = [entry for entry in Path("/proc/self/fd").iterdir() if entry.exists()]
        places = {str(entry.readlink()) for entry in entries}
        raise SystemExit(len(places - {os.devnull, str(table)}))

    ours, theirs = socket.socketpair()
    with ours, theirs, Sandbox(Bounds()) as sandbox:
        monkeypatch.setattr(scan, "scan", held)
        monkeypatch.setattr(Sandbox, "_unread", lambda self, *_: self._child.exitcode)
        assert sandbox.scan(table, "a.csv") == 1  # the line to who asked


def test_the_child_ends_with_who_asked(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even in the middle of a scan that never ends, and under -9."""
    line, told = os.pipe()

    def tell(*_: object) -> scan.Report:
        os.kill(os.getppid(), signal.SIGKILL)
        return _endless()

    pid = os.fork()
    if not pid:
        os.close(line)
        monkeypatch.setattr(scan, "scan", tell)
        sandbox = Sandbox(Bounds())
        sandbox._start()
        os.write(told, str(sandbox._child.pid).encode())
        sandbox.scan(table, "a.csv")
        os._exit(0)
    os.waitpid(pid, 0)
    child = int(os.read(line, 20))
    os.close(line)
    os.close(told)
    until = time.monotonic() + 5
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(pid: int) -> bool:
    """Whether it runs; one that has ended may wait for somebody to take note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_child_is_gone_with_its_sandbox(table: Path) -> None:
    with Sandbox(Bounds()) as sandbox:
        sandbox.scan(table, "a.csv")
        child = sandbox._child
        assert child is not None
        pid = child.pid

    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_progress_is_told(table: Path) -> None:
    told: list[tuple[int, int, int]] = []

    with Sandbox(Bounds()) as sandbox:
        sandbox.scan(table, "a.csv", lambda *progress: told.append(progress))

    assert told
    assert all(done <= total for done, total, _ in told)


def test_a_file_that_is_not_there_raises(tmp_path: Path) -> None:
    with Sandbox(Bounds()) as sandbox, pytest.raises(FileNotFoundError):
        sandbox.scan(tmp_path / "none.csv", "none.csv")
