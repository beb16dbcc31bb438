"""How well personal data is found: ``python -m bench.detection LABELS.csv FOLDER [--errors]``.

LABELS.csv has a line for each column of the files in FOLDER: ``file``, ``column``,
``column_index``, ``entity_type`` and ``is_personal`` (``yes``, ``no``, or ``grey``, which counts
neither as found nor as a false alarm). Files are counted together, and apart by what stands before
the first ``_`` of their names (``real_...``, ``syn_...``).
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from ckanext.rgpd.core.scan import scan

TABLES = {".csv", ".tsv", ".txt"}  # here a column without a name is known by its rank


@dataclass(frozen=True)
class Labelled:
    """A column, what it is, whether a finding about a person was reported in it, and which."""

    file: str
    column: str
    kind: str
    personal: str
    found: bool
    reported: frozenset[str] = frozenset()


@click.command()
@click.argument("labels", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", is_flag=True, help="Also each miss and each false alarm.")
def main(labels: Path, folder: Path, errors: bool) -> None:
    """Print precision, recall and F1 by column, and what is found by file and by type."""
    columns = read(labels, folder)
    groups = sorted({column.file.split("_")[0] for column in columns})
    for group in ("all", *groups):
        chosen = [c for c in columns if group in ("all", c.file.split("_")[0])]
        click.echo(f"{group:<8}{by_column(chosen)}  {by_file(chosen)}")
    for kind, (found, number) in sorted(by_kind(columns).items()):
        click.echo(f"  {kind:<28}{found}/{number}")
    if errors:
        for column in columns:
            if column.personal != "grey" and column.found != (column.personal == "yes"):
                verdict = "false alarm" if column.found else "missed"
                click.echo(f"{verdict:<12}{column.file}  {column.column}  {column.kind}")


def read(labels: Path, folder: Path) -> list[Labelled]:
    """The labelled columns of the files that are in the folder."""
    lines: dict[str, list[dict[str, str]]] = defaultdict(list)
    with labels.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            lines[line["file"]].append(line)
    return [
        column
        for name, columns in lines.items()
        if (folder / name).is_file()
        for column in label(folder / name, columns)
    ]


def label(path: Path, lines: Iterable[dict[str, str]]) -> list[Labelled]:
    """The labelled columns of one file, scanned."""
    with path.open("rb") as file:
        personal = scan(file, path.name).personal
    by_rank = path.suffix in TABLES
    found: list[Labelled] = []
    for line in lines:
        name, rank = line["column"].strip(), int(line["column_index"])
        reported = frozenset(
            finding.entity_type
            for finding in personal
            if finding.column == name or (by_rank and finding.column_index == rank)
        )
        kind, verdict = line["entity_type"], line["is_personal"]
        found.append(Labelled(path.name, line["column"], kind, verdict, bool(reported), reported))
    return found


def by_column(columns: Iterable[Labelled]) -> str:
    """Precision, recall and F1 of the question "is this column personal?"."""
    seen = Counter((column.personal, column.found) for column in columns)
    hits, misses, alarms = seen["yes", True], seen["yes", False], seen["no", True]
    precision = hits / (hits + alarms) if hits else 0.0
    recall = hits / (hits + misses) if hits else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def by_file(columns: Iterable[Labelled]) -> str:
    """Personal files found by a right column, and clean files with a false alarm."""
    files: dict[str, list[Labelled]] = defaultdict(list)
    for column in columns:
        files[column.file].append(column)
    personal = [f for f in files.values() if any(c.personal == "yes" for c in f)]
    clean = [f for f in files.values() if all(c.personal == "no" for c in f)]
    found = sum(any(c.found and c.personal == "yes" for c in f) for f in personal)
    flagged = sum(any(c.found for c in f) for f in clean)
    return f"personal files {found}/{len(personal)}  clean files flagged {flagged}/{len(clean)}"


def by_kind(columns: Iterable[Labelled]) -> dict[str, tuple[int, int]]:
    """For each kind of personal data, how many of its columns are found, of how many."""
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for column in columns:
        if column.personal == "yes":
            kinds[column.kind][column.found] += 1
    return {kind: (seen[True], seen.total()) for kind, seen in kinds.items()}


if __name__ == "__main__":
    main()
