"""A server on this machine that stands for other people's, with every trick they may know."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Page = Callable[[BaseHTTPRequestHandler], None]


class StandIn:
    """Answers at ``url`` what ``pages`` say, and keeps what it was asked in ``asked``."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.port = server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"{scheme}://{self.host}"
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def page(self, path: str, body: bytes | str, **headers: str) -> str:
        """A page that is always the same; gives its address."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda request: send(request, 200, content, **headers)
        return self.url + path

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """A page that leads elsewhere; gives its address."""
        self.pages[path] = lambda request: send(request, status, b"", Location=target)
        return self.url + path

    def trick(self, path: str, page: Page) -> str:
        """A page that does as it likes; gives its address."""
        self.pages[path] = page
        return self.url + path


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """A whole answer; an underscore in a header's name stands for a hyphen."""
    request.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def endless(request: BaseHTTPRequestHandler) -> None:
    """A body without an end."""
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"x" * 65536)


def slow_body(request: BaseHTTPRequestHandler) -> None:
    """A body of one byte now and then."""
    request.send_response(200)
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"x")
        time.sleep(0.1)


def slow_headers(request: BaseHTTPRequestHandler) -> None:
    """Headers of one byte now and then."""
    request.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for _ in range(200):
        request.wfile.write(b"X")
        time.sleep(0.1)


def bomb(request: BaseHTTPRequestHandler) -> None:
    """A few kilobytes that inflate to a hundred megabytes."""
    send(request, 200, gzip.compress(b"0" * (100 << 20), 9), Content_Encoding="gzip")


def cut_short(request: BaseHTTPRequestHandler) -> None:
    """Fewer bytes than were announced."""
    request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 5000\r\n\r\nlieu\n")


@contextmanager
def serve(certificate: Path | None = None) -> Iterator[StandIn]:
    """A stand-in that answers while the context lasts; with a certificate, over TLS."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stand_in.asked.append((self.path, dict(self.headers)))
            page = stand_in.pages.get(self.path)
            with_care(page or (lambda request: send(request, 404, b"")), self)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *args: None  # type: ignore[method-assign]
    stand_in = StandIn(server, "https" if certificate else "http")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()


def with_care(page: Page, request: BaseHTTPRequestHandler) -> None:
    """A page whose reader may leave before its end."""
    try:
        page(request)
    except (BrokenPipeError, ConnectionResetError):
        request.close_connection = True
