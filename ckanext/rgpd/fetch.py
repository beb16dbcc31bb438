"""Gets what stands behind an address, and lets no address lead anywhere but the public internet.

Every hop is guarded anew: http and https only, no user name in the address, each resolved
address public, and the connection made to the very address that was looked at, so that a name
that resolves differently a moment later (DNS rebinding) leads nowhere. Redirects are followed
here, and nothing of the portal travels with them: no cookie, no authorisation.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import http.client
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import requests

CHUNK = 1 << 16
REDIRECTS = frozenset((301, 302, 303, 307, 308))
PORTS = {"http": 80, "https": 443}
PROXY_PORT = 3128
#: A connection, what to ask it for, and what it wants to be told.
_Way = tuple[http.client.HTTPConnection, str, dict[str, str]]
#: Kinds of content that no reader takes, refused before they are downloaded.
REFUSED_TYPES = ("audio/", "font/", "message/", "multipart/", "video/")

#: Networks whose addresses hold an IPv4 address that is the one really reached.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_LOCALLY_TRANSLATED = ipaddress.IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True)
class Bounds:
    """What one fetch may use: bytes, seconds in all, redirects.

    ``proxy`` is the address of a proxy, or empty. ``internal`` are the ``host:port`` that need
    not be public.
    """

    size: int
    seconds: float
    redirects: int = 5
    proxy: str = ""
    internal: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What a server gave; ``sha256`` is none where it says that nothing changed."""

    url: str
    sha256: str | None
    size: int
    headers: http.client.HTTPMessage


