"""No file, however spoilt, raises anything but our own errors, hangs, or is quoted by a report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.rgpd.core.detect.detectors import find
from ckanext.rgpd.core.read import EXTENSIONS
from ckanext.rgpd.core.scan import Settings, scan
from tests.core import made, made_files
from tests.core.planted import MAIL, PLANTED
from tests.fuzz.conftest import Rounds
from tests.fuzz.mutate import mutated

SMALL = Settings(
    max_bytes=8_000_000,
    max_cells=300_000,
    max_cell_chars=200_000,
    max_text_chars=2_000_000,
    max_unpacked_bytes=8_000_000,
    max_shared_bytes=2_000_000,
    text=False,
)
#: Planted in names too: of a sheet, a member, a column, a key.
NAMED = [
    ("a.xlsx", made.workbook({MAIL: [["id", MAIL], [1, 2]]}).getvalue()),
    ("a.zip", made_files.zipped({f"{MAIL}.csv": f"id;{MAIL}\n1;2\n"})),
    ("a.json", f'{{"{MAIL}": {{"a": 1}}}}'.encode()),
    ("a.xml", f"<?xml version='1.0'?><a {MAIL[:6]}='{MAIL}'/>".encode()),
    ("a.db", made_files.sqlite(f'CREATE TABLE "{MAIL}" AS SELECT 1 AS "{MAIL}"')),
    ("a.docx", made_files.docx({f"media/{MAIL}.png": "", f"{MAIL}.xml": "<a>", "x/a.bin": "?"})),
]  # fmt: skip
SEEDS = sorted({(file.name, file.content) for file in PLANTED}) + NAMED
FORMATS = sorted({name for name, _ in SEEDS})


@pytest.mark.parametrize("name", FORMATS)
def test_a_spoilt_file_gives_a_report_that_quotes_nothing(name: str, rounds: Rounds) -> None:
    seeds = [content for seed, content in SEEDS if seed == name]
    every = [content for _, content in SEEDS]
    for chance, guard in rounds():
        content = mutated(chance.choice(seeds), chance, every)
        with guard:
            report = scan(io.BytesIO(content), name, SMALL)
        assert report.problem != "engine_error", (report.problem_place, content)
        quoted = [text for text in texts(report.as_dict()) if quotes(text)]
        assert not quoted, (quoted, content)


@pytest.mark.parametrize("end", sorted({form.module for form in EXTENSIONS.values()}))
def test_a_file_of_another_format_gives_a_report(end: str, rounds: Rounds) -> None:
    names = [name for name, form in EXTENSIONS.items() if form.module == end]
    every = [content for _, content in SEEDS]
    for chance, guard in rounds():
        content = mutated(chance.choice(every), chance, every)
        with guard:
            report = scan(io.BytesIO(content), f"a.{chance.choice(names)}", SMALL)
        assert report.problem != "engine_error", (report.problem_place, content)


def texts(value: Any) -> Iterator[str]:
    """Every text in a report but masked examples and shapes."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ("examples_masked", "shapes"):
                yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def quotes(text: str) -> bool:
    """Whether ``text`` holds an address, or a longer one made of it."""
    return any(hit.rule == "email" for hit in find(text))
