"""How long the fuzz tests look, and where they begin."""

from __future__ import annotations

import faulthandler
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

#: Seconds that one example may take, and after which a hang that no signal ends is shown.
EXAMPLE = 20
HANG = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the fuzz tests."""
    group = parser.getgroup("fuzz")
    group.addoption("--fuzz-seconds", type=float, default=60, help="seconds in all (60)")
    group.addoption("--fuzz-seed", type=int, default=0, help="where chance begins (0)")


class Hang(BaseException):
    """An example took too long; no reader catches this."""


@contextmanager
def bounded() -> Iterator[None]:
    """Ends what is done inside after some seconds."""

    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, EXAMPLE)
    faulthandler.dump_traceback_later(HANG, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


Rounds = Callable[[], Iterator[tuple[random.Random, AbstractContextManager[None]]]]


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Rounds:
    """Chances, each with the guard that bounds its example, for this test's share of the time."""
    count = len(request.session.items)
    seconds = request.config.getoption("--fuzz-seconds") / count
    seed = request.config.getoption("--fuzz-seed")

    def take() -> Iterator[tuple[random.Random, AbstractContextManager[None]]]:
        until, number = time.monotonic() + seconds, 0
        while not number or time.monotonic() < until:
            number += 1
            yield random.Random(f"{seed} {request.node.name} {number}"), bounded()

    return take
