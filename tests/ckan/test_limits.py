"""Hostile files go through the real worker: the reading stops, the worker goes on, the page says
which limit it was.
"""

from __future__ import annotations

import copy
import gzip
import io
import os
import re
import signal
import tarfile
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest

from ckanext.rgpd import gate
from ckanext.rgpd.core import scan
from ckanext.rgpd.core.detect import detectors
from ckanext.rgpd.model import Report, Version
from ckanext.rgpd.model.version import HELD
from tests.ckan import made

ROWS = b"lieu,annee\n" + b"Piscine,1987\n" * 5_000_000


def zip_bomb() -> bytes:
    """4.5 GB in 500 kB: seventy members that are the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("0.csv", ROWS)
        for number in range(1, 70):
            member = copy.copy(archive.filelist[0])
            member.filename = f"{number}.csv"
            archive.filelist.append(member)
    return file.getvalue()


def endless_gzip() -> bytes:
    """Seventy-five streams one after the other: 5 GB."""
    return gzip.compress(ROWS, 9) * 75


def entity_expansion() -> bytes:
    levels = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "Tartempion">'
        for n in range(12)
    )
    return f'<?xml version="1.0"?><!DOCTYPE a [{levels}]><a>&e11;</a>'.encode()


def sparse_sheet(rows: int = 1_000_000_000) -> bytes:
    """An ODS of a few hundred bytes that says that a row of cells is there a billion times."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="A">'
        f'<table:table-row table:number-rows-repeated="{rows}">'
        '<table:table-cell table:number-columns-repeated="16000"><text:p>Piscine</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return file.getvalue()


def deep_json() -> bytes:
    return b"[" * 2_000_000


@pytest.fixture
def read_one(add_file, read_files, call, people):
    """Sends a file, lets the worker read it and a clean one after it; gives report and sentence."""

    def read(content: bytes, filename: str) -> tuple[Report, str]:
        resource = add_file(content, filename)
        after = add_file(made.never_read(), "lieux.csv")
        read_files()
        assert gate.is_open(after["id"]), "the worker reads on"
        version = Version.current(resource["id"])[0]
        assert version.state == HELD
        status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
        return Report.get(version.report_id).value, status["versions"][0]["problem"]

    return read


@pytest.mark.ckan_config("ckanext.rgpd.scan.timeout", 60)
@pytest.mark.parametrize(
    ("make", "filename", "problem", "place"),
    [
        (zip_bomb, "bombe.zip", "too_large", "unpacked size"),
        (entity_expansion, "entites.xml", "corrupt", ""),
        (sparse_sheet, "vide.ods", "corrupt", "content.xml"),
        (deep_json, "profond.json", "too_large", "nesting"),
    ],
)
def test_a_file_made_to_exhaust_the_machine_is_stopped(read_one, make, filename, problem, place):
    report, sentence = read_one(make(), filename)

    assert report.problem == problem
    assert place in report.problem_place
    assert sentence


@pytest.mark.ckan_config("ckanext.rgpd.scan.timeout", 5)
@pytest.mark.parametrize(
    ("make", "filename"),
    [(endless_gzip, "sansfin.csv.gz"), (lambda: sparse_sheet(1_000_000), "creux.ods")],
)
def test_what_has_no_end_is_stopped_by_the_limit_of_time(read_one, make, filename):
    report, sentence = read_one(make(), filename)

    assert (report.problem, report.problem_place) == ("timeout", "time, 5 s")
    assert "5 s" in sentence


@pytest.mark.ckan_config("ckanext.rgpd.scan.timeout", 5)
def test_a_pattern_that_never_ends_is_stopped_by_the_limit_of_time(read_one, request):
    """Another extension's detector may hold one; no signal is heard while it runs."""
    slow = detectors.DETECTORS[0].__class__(
        rule="slow",
        entity_types=("slow",),
        pattern=re.compile("(?:a+)+$"),
        validate=lambda match: None,
        mask=str,
        gate=lambda text: "aaaa" in text,
        examples=(),
        counterexamples=(),
    )
    request.addfinalizer(lambda: detectors.add(()))
    detectors.add([slow])

    report, _ = read_one(b"mot\n" + b"a" * 60 + b"!\n", "lent.csv")

    assert (report.problem, report.problem_place) == ("timeout", "time, 5 s")


@pytest.mark.ckan_config("ckanext.rgpd.scan.memory", 3000)
def test_memory_is_limited_in_the_reading_alone(read_one, monkeypatch):
    feed = scan.ColumnScan.feed

    def greedy(self, cells, *rest):
        if "Gouffre" in cells.values:
            bytearray(8 * 1024**3)
        return feed(self, cells, *rest)

    monkeypatch.setattr(scan.ColumnScan, "feed", greedy)

    report, sentence = read_one(b"lieu\nGouffre\n", "gouffre.csv")

    assert report.problem == "too_large"
    assert report.problem_place.startswith("memory")
    assert sentence


def test_a_reading_that_the_system_kills_leaves_the_file_closed(read_one, monkeypatch):
    feed = scan.ColumnScan.feed

    def die(self, cells, *rest):
        if "Gouffre" in cells.values:
            os.kill(os.getpid(), signal.SIGKILL)
        return feed(self, cells, *rest)

    monkeypatch.setattr(scan.ColumnScan, "feed", die)

    report, sentence = read_one(b"lieu\nGouffre\n", "gouffre.csv")

    assert (report.problem, report.problem_place) == ("too_large", "memory, 4096 MB")
    assert sentence


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_member_that_points_out_of_its_archive_is_read_and_written_nowhere(
    add_file, read_files, tmp_path, monkeypatch, kind
):
    """Nothing is unpacked to a name, so a name leads nowhere."""
    monkeypatch.chdir(tmp_path)
    names = ["../../evade.csv", "/tmp/rgpd-evade.csv", "..\\evade.csv"]
    file, content = io.BytesIO(), made.PERSONAL.encode()
    if kind == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            for name in names:
                archive.writestr(name, content)
    else:
        with tarfile.open(fileobj=file, mode="w") as archive:
            for name in names:
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
            link = tarfile.TarInfo("lien.csv")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)

    resource = add_file(file.getvalue(), f"chemins.{kind}")
    read_files()

    version = Version.current(resource["id"])[0]
    report = Report.get(version.report_id).value
    assert version.state == HELD
    assert {finding.column.partition("!")[0] for finding in report.personal} == set(names)
    assert not any("lien.csv!" in column.name for column in report.columns)
    assert not list(tmp_path.iterdir())
    assert not Path("/tmp/rgpd-evade.csv").exists()


def test_the_model_is_loaded_in_the_worker_and_shared(add_file, read_files, monkeypatch):
    """A reading that had to load it would fail here."""
    told = f"Note {uuid4().hex}. Hier, Jeanne Exempleau a rencontré Paul Fictivet à Nantes."
    resource = add_file(told, "recit.txt")
    scan.preload()

    def load() -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("ckanext.rgpd.core.detect.engine._nlp_engine", load)
        read_files()

    report = Report.get(Version.current(resource["id"])[0].report_id).value
    assert [finding.entity_type for finding in report.personal] == ["person_name"]
