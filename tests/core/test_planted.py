"""Whatever the format, the person in it is found, and the report says where."""

from __future__ import annotations

import importlib.util
import io

import pytest

from ckanext.rgpd.core.scan import Settings, scan
from tests.core import planted
from tests.core.planted import PLANTED, Planted


def where(content: bytes, name: str) -> list[tuple[str, str]]:
    """Column and place of each private mailbox that is found."""
    report = scan(io.BytesIO(content), name, Settings(text=False))
    assert report.problem in (None, "no_text_engine", "no_text_layer")
    return [
        (finding.column, finding.first_at)
        for finding in report.findings
        if finding.entity_type == "email_personal"
    ]


@pytest.mark.parametrize("file", PLANTED, ids=lambda file: file.trait)
def test_a_person_is_found_with_place(file: Planted) -> None:
    assert where(file.content, file.name) == [(file.column, file.place)]


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is None, reason="pyarrow is not installed")
def test_a_person_is_found_in_parquet() -> None:
    import pyarrow
    from pyarrow import parquet

    rows = planted.TABLE[1:]
    columns = {title: [row[n] for row in rows] for n, title in enumerate(planted.TABLE[0])}
    file = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), file, row_group_size=7)

    assert where(file.getvalue(), "a.parquet") == [("courriel", planted.LAST)]
