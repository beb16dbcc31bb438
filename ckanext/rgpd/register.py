"""The register proves itself: which line was removed, changed or moved, and its export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import ckan.model as ckan_model
import sqlalchemy as sa

from ckanext.rgpd.model import RegisterHead, RegisterLine

#: What can be wrong with a line.
MISSING = "missing"  # its number is not there
CHANGED = "changed"  # it does not fit its own hash
UNCHAINED = "unchained"  # it does not follow the line before it
REPLACED = "replaced"  # it is not the one that was exported

BATCH = 1000


@dataclass(frozen=True)
class Fault:
    """One line, or the lines from ``number`` to ``last``, and what is wrong."""

    number: int
    last: int
    what: str


def lines() -> Iterator[RegisterLine]:
    """All lines in the order of their numbers, a part of them in memory at a time."""
    query = sa.select(RegisterLine).order_by(RegisterLine.number)
    query = query.execution_options(yield_per=BATCH, populate_existing=True)
    yield from ckan_model.Session.scalars(query)


def export(target: IO[str]) -> int:
    """Write the register as JSON lines, oldest first; says how many."""
    count = 0
    for line in lines():
        target.write(json.dumps(line.as_dict(), ensure_ascii=False, sort_keys=True) + "\n")
        count += 1
    return count


def verify(exported: Iterable[str] = ()) -> Iterator[Fault]:
    """What is wrong, in the order of the lines; nothing where all is as it was written.

    Whoever may do anything in the database can write a whole new chain: that is found against
    ``exported``, the lines of an :func:`export` that was kept elsewhere.
    """
    yield from _chain(dict(map(_number_and_hash, filter(str.strip, exported))))


def _chain(known: Mapping[int, str]) -> Iterator[Fault]:
    number, previous = 0, ""
    for line in lines():
        if line.number > number + 1:
            yield Fault(number + 1, line.number - 1, MISSING)
        elif line.previous != previous:
            yield Fault(line.number, line.number, UNCHAINED)
        if line.hash != line.compute_hash():
            yield Fault(line.number, line.number, CHANGED)
        elif known.get(line.number, line.hash) != line.hash:
            yield Fault(line.number, line.number, REPLACED)
        number, previous = line.number, line.hash
    last = max([RegisterHead.read()[0], *known])
    if last > number:
        yield Fault(number + 1, last, MISSING)
    elif (number, previous) != RegisterHead.read():
        yield Fault(number, number, REPLACED)


def _number_and_hash(text: str) -> tuple[int, str]:
    line: dict[str, Any] = json.loads(text)
    return int(line["number"]), str(line["hash"])
