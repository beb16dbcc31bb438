"""Files that are almost right."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import zipfile
from collections.abc import Callable, Sequence

#: What upsets readers: ends, marks, numbers too large, the signs of each format.
TOKENS = (
    b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x80", b"\n", b"\r", b'"', b"'", b"<",
    b">", b"&", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [", b"&#0;", b"{", b"}", b"[", b"]",
    b":", b";", b",", b"\t", b"\\", b"\\u0000", b"\\ud800", b"-1", b"0", b"1e999", b"NaN", b"%",
    b"99999999999999999999", b"4294967295", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"<<", b">>",
    b"obj", b"endobj", b"stream", b"endstream", b"/Kids", b"/Length", b"BEGIN:VCARD\n", b"END:x\n",
    b"=?utf-8?b?x?=", b"boundary=", b"charset=none", b"row", b'r="A9999999"', b't="s"', b"../",
)  # fmt: skip


def mutated(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """``content`` with some changes; those of an archive are made inside its members."""
    if chance.random() < 0.8:
        with contextlib.suppress(zipfile.BadZipFile, OSError):
            if content.startswith(b"PK\x03\x04"):
                return _zip(content, chance, others)
            if content.startswith(b"\x1f\x8b"):
                return gzip.compress(mutated(gzip.decompress(content), chance, others), 1)
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(_CHANGES)(data, chance, others)
    return bytes(data)


def _zip(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            data = source.read(name)
            if name == chosen:
                if chance.random() < 0.05:
                    continue
                data = mutated(data, chance, others)
            target.writestr(name, data)
    return file.getvalue()


def _place(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 4, 16, 200)))


def _flip(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _insert(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start, _end = _place(data, chance)
    data[start:start] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 40))


def _replace(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start, end = _place(data, chance)
    data[start:end] = chance.choice(TOKENS)


def _remove(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start, end = _place(data, chance)
    del data[start:end]


def _repeat(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start, end = _place(data, chance)
    data[start:start] = data[start:end] * chance.choice((1, 2, 50))


def _cut(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _splice(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    start, end = _place(data, chance)
    begin = chance.randrange(len(other) + 1)
    data[start:end] = other[begin : begin + chance.choice((4, 40, 400))]


_CHANGES: tuple[Callable[[bytearray, random.Random, Sequence[bytes]], None], ...] = (
    _flip,
    _insert,
    _replace,
    _remove,
    _repeat,
    _cut,
    _splice,
)
