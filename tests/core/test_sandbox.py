"""A scan that goes past a limit is stopped; who asked for it lives, and the next file is read."""

from __future__ import annotations

import os
import resource
import signal
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
    ("scanner", "problem"),
    [
        (_endless, "timeout"),
        (_killed, "too_large"),
        (_broken, "engine_error"),
    ],
)
def test_what_stopped_the_child_is_said_and_the_next_file_is_read(
    table: Path, scanner: object, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox(Bounds(seconds=1)) as sandbox:
        with monkeypatch.context() as patch:
            patch.setattr(scan, "scan", scanner)
            stopped = sandbox.scan(table, "a.csv")
        after = sandbox.scan(table, "a.csv")

    assert (stopped.problem, stopped.status, stopped.complete) == (problem, FAILED, False)
    assert (stopped.sha256, stopped.size) == (after.sha256, after.size)
    assert after.complete


def test_memory_is_bounded_in_the_child_alone(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(scan.ColumnScan, "feed", _greedy)

    with Sandbox(Bounds(memory=1024**3)) as sandbox:
        report = sandbox.scan(table, "a.csv")

    assert report.problem == "too_large"
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_report_without_end_is_not_taken(table: Path) -> None:
    with Sandbox(Bounds(report=10)) as sandbox:
        assert sandbox.scan(table, "a.csv").problem == "too_large"


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
