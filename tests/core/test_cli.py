"""The ``rgpd`` command: formats, exit codes, folders, standard input."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ckanext.rgpd.core import cli, output
from ckanext.rgpd.core.scan import scan
from ckanext.rgpd.core.types import PROBLEMS, Report
from tests.core import made

FIELDS = [
    "file",
    "column",
    "column_index",
    "entity_type",
    "is_personal",
    "sensitive",
    "suggested_basis",
    "score",
    "rows",
    "matched_rows",
    "distinct_matched",
    "first_at",
    "examples_masked",
    "complete",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean table, one with a NIR, one with an address, and a hidden file."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "clean.csv").write_text("id;ville\n1;Nantes\n", encoding="utf-8")
    (tmp_path / "sub" / "nir.csv").write_text(f"id;nir\n1;{made.nirs(1)[0]}\n", encoding="utf-8")
    (tmp_path / "sub" / "mail.csv").write_text("id;mail\n1;jeanne.x@free.fr\n", encoding="utf-8")
    (tmp_path / ".hidden.csv").write_text("id;mail\n1;jeanne.x@free.fr\n", encoding="utf-8")
    return tmp_path


def run(*arguments: object, stdin: bytes = b"", lang: str = "C") -> Result:
    environment = {"LC_ALL": lang}
    return CliRunner().invoke(
        cli.main, ["scan", *map(str, arguments)], input=stdin, env=environment
    )


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("options", "file", "code"),
    [
        ([], "clean.csv", 0),
        ([], "sub/mail.csv", 10),
        ([], "sub/nir.csv", 10),
        (["--fail-on", "sensitive"], "sub/mail.csv", 0),
        (["--fail-on", "sensitive"], "sub/nir.csv", 10),
        (["--fail-on", "never"], "sub/nir.csv", 0),
        ([], "", 10),
    ],
)
def test_the_exit_code_tells_what_was_found(
    folder: Path, options: list[str], file: str, code: int
) -> None:
    assert run(*options, folder / file).exit_code == code


def test_what_could_not_be_read_wins(folder: Path) -> None:
    (folder / "sub" / "broken.xlsx").write_bytes(b"PK\x03\x04...")

    assert run(folder).exit_code == 11
    assert run("--fail-on", "never", folder).exit_code == 11


def test_json_lines_have_the_agreed_fields_and_relative_names(folder: Path) -> None:
    result = run("--format", "jsonl", folder)

    assert [list(line) for line in lines(result)] == [FIELDS, FIELDS]
    assert [line["file"] for line in lines(result)] == ["sub/mail.csv", "sub/nir.csv"]
    assert [line["entity_type"] for line in lines(result)] == ["email_personal", "nir"]


def test_with_all_each_column_without_a_finding_has_a_line(folder: Path) -> None:
    result = run("--all", "--format", "jsonl", folder / "sub" / "nir.csv")

    found, other = lines(result)
    assert (found["column"], found["entity_type"], found["is_personal"]) == ("nir", "nir", True)
    assert (other["column"], other["entity_type"], other["is_personal"]) == ("id", None, False)
    assert other["file"] == str(folder / "sub" / "nir.csv")
    assert list(other) == FIELDS


def test_a_file_that_cannot_be_read_is_told_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("x")

    result = run("--format", "jsonl", tmp_path)

    assert result.stdout == ""
    assert "a.xyz : unknown format" in result.stderr


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr_FR.UTF-8", "très sensible"),
        ("en_GB.UTF-8", "very sensitive"),
        ("C", "very sensitive"),
    ],
)
def test_the_text_speaks_the_readers_language(folder: Path, lang: str, expected: str) -> None:
    result = run(folder / "sub" / "nir.csv", lang=lang)

    assert expected in result.stdout
    assert "row 2" in result.stdout
    assert made.nirs(1)[0] not in result.stdout


def test_a_header_cannot_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id;\x1b[2Jmail\n1;jeanne.x@free.fr\n", encoding="utf-8")

    assert "\x1b" not in run(tmp_path).stdout


def test_a_name_that_is_no_unicode_does_not_stop_the_others(folder: Path) -> None:
    Path(folder, os.fsdecode(b"\xe9t\xe9.csv")).write_text("id;ville\n1;x\n", encoding="utf-8")

    for form in ("text", "jsonl", "html"):
        assert run("--format", form, folder).exit_code == 10


def test_standard_input_is_read_by_its_content() -> None:
    table = run("-", stdin=b"id;mail\n1;jeanne.x@free.fr\n")
    tree = run("--format", "jsonl", "-", stdin=b'[{"mail": "jeanne.x@free.fr"}]')

    assert table.exit_code == 10
    assert [line["file"] for line in lines(tree)] == ["-"]


def test_the_page_stands_alone_and_escapes_what_files_say() -> None:
    file = made.table([["id", "<script>mail"], [1, "jeanne.x@free.fr"]])

    page = output.page([("<b>.csv", scan(file, "a.csv"))], "fr")

    assert "<script" not in page
    assert "&lt;script&gt;mail" in page
    assert "&lt;b&gt;.csv" in page
    assert "src=" not in page
    assert "href=" not in page


def test_the_page_is_written_for_a_whole_folder(folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-")

    result = run("--format", "html", folder, lang="fr_FR.UTF-8")

    assert result.exit_code == 11
    assert result.stdout.count("<h2>") == 4
    assert "aucune donnée à caractère personnel" in result.stdout
    assert "fichier abîmé" in result.stdout


@pytest.mark.parametrize("name", sorted(PROBLEMS))
def test_every_problem_has_its_words_in_both_languages(name: str) -> None:
    report = Report("failed", "", 0, 0, (), (), "", "1", problem=name, problem_place="row 3")

    assert output.problem(report, "fr") != output.problem(report, "en")
    assert output.problem(report, "fr").endswith("(ligne 3)")


def test_progress_is_told_only_when_the_work_is_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = run(folder / "clean.csv")
    monkeypatch.setattr(cli, "_QUIET_SECONDS", 0.0)
    long = run(folder / "clean.csv")

    assert quiet.stderr == ""
    assert "100 %" in long.stderr


def test_a_path_that_does_not_exist_is_a_wrong_use() -> None:
    assert run("no-such-file.csv").exit_code == 2


def test_a_scan_of_made_pdf_is_complete_or_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.pdf(["Ecrire a jeanne.x@free.fr"]).getvalue())

    result = run("--format", "jsonl", tmp_path)

    assert [line["column"] for line in lines(result)] == ["(document)"]
    assert result.exit_code in (10, 11)


@pytest.mark.parametrize("form", ["text", "html"])
def test_what_was_repaired_and_not_looked_at_is_told(tmp_path: Path, form: str) -> None:
    twice = "lieu;année\nMarché;1902\n".encode().decode("cp1252").encode()
    (tmp_path / "deuxfois.csv").write_bytes(twice)

    result = run("--format", form, tmp_path, lang="fr_FR.UTF-8")

    assert result.exit_code == 0
    assert "encodés deux fois" in result.stdout
