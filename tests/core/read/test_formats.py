"""Which format a file is read as, and what stops it: name and content must agree."""

from __future__ import annotations

import io

import pytest

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read import read
from ckanext.rgpd.core.read.cells import Limits
from ckanext.rgpd.core.read.source import examine, extension
from tests.core import made

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def problem(content: bytes, name: str, limits: Limits | None = None) -> str:
    limits = limits or Limits()
    source = examine(io.BytesIO(content), name, limits)
    try:
        for _ in read(source, limits, lambda text: False):
            pass
    except Unreadable as e:
        return e.problem
    return ""


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.csv", "empty"),
        (b"", "a.unknown", "empty"),
        (b"a;b\n1;2\n", "a.csv", ""),
        (b"a;b\n1;2\n", "A.CSV", ""),
        (b"a;b\n1;2\n", "no extension", ""),
        (b"a;b\n1;2\n", "a.docx", "wrong_extension"),
        (b"a;b\n1;2\n", "a.7z", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "a.csv", "wrong_extension"),
        (b"a;b\n1;\0\n", "a.csv", "binary"),
        (bytes(range(1, 32)) * 20, "a.txt", "binary"),
        (bytes(range(256)) * 4, "a", "unknown_format"),
        (made.workbook({"s": [["a"]]}).getvalue(), "a.csv", "wrong_extension"),
        (made.pdf(["text"]).getvalue(), "a.csv", "wrong_extension"),
        (made.pdf(["text"]).getvalue(), "a.xlsx", "wrong_extension"),
        (b"<!DOCTYPE html><html>", "a.csv", "wrong_extension"),
        (b'[{"nom": "x"}]', "a.csv", "wrong_extension"),
        (b"a;b\n1;2\n", "a.json", "wrong_extension"),
        (b"a;b\n1;2\n", "a.xlsx", "wrong_extension"),
        (OLE, "a.csv", "wrong_extension"),
        (OLE, "a.xlsx", "wrong_extension"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "corrupt"),
        (made.workbook({"s": [["a"]]}).getvalue()[:-200], "a.xlsx", "corrupt"),
        (b"\0\1\2\3" * 99, "a.xlsx", "corrupt"),
        (b"\0\1\2\3" * 99, "a.pdf", "corrupt"),
        (b"%PDF-1.7\nand then nothing", "a.pdf", "corrupt"),
        (b"{", "a.json", "wrong_extension"),
        (b'{"a": 1', "a.json", "corrupt"),
        (b'{"a": NaN}', "a.json", "corrupt"),
    ],
)
def test_name_and_content_decide(content: bytes, name: str, expected: str) -> None:
    assert problem(content, name) == expected


@pytest.mark.parametrize(
    ("content", "name", "limits"),
    [
        (b"a;b\n1;2\n", "a.csv", Limits(max_bytes=3)),
        (b"a;b\n1;2\n" * 99, "a.csv", Limits(max_cells=50)),
        (b"a;b\n1;2\n", "a.csv", Limits(max_columns=1)),
        (b"a;b\n1;" + b"x" * 99 + b"\n", "a.csv", Limits(max_cell_chars=50)),
        (b"x" * 999, "a.txt", Limits(max_cell_chars=50)),
        (b"[" * 300 + b"]" * 300, "a.json", Limits()),
        (b'{"a": "' + b"x" * 99 + b'"}', "a.json", Limits(max_cell_chars=50)),
        (b'{"a": [1, 2, 3, 4]}', "a.json", Limits(max_cells=3)),
        (b'{"a": 1, "b": 2}', "a.json", Limits(max_columns=1)),
        (made.workbook({"s": [["a", "b"]] * 9}).getvalue(), "a.xlsx", Limits(max_cells=9)),
        (made.workbook({"s": [["a"]]}).getvalue(), "a.xlsx", Limits(max_unpacked_bytes=99)),
        (made.pdf(["a", "b"]).getvalue(), "a.pdf", Limits(max_pages=1)),
        (made.pdf(["some text"]).getvalue(), "a.pdf", Limits(max_text_chars=3)),
    ],
)
def test_every_limit_stops_the_reading(content: bytes, name: str, limits: Limits) -> None:
    assert problem(content, name, limits) == "too_large"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.CSV", "csv"), ("a.tar.gz", "gz"), ("a", ""), (".csv", ""), ("a.", ""), ("", "")],
)
def test_the_extension_is_the_end_of_the_name(name: str, expected: str) -> None:
    assert extension(name) == expected
