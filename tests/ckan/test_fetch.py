"""The guarded fetcher meets servers that want it to go, or to stay, where it should not."""

from __future__ import annotations

import gzip
import hashlib
import io
import socket
import subprocess
import time
from dataclasses import replace

import pytest

from ckanext.rgpd import fetch
from tests.ckan import stand_in

BODY = b"lieu,ouverture\nPiscine,1987\n"


@pytest.fixture
def portal():
    """Nothing of CKAN is needed here."""


@pytest.fixture
def server():
    with stand_in.serve() as server:
        yield server


@pytest.fixture
def bounds(server):
    return fetch.Bounds(size=1 << 20, seconds=2, internal=frozenset([server.host]))


def problem_of(url, bounds):
    with pytest.raises(fetch.NotFetched) as refusal:
        fetch.fetch(url, io.BytesIO(), bounds)
    return refusal.value.problem


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
    ],
)
def test_an_address_that_is_not_public_is_known_in_each_of_its_forms(address):
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["80.67.169.12", "2001:910:800::12", "64:ff9b::5043:a90c"])
def test_a_public_address_is_known(address):
    assert fetch.is_public(address)


def test_a_content_is_written_whole_and_its_fingerprint_given(server, bounds):
    target = io.BytesIO()
    answer = fetch.fetch(server.page("/lieux.csv", BODY), target, bounds)

    assert target.getvalue() == BODY
    assert (answer.size, answer.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())


def test_nothing_of_the_portal_goes_along(server, bounds):
    server.page("/lieux.csv", BODY)
    fetch.fetch(server.redirect("/a", "/lieux.csv"), io.BytesIO(), bounds)

    assert [path for path, _ in server.asked] == ["/a", "/lieux.csv"]
    for _, headers in server.asked:
        assert not {"Cookie", "Authorization", "Referer", "Proxy-Authorization"} & set(headers)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://ftp.exemple.fr/x.csv",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "http://moi:secret@127.0.0.1/x.csv",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://localhost:5432/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/latest/meta-data/",
        "http://169.254.169.254/latest/meta-data/",
        "HTTP://127.0.0.1\\@exemple.fr/",
    ],
)
def test_an_address_that_must_not_be_asked_is_refused(url, bounds):
    assert problem_of(url, bounds) == "not_public"


@pytest.mark.parametrize("url", ["", "lieux.csv", "http://", "http://exemple:port/", "http://a b/"])
def test_what_is_no_address_is_refused(url, bounds):
    assert problem_of(url, bounds) in ("not_fetched", "not_public")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:1/",
        "//[::1]:1/",
        "file:///etc/passwd",
        "http://moi:secret@exemple.fr/",
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_nowhere_that_is_not_public(server, bounds, target, status):
    assert problem_of(server.redirect("/a", target, status), bounds) == "not_public"


def test_redirects_are_counted(server, bounds):
    assert problem_of(server.redirect("/a", "/a"), bounds) == "not_fetched"
    assert len(server.asked) == bounds.redirects + 1


