"""The ``rgpd`` command: the core without CKAN."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from ckanext.rgpd.core import deciding, output
from ckanext.rgpd.core.sandbox import Bounds, Sandbox
from ckanext.rgpd.core.types import Report

#: Exit codes; click keeps 1 and 2 for its own errors.
FOUND = 10
UNREAD = 11

_QUIET_SECONDS = 3.0


@click.group()
def main() -> None:
    """Personal data in open data: find it, and what French law makes of it."""


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="What is written on standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["personal", "sensitive", "never"]),
    default="personal",
    show_default=True,
    help="What makes the exit code 10.",
)
@click.option("--all", "with_all", is_flag=True, help="In JSON lines, also columns without any.")
@click.option(
    "--memory",
    type=click.IntRange(min=256),
    default=4096,
    show_default=True,
    help="Megabytes of memory that the reading of one file may use.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=3600,
    show_default=True,
    help="Seconds that the reading of one file may take.",
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)
def scan(form: str, fail_on: str, with_all: bool, paths: tuple[Path, ...], **limits: float) -> None:
    """Report the personal data in files, folders (hidden files left out) or standard input (-).

    Exit code: 0 nothing found, 10 personal data found, 11 something could not be read.
    """
    lang = _language()
    done: list[tuple[str, Report]] = []
    unread = found = False
    for file, report in _reports(paths, limits):
        if report is None:
            unread = True
            continue
        unread |= not report.complete
        found |= any(fail_on == "personal" or f.sensitive for f in report.personal)
        if form == "html":
            done.append((file, report))
        elif form == "text":
            _write(output.text(file, report, lang))
        else:
            _write(output.json_lines(file, report, with_all))
            if report.problem:
                click.echo(f"{output.printable(file)} : {output.problem(report, lang)}", err=True)
    if form == "html":
        click.echo(output.page(done, lang))
    sys.exit(UNREAD if unread else FOUND if found and fail_on != "never" else 0)


@main.command()
@click.option(
    "--answers",
    "answers_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answers as one JSON object, keyed Q01 ... Q18 or by field.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What rgpd scan --format jsonl --all wrote on the file; without, the answers alone count.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to decide for (today).",
)
def decide(answers_file: Path, report_file: Path | None, today: datetime.datetime | None) -> None:
    """What French law makes of answers: outcome, reasons and articles, as JSON.

    Exit code: 0 publishable, 10 not. A wrong answer is named in "errors" and keeps the file closed.
    """
    day = today.date() if today else datetime.datetime.now(datetime.timezone.utc).date()
    try:
        answers = deciding.read_answers(answers_file)
        report = deciding.read_report(report_file) if report_file else None
    except deciding.Unusable as error:
        raise click.UsageError(str(error)) from error
    verdict = deciding.verdict(answers, report, day, _language())
    click.echo(json.dumps(verdict, ensure_ascii=False, indent=2))
    sys.exit(0 if verdict["publishes"] else FOUND)


def _language() -> str:
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "fr" if (setting or "").lower().startswith("fr") else "en"


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """What each file is called in the output, and where it is."""
    for path in paths:
        if not path.is_dir():
            yield _shown(path), path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(name for name in names if not name.startswith(".")):
                file = Path(folder, name)
                if file.is_file():
                    yield _shown(file.relative_to(path)), file


def _shown(path: Path) -> str:
    """The path as text, whatever bytes the file system holds."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _reports(
    paths: Iterable[Path], limits: Mapping[str, float]
) -> Iterator[tuple[str, Report | None]]:
    """The report on each file; None where it cannot be opened."""
    bounds = Bounds(memory=int(limits["memory"]) * 1024**2, seconds=limits["timeout"])
    with Sandbox(bounds) as sandbox:
        for file, path in _files(paths):
            yield file, _scan(sandbox, file, path)


def _scan(sandbox: Sandbox, file: str, path: Path) -> Report | None:
    """The report on a file; None, and a word on standard error, where it cannot be opened."""
    progress = _Progress(file)
    try:
        if str(path) != "-":
            return sandbox.scan(path, path.name, progress)
        with tempfile.NamedTemporaryFile() as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
            copy.flush()
            return sandbox.scan(Path(copy.name), "", progress)
    except OSError as e:
        click.echo(f"{output.printable(file)} : {e.strerror}", err=True)
        return None
    finally:
        progress.end()


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


class _Progress:
    """One line on standard error, for work that takes more than a few seconds."""

    def __init__(self, file: str) -> None:
        self._file = output.printable(file)
        self._next = time.monotonic() + _QUIET_SECONDS
        self._shown = False

    def __call__(self, done: int, total: int, rows: int) -> None:
        if time.monotonic() < self._next:
            return
        terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (0.5 if terminal else 10 * _QUIET_SECONDS)
        self._shown = terminal
        share = 100 * done // max(1, total)
        click.echo(f"\r{self._file} : {share} %, {rows}", err=True, nl=not terminal)

    def end(self) -> None:
        """Leave the line that was written over."""
        if self._shown:
            click.echo(err=True)
