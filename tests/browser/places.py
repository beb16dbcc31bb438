"""Everything that a portal keeps, as bytes to search in: tables, keys, documents, logs, files."""

from __future__ import annotations

import json
import urllib.request
import zlib
from collections.abc import Iterable, Iterator

import redis
import sqlalchemy as sa

from tests.browser.portal import Portal

Place = tuple[str, bytes]


def hold(places: Iterable[Place], secrets: Iterable[str]) -> dict[str, list[str]]:
    """The places that hold one of the secrets, as text or as the hexadecimal of its bytes."""
    raw = {secret: secret.encode() for secret in secrets}
    found = {
        name: [secret for secret, text in raw.items() if text in content or _hex(text) in content]
        for name, content in places
    }
    return {name: texts for name, texts in found.items() if texts}


def tables(portal: Portal) -> Iterator[Place]:
    """Every row of every table of CKAN's database, as text."""
    engine = sa.create_engine(portal.settings["sqlalchemy.url"])
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            quoted = engine.dialect.identifier_preparer.quote(table)
            rows = connection.execute(sa.text(f"SELECT t::text FROM {quoted} AS t"))
            yield f"table {table}", "\n".join(row[0] or "" for row in rows).encode()
    engine.dispose()


def keys(portal: Portal) -> Iterator[Place]:
    """Every key of Redis with its value; the queue's are compressed."""
    server = redis.Redis.from_url(portal.settings["ckan.redis.url"])
    for key in server.scan_iter():
        values = list(_values(server, key))
        yield f"key {key.decode()}", b"\n".join([key, *values, *map(_inflated, values)])


def documents(portal: Portal) -> Iterator[Place]:
    """Every document of Solr with all its stored fields, and every indexed term."""
    url = portal.settings["solr_url"]
    answer = json.loads(_get(f"{url}/select?q=*:*&rows=100000&wt=json&fl=*"))
    for document in answer["response"]["docs"]:
        yield f"document {document.get('name')}", json.dumps(document, ensure_ascii=False).encode()
    yield (
        "facets",
        _get(
            f"{url}/select?q=*:*&rows=0&wt=json&facet=true&facet.limit=-1"
            "&facet.field=text&facet.field=res_name&facet.field=res_url&facet.field=res_description"
        ),
    )


def logs(portal: Portal) -> Iterator[Place]:
    """What the portal's processes wrote down."""
    for path in portal.logs():
        yield f"log {path.name}", path.read_bytes()


def files(portal: Portal) -> Iterator[Place]:
    """Every file in the portal's storage, by its place there."""
    for path in portal.storage.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(portal.storage)), path.read_bytes()


def _values(server: redis.Redis, key: bytes) -> Iterator[bytes]:
    read = {
        b"string": lambda: [server.get(key)],
        b"hash": lambda: [part for pair in server.hgetall(key).items() for part in pair],
        b"list": lambda: server.lrange(key, 0, -1),
        b"set": lambda: server.smembers(key),
        b"zset": lambda: server.zrange(key, 0, -1),
        b"stream": lambda: [part for _, entry in server.xrange(key) for part in _flat(entry)],
    }
    kind = server.type(key)
    if kind in read:
        yield from (value for value in read[kind]() if value)


def _flat(entry: dict[bytes, bytes]) -> Iterator[bytes]:
    for pair in entry.items():
        yield from pair


def _inflated(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return b""


def _hex(text: bytes) -> bytes:
    return text.hex().encode()


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        content: bytes = answer.read()
        return content
