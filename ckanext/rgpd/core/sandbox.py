"""Scans in a child process: a file that goes past a limit stops the child, never who asked.

One child reads one file after the other, so that the language model is loaded once; a process that
has loaded it shares it with its child. The child keeps no open file or socket of who asked.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any

from ckanext.rgpd.core import scan as reading
from ckanext.rgpd.core.anonymise import Measured, measure_file
from ckanext.rgpd.core.types import FAILED, Report

_FORK = get_context("fork")
#: How a process ends that asked for more memory than there is.
_OUT_OF_MEMORY = (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV)
#: Linux: what a process gets when the one that started it has died (prctl.h).
_PR_SET_PDEATHSIG = 1
_MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one scan may use: bytes of memory, seconds, bytes of report, bytes in one file."""

    memory: int = 4 * 1024**3
    seconds: float = 3600
    report: int = 32 * 1024**2
    file: int = 8 * 1024**3


class Sandbox:
    """Scans files; used with ``with``, which ends the child."""

    def __init__(self, bounds: Bounds, settings: reading.Settings | None = None) -> None:
        self._bounds = bounds
        self._settings = settings or reading.Settings()
        self._child: BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def scan(self, path: Path, name: str, progress: reading.Progress | None = None) -> Report:
        """The report on the file at ``path``, as :func:`ckanext.rgpd.core.scan.scan` gives it.

        Past a limit its problem is ``timeout`` or ``too_large``, and its place says which limit.
        Raises OSError where the file cannot be opened.
        """
        with path.open("rb") as file:
            file.seek(0)  # what cannot be read twice fails here
        try:
            report = Report.from_dict(self._ask([os.fsdecode(path), name], progress))
        except TimeoutError:
            return self._unread(path, "timeout", f"time, {self._bounds.seconds:g} s")
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return self._unread(path, *self._cause())
        except OSError:
            return self._unread(path, "too_large", f"report, {self._bounds.report // _MEGABYTE} MB")
        if report.problem == "too_large":
            self._end()  # its memory may be in pieces
        return report

    def measure(
        self, path: Path, name: str, quasi_identifiers: Sequence[str], sensitive: Sequence[str]
    ) -> Measured:
        """The measures of the table at ``path``, as :func:`~ckanext.rgpd.core.anonymise.table.
        measure_file` gives them, or which limit stopped it."""
        question = [os.fsdecode(path), name, list(quasi_identifiers), list(sensitive)]
        problem, place = "engine_error", ""
        try:
            return Measured.from_dict(self._ask(question))
        except TimeoutError:
            problem, place = "timeout", f"time, {self._bounds.seconds:g} s"
        except (EOFError, BrokenPipeError, ConnectionResetError):
            problem, place = self._cause()
        except OSError:
            pass  # an answer longer than any
        self._end()
        return Measured(problem=problem, place=place)

    def _ask(self, question: list[Any], progress: reading.Progress | None = None) -> dict[str, Any]:
        """The child's answer about one file."""
        line = self._start()
        line.send_bytes(json.dumps(question).encode())
        return self._wait(line, progress)

    def _start(self) -> Connection:
        """The line to the child, which is started if there is none."""
        if self._line is None:
            self._line, other = _FORK.Pipe()
            self._child = _FORK.Process(
                target=_work, args=(other, self._line, self._bounds, self._settings), daemon=True
            )
            self._child.start()
            other.close()
        return self._line

    def _wait(self, line: Connection, progress: reading.Progress | None) -> dict[str, Any]:
        until = time.monotonic() + self._bounds.seconds
        while line.poll(max(0.0, until - time.monotonic())):
            message = json.loads(line.recv_bytes(self._bounds.report))
            if isinstance(message, dict):
                return message
            if progress:
                progress(*message)
        raise TimeoutError

    def _cause(self) -> tuple[str, str]:
        """Why the child ended by itself: a problem and its place."""
        if self._child is not None:
            self._child.join()
            if self._child.exitcode in _OUT_OF_MEMORY:
                return "too_large", f"memory, {self._bounds.memory // _MEGABYTE} MB"
        return "engine_error", ""

    def _unread(self, path: Path, problem: str, place: str) -> Report:
        """The report on a file whose scan was stopped; the next file gets another child."""
        self._end()
        with path.open("rb") as file:
            return reading.unread(file, FAILED, problem, place)

    def _end(self) -> None:
        if self._child is not None and self._line is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
            self._line.close()
        self._child = self._line = None


def _work(line: Connection, other: Connection, bounds: Bounds, settings: reading.Settings) -> None:
    """The child: reads what it is told to, until nobody is there to tell."""
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stand_alone(line.fileno())
    _limit(bounds)
    while True:
        try:
            path, name, *columns = json.loads(line.recv_bytes())
        except EOFError:
            return
        with Path(path).open("rb") as file:
            answer: Report | Measured = (
                measure_file(file, name, columns[0], columns[1], settings)
                if columns
                else reading.scan(file, name, settings, _Teller(line))
            )
        line.send_bytes(json.dumps(answer.as_dict()).encode())


def _stand_alone(line: int) -> None:
    """Let go of every file and socket but ``line``, and end with who asked.

    What libraries print goes nowhere, as it quotes what they read.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in [int(entry.name) for entry in Path("/dev/fd").iterdir()]:
        if number not in (line, nowhere):
            os.dup2(nowhere, number)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(bounds: Bounds) -> None:
    """No more memory, longer files or core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.file, bounds.file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Teller:
    """Tells how far the reading is, a few times a second."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._next = 0.0

    def __call__(self, *progress: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + 0.5
            self._line.send_bytes(json.dumps(progress).encode())
