"""One file in, one report out: all that the rest of the extension asks of detection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from ckanext.rgpd.core.detect import detector, detectors, engine
from ckanext.rgpd.core.detect.column import KNOWN_VALUES, ColumnScan
from ckanext.rgpd.core.detect.detectors import holds_value
from ckanext.rgpd.core.detect.fr import known_name
from ckanext.rgpd.core.detect.free_text import TextReader
from ckanext.rgpd.core.detect.tables import side_by_side
from ckanext.rgpd.core.detect.verdict import findings
from ckanext.rgpd.core.errors import CONTENT_ERRORS, Unreadable
from ckanext.rgpd.core.look import shapes
from ckanext.rgpd.core.read import EXTENSIONS, read
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source, examine, extension
from ckanext.rgpd.core.types import (
    COMPLETE,
    FAILED,
    PARTIAL,
    UNSUPPORTED,
    Column,
    Finding,
    Note,
    Report,
)

#: One kind of personal data, as other extensions may add it.
Detector = detector.Detector

#: Changes whenever the same file could give other findings; portals then scan again.
RULES_VERSION = "5"

#: Problems after which the rest was read: of a limit, a part, a member of an archive.
_STOPS = frozenset(
    "too_large timeout no_text_layer no_text_engine unknown_format binary encrypted".split()
)

_SHOWN_PLACES = 20

#: Bytes read, bytes in all, rows read.
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Settings(Limits):
    """The limits of reading, and whether the language model reads the sentences."""

    text: bool = True


def scan(
    file: BinaryIO,
    name: str,
    settings: Settings = Settings(),
    progress: Progress | None = None,
) -> Report:
    """Reads the seekable ``file`` whole and reports the personal data in it.

    ``name`` tells the format by its extension, together with the content. Whatever the content,
    there is a report: what could not be read is in its ``status`` and ``problem``. What
    ``progress`` raises, and a time-out, pass through.
    """
    source = examine(file, name, settings)
    scanner = _Scanner(settings)
    try:
        for batch in read(source, settings, holds_value):
            scanner.feed(batch)
            if progress:
                progress(source.done, source.size, scanner.rows)
    except Unreadable as e:
        scanner.stop(e.problem, e.place)
    except MemoryError:
        scanner.stop("too_large", f"memory, after row {scanner.rows}")
    except CONTENT_ERRORS:
        scanner.stop("engine_error", f"after row {scanner.rows}")
    return scanner.report(source)


def rules_version() -> str:
    """The rules of reading: ours, and the names of the detectors that were added."""
    return "+".join((RULES_VERSION, *detectors.added()))


def add_detectors(more: Iterable[Detector]) -> None:
    """Have these detectors read texts and tables too, in place of those added before.

    In this process and the children that it starts. Raises ValueError where two have one name.
    """
    detectors.add(more)


def unread(file: BinaryIO, status: str, problem: str, place: str = "") -> Report:
    """The report that says that nothing was read of ``file``, and why."""
    source = examine(file, "", Settings())
    return Report(
        status=status,
        sha256=source.sha256,
        size=source.size,
        rows=0,
        columns=(),
        findings=(),
        engine="",
        rules_version=rules_version(),
        problem=problem,
        problem_place=place,
    )


class _Scanner:
    """The columns of one file while it is read, and what went wrong on the way."""

    def __init__(self, settings: Settings) -> None:
        self.rows = 0
        self._columns: dict[tuple[str, int], ColumnScan] = {}
        self._texts = TextReader(settings.max_text_chars, settings.text)
        self._problem: str | None = None
        self._place = ""

    def feed(self, batch: Batch) -> None:
        self.rows += batch.rows
        room = KNOWN_VALUES // max(len(batch.cells), len(self._columns), 10)
        for cells in batch.cells:
            column = self._columns.get((cells.table, cells.index))
            if column is None:
                column = self._columns[cells.table, cells.index] = ColumnScan(cells)
            column.feed(cells, self._texts.read, room)

    def stop(self, problem: str, place: str = "") -> None:
        """Note what stopped the reading; the first problem is the one reported."""
        if self._problem is None:
            self._problem, self._place = problem, _masked(place)

    def report(self, source: Source) -> Report:
        if not self._columns:
            self.stop("empty")
        if self._texts.unread:
            self.stop("no_text_engine")
        columns = list(self._columns.values())
        return Report(
            status=self._status(),
            sha256=source.sha256,
            size=source.size,
            rows=self.rows,
            columns=tuple(Column(c.name, c.index, c.rows, shapes(c.some)) for c in columns),
            findings=tuple(_findings(columns)),
            engine=self._texts.engine,
            rules_version=rules_version(),
            problem=self._problem,
            problem_place=self._place,
            notes=_notes(source),
        )

    def _status(self) -> str:
        if self._problem is None:
            return COMPLETE
        if self._columns and self._problem in _STOPS:
            return PARTIAL
        return UNSUPPORTED if self._problem == "unknown_format" else FAILED


def _notes(source: Source) -> tuple[Note, ...]:
    return tuple(
        Note(kind, len(places), tuple(map(_masked, filter(None, places[:_SHOWN_PLACES]))))
        for kind, places in source.notes.items()
    )


def _masked(place: str) -> str:
    """A place without the names of parts that are personal data themselves."""
    return ", ".join("*" if holds_value(part) else part for part in place.split(", "))


def _findings(columns: Sequence[ColumnScan]) -> list[Finding]:
    return [finding for table in side_by_side(columns) for finding in findings(table)]


def preload() -> None:
    """Loads the language model, where it is installed, and the word lists.

    Later scans in this process and in its children share them.
    """
    engine.load()
    known_name.read_name("EXEMPLEAU Jeanne")


def supported(name: str) -> bool:
    """Whether there is a reader for the extension of ``name``."""
    return extension(name) in EXTENSIONS