@pytest.mark.parametrize(
    ("trick", "problem"),
    [
        (stand_in.endless, "too_large"),
        (stand_in.bomb, "too_large"),
        (stand_in.slow_body, "timeout"),
        (stand_in.slow_headers, "timeout"),
        (stand_in.cut_short, "not_fetched"),
        (lambda r: stand_in.send(r, 500, b""), "not_fetched"),
        (lambda r: stand_in.send(r, 206, BODY), "not_fetched"),
        (lambda r: stand_in.send(r, 200, BODY, Content_Type="video/mp4"), "unknown_format"),
        (lambda r: stand_in.send(r, 200, BODY, Content_Encoding="br"), "not_fetched"),
        (lambda r: stand_in.send(r, 200, BODY, Content_Encoding="gzip, gzip"), "not_fetched"),
        (lambda r: stand_in.send(r, 200, BODY, Content_Encoding="gzip"), "not_fetched"),
        (lambda r: r.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n"), "not_fetched"),
        (lambda r: r.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"A: b\r\n" * 5000), "not_fetched"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_server_with_a_trick_is_left_in_time(server, bounds, trick, problem):
    begun = time.monotonic()

    assert problem_of(server.trick("/a", trick), bounds) == problem
    assert time.monotonic() - begun < bounds.seconds + 1


def test_a_compressed_content_is_what_a_browser_would_store(server, bounds):
    target = io.BytesIO()
    url = server.page("/lieux.csv", gzip.compress(BODY), Content_Encoding="gzip")
    fetch.fetch(url, target, bounds)

    assert target.getvalue() == BODY


def test_a_server_may_say_that_nothing_changed(server, bounds):
    def page(request):
        same = request.headers.get("If-None-Match") == '"a1"'
        stand_in.send(request, 304 if same else 200, b"" if same else BODY, ETag='"a1"')

    url = server.trick("/lieux.csv", page)
    first = fetch.fetch(url, io.BytesIO(), bounds)
    again = fetch.fetch(url, io.BytesIO(), bounds, {"If-None-Match": first.headers["ETag"]})

    assert first.sha256
    assert again.sha256 is None


@pytest.fixture
def names(monkeypatch):
    """A name server whose answers the test gives: a list for each name, one after the other."""
    answers: dict[str, list[str]] = {}
    true = socket.getaddrinfo

    def resolve(host, *args, **options):
        if host in answers:
            host = answers[host].pop(0)
        return true(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return answers


def test_a_name_is_resolved_once_and_what_was_looked_at_is_asked(server, bounds, names):
    """DNS rebinding: a second question would be answered with another address."""
    names["ailleurs.exemple"] = ["127.0.0.1", "127.0.0.9"]
    server.page("/lieux.csv", BODY)
    url = f"http://ailleurs.exemple:{server.port}/lieux.csv"
    allowed = replace(bounds, internal=frozenset([f"ailleurs.exemple:{server.port}"]))

    assert fetch.fetch(url, io.BytesIO(), allowed).size == len(BODY)
    assert names["ailleurs.exemple"] == ["127.0.0.9"]
    assert server.asked[0][1]["Host"] == f"ailleurs.exemple:{server.port}"


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3"])
def test_a_name_of_an_internal_address_is_refused(server, bounds, names, address):
    names["ailleurs.exemple"] = [address]

    assert problem_of(f"http://ailleurs.exemple:{server.port}/", bounds) == "not_public"
    assert server.asked == []


def test_a_certificate_is_checked_for_the_name_and_not_for_the_address(
    tmp_path, monkeypatch, names
):
    pem = tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ailleurs.exemple "
        "-addext subjectAltName=DNS:ailleurs.exemple -keyout key.pem -out cert.pem"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    pem.write_text((tmp_path / "key.pem").read_text() + (tmp_path / "cert.pem").read_text())
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    names["ailleurs.exemple"], names["autre.exemple"] = ["127.0.0.1"], ["127.0.0.1"]

    with stand_in.serve(pem) as server:
        server.page("/lieux.csv", BODY)
        hosts = [f"{name}.exemple:{server.port}" for name in ("ailleurs", "autre")]
        bounds = fetch.Bounds(size=1 << 20, seconds=5, internal=frozenset(hosts))
        good = fetch.fetch(f"https://{hosts[0]}/lieux.csv", io.BytesIO(), bounds)

        assert good.size == len(BODY)
        assert problem_of(f"https://{hosts[1]}/lieux.csv", bounds) == "not_fetched"


def test_a_proxy_is_asked_and_given_its_own_password_only(server, bounds):
    server.pages["http://ailleurs.exemple/lieux.csv"] = lambda r: stand_in.send(r, 200, BODY)
    proxy = f"http://moi:secret@{server.host}"

    fetch.fetch("http://ailleurs.exemple/lieux.csv", io.BytesIO(), replace(bounds, proxy=proxy))

    path, headers = server.asked[0]
    assert path == "http://ailleurs.exemple/lieux.csv"
    assert headers["Host"] == "ailleurs.exemple"
    assert headers["Proxy-Authorization"].startswith("Basic ")


def test_what_is_internal_is_not_asked_of_a_proxy_either(server, bounds):
    proxied = replace(bounds, proxy=server.url)

    assert problem_of("http://169.254.169.254/latest/meta-data/", proxied) == "not_public"
    assert server.asked == []
