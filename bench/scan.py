"""``python -m bench.scan FILE...``: what a scan costs beside a bare read of the same file.

For each file: seconds of the whole scan and of a bare ``csv.reader`` pass in the same run, their
ratio, megabytes a second, and the peak memory of the scan, measured in a process of its own.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from ckanext.rgpd.core.scan import scan


def main(paths: list[str]) -> int:
    """Print one line for each file."""
    if not paths:
        print(__doc__)
        return 2
    print(
        f"{'file':40} {'MB':>8} {'csv s':>8} {'scan s':>8} {'ratio':>7} {'MB/s':>7} {'peak MB':>8}"
    )
    for path in map(Path, paths):
        size = path.stat().st_size / 1e6
        bare = _time_csv(path)
        seconds, peak = _measure_apart(path)
        print(
            f"{path.name[-40:]:40} {size:8.1f} {bare:8.2f} {seconds:8.2f} {seconds / bare:7.1f} "
            f"{size / seconds:7.1f} {peak:8.0f}",
            flush=True,
        )
    return 0


def _time_csv(path: Path) -> float:
    """Seconds of one pass of ``csv.reader`` over ``path``, whatever its format."""
    csv.field_size_limit(2**31 - 1)
    begin = time.perf_counter()
    with path.open(encoding="latin-1", newline="") as lines:
        for _ in csv.reader(lines):
            pass
    return max(time.perf_counter() - begin, 1e-6)


def _measure_apart(path: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.scan", "--one", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def _measure(path: Path) -> None:
    """Write seconds and peak megabytes of one scan in this process, as JSON."""
    begin = time.perf_counter()
    with path.open("rb") as file:
        scan(file, path.name)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _measure(Path(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
