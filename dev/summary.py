"""Prints what a run of ``dev/test`` did, from its reports folder: ``summary.py FOLDER``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree


def counts(report: Path) -> Counter[str]:
    """How many tests passed, failed and were skipped, from a JUnit file."""
    suite = next(ElementTree.parse(report).getroot().iter("testsuite"))
    number = {key: int(suite.attrib[key]) for key in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    passed = number["tests"] - failed - number["skipped"]
    return Counter(passed=passed, failed=failed, skipped=number["skipped"])


def main(folder: str) -> None:
    """Prints one line per part and, last, the sum."""
    total: Counter[str] = Counter()
    print(f"\n{'part':10}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for line in Path(folder, "parts.txt").read_text().splitlines():
        part, status, seconds = line.split()
        count = sum(map(counts, Path(folder).glob(f"{part}*.xml")), Counter[str]())
        total += count
        verdict = "" if status == "0" else "  not passed"
        numbers = f"{count['passed']:8}{count['failed']:8}{count['skipped']:9}{seconds:>9}"
        print(f"{part:10}{numbers}{verdict}")
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")


if __name__ == "__main__":
    main(*sys.argv[1:])
