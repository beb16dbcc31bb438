"""Compares two runs of CKAN's own tests: ``compare.py WITHOUT.xml WITH.xml DIFFERENCES.yaml``.

Ends badly when a test that passes without our plugin does not with it and is not in the table, and
when the table names a test that passes with it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import yaml

Outcomes = dict[str, bool]


def outcomes(report: str) -> Outcomes:
    """Whether each test passed; a parametrised one counts as one."""
    passed: Outcomes = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = case.attrib["name"].partition("[")[0]
        test = f"{case.attrib['classname'].rpartition('site-packages.')[2]}.{name}"
        bad = any(child.tag in ("failure", "error") for child in case)
        passed[test] = passed.get(test, True) and not bad
    return passed


def wrong(without: Outcomes, ours: Outcomes, table: set[str]) -> list[str]:
    """What the table does not say, a line for each test."""
    differ = {test for test, passed in without.items() if passed and not ours.get(test)}
    return [
        *[f"differs, and no reason is given: {test}" for test in sorted(differ - table)],
        *[f"a reason is given, and it does not differ: {test}" for test in sorted(table - differ)],
    ]


def main(without: str, ours: str, differences: str) -> int:
    """Print the sums and what is wrong."""
    groups = yaml.safe_load(Path(differences).read_text(encoding="utf-8"))
    table = {test for group in groups for test in group["tests"]}
    before, after = outcomes(without), outcomes(ours)
    print(f"{sum(before.values())} of {len(before)} tests pass without the plugin")
    print(f"{sum(after.values())} of {len(after)} tests pass with it; {len(table)} may differ")
    lines = wrong(before, after, table)
    print("\n".join(lines))
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