class NotFetched(Exception):
    """Nothing was got, or not all of it; ``problem`` is one of ``core.types.PROBLEMS``.

    ``passing`` where the same address may well answer tomorrow.
    """

    def __init__(self, problem: str, passing: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.passing = passing


def fetch(
    url: str, target: IO[bytes], bounds: Bounds, conditions: dict[str, str] | None = None
) -> Answer:
    """Write the content behind ``url`` to ``target`` and say what it is.

    ``conditions`` are headers (``If-None-Match``, ``If-Modified-Since``) that let the server
    answer that nothing changed. Raises :class:`NotFetched`.
    """
    until = time.monotonic() + bounds.seconds
    try:
        for _hop in range(bounds.redirects + 1):
            with _answer(url, bounds, until, conditions or {}) as response:
                location = response.headers.get("Location")
                if response.status not in REDIRECTS or not location:
                    return _taken(url, response, target, bounds.size)
                url = urljoin(url, location)
    except (OSError, EOFError, http.client.HTTPException, zlib.error) as error:
        late = time.monotonic() >= until
        raise (_too_slow() if late else NotFetched("not_fetched", passing=True)) from error
    raise NotFetched("not_fetched")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever form it is written in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and (ip in _TRANSLATED or ip in _COMPATIBLE):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local or ip in _LOCALLY_TRANSLATED:
            return False
    return ip.is_global and not ip.is_multicast


def _too_slow() -> NotFetched:
    return NotFetched("timeout", passing=True)


def _checked(url: str) -> SplitResult:
    """The parts of an address in the form that is sent; raises for what is not asked for."""
    try:
        request = requests.PreparedRequest()
        request.prepare_url(url.strip(), None)
        parts = urlsplit(request.url or "")
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError as error:
        raise NotFetched("not_fetched") from error
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise NotFetched("not_public")
    return parts


def _addresses(host: str, port: int, bounds: Bounds) -> list[str]:
    """What a host resolves to, all of it public, or named as internal."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    if f"{host}:{port}" not in bounds.internal and not all(map(is_public, addresses)):
        raise NotFetched("not_public")
    return addresses


@contextmanager
def _answer(
    url: str, bounds: Bounds, until: float, conditions: dict[str, str]
) -> Iterator[http.client.HTTPResponse]:
    """The answer of one address, cut off when the time is up."""
    parts = _checked(url)
    watch = _Watch(until)
    way = _through_proxy if bounds.proxy else _direct
    line, target, headers = way(parts, bounds, watch)
    try:
        line.request("GET", target, headers={**_headers(parts), **conditions, **headers})
        with line.getresponse() as response:
            yield response
        if watch.rang:
            raise _too_slow()
    finally:
        watch.end()
        line.close()


def _direct(parts: SplitResult, bounds: Bounds, watch: _Watch) -> _Way:
    """A connection to an address that was looked at."""
    host, port = _host_and_port(parts)
    line: Any = _kind(parts)(host, port, timeout=watch.left())
    line._create_connection = watch.dialler(_addresses(host, port, bounds), port)
    target = parts._replace(scheme="", netloc="", fragment="").geturl()
    return line, target or "/", {}


def _through_proxy(parts: SplitResult, bounds: Bounds, watch: _Watch) -> _Way:
    """A connection to the proxy; what is internal as far as is known here is not asked for.

    A name that is not known here is the proxy's to resolve, and to refuse.
    """
    host, port = _host_and_port(parts)
    with contextlib.suppress(socket.gaierror):
        _addresses(host, port, bounds)
    proxy = urlsplit(bounds.proxy)
    name, door = str(proxy.hostname), proxy.port or PROXY_PORT
    line: Any = _kind(parts)(name, door, timeout=watch.left())
    line._create_connection = watch.dialler([name], door)
    if parts.scheme == "http":
        return line, parts._replace(fragment="").geturl(), _proxy_pass(proxy)
    line.set_tunnel(host, port, headers=_proxy_pass(proxy))
    return line, parts._replace(scheme="", netloc="", fragment="").geturl() or "/", {}


def _kind(parts: SplitResult) -> type[http.client.HTTPConnection]:
    secure = parts.scheme == "https"
    return http.client.HTTPSConnection if secure else http.client.HTTPConnection


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    return str(parts.hostname), parts.port or PORTS[parts.scheme]


def _proxy_pass(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(words).decode()}"}


def _headers(parts: SplitResult) -> dict[str, str]:
    return {
        "Host": parts.netloc,
        "User-Agent": "ckanext-rgpd",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _taken(url: str, response: http.client.HTTPResponse, target: IO[bytes], limit: int) -> Answer:
    """What an answer that is no redirect gives."""
    if response.status == http.client.NOT_MODIFIED:
        return Answer(url, None, 0, response.headers)
    if response.status != http.client.OK:
        raise NotFetched("not_fetched", passing=True)
    if response.headers.get_content_type().startswith(REFUSED_TYPES):
        raise NotFetched("unknown_format")
    digest, size = hashlib.sha256(), 0
    stream = _decoded(response)
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise NotFetched("too_large")
        digest.update(chunk)
        target.write(chunk)
    if response.length:
        raise NotFetched("not_fetched", passing=True)
    target.flush()
    return Answer(url, digest.hexdigest(), size, response.headers)


def _decoded(response: http.client.HTTPResponse) -> Any:
    """The content as a browser would store it; inflated piece by piece, so a bomb only ends it."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("gzip", "x-gzip"):
        return gzip.GzipFile(fileobj=response)
    if encoding in ("", "identity"):
        return response
    raise NotFetched("not_fetched")


class _Watch:
    """Ends a connection when its time is up, however slowly its bytes drip."""

    def __init__(self, until: float) -> None:
        self.rang = False
        self._until = until
        self._sockets: list[socket.socket] = []
        self._timer: threading.Timer | None = None

    def left(self) -> float:
        """Seconds until the time is up; never zero, which would mean no limit at all."""
        return max(0.001, self._until - time.monotonic())

    def dialler(self, addresses: list[str], port: int) -> Any:
        """What connects to the first of the addresses that answers, and to no other."""

        def dial(*_asked: Any) -> socket.socket:
            for address in addresses:
                with contextlib.suppress(OSError):
                    return self._guarded(socket.create_connection((address, port), self.left()))
            raise NotFetched("not_fetched", passing=True)

        return dial

    def _guarded(self, connected: socket.socket) -> socket.socket:
        double = connected.dup()  # TLS takes the original over
        self._sockets.append(double)
        self._timer = threading.Timer(self.left(), self._ring, [double])
        self._timer.daemon = True
        self._timer.start()
        return connected

    def _ring(self, double: socket.socket) -> None:
        self.rang = True
        with contextlib.suppress(OSError):  # it ended at the same moment
            double.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """The connection is done with."""
        if self._timer:
            self._timer.cancel()
        for double in self._sockets:
            double.close()
