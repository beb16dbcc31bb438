"""``rgpd decide``: the verdict without CKAN, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ckanext.rgpd.core.cli import FOUND, main

ELECTED = {
    "Q01": "yes",
    "Q07": "yes",
    "Q08": "yes",
    "register_risk": "low",
    "Q12": "d312_6_political_life",
    "public_need_statement": "Savoir qui nous représente.",
    "covered_columns": ["nom", "prenom"],
    "Q18": "lov2",
}


def line(column: str, index: int, kind: str | None = "person_name", **more: Any) -> str:
    fields = {
        "file": "elus.csv",
        "column": column,
        "column_index": index,
        "entity_type": kind,
        "is_personal": kind is not None,
        "sensitive": False,
        "suggested_basis": None,
        "score": 0.9,
        "rows": 3,
        "matched_rows": 3,
        "distinct_matched": 3,
        "first_at": "row 2" if kind else None,
        "examples_masked": [],
        "complete": True,
    }
    return json.dumps({**fields, **more})


@pytest.fixture
def decide(tmp_path: Path) -> Any:
    def run(answers: Any, *lines: str, today: str = "2026-11-23") -> Result:
        path, report = tmp_path / "answers.json", tmp_path / "report.jsonl"
        path.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
        report.write_text("\n".join(lines), "utf-8")
        given = ["--report", str(report)] if lines else []
        return CliRunner().invoke(
            main, ["decide", "--answers", str(path), "--today", today, *given]
        )

    return run


def codes(result: Result) -> set[str]:
    return {reason["code"] for reason in json.loads(result.output)["reasons"]}


def test_what_may_go_out_is_told_with_its_reasons_and_articles(decide: Any) -> None:
    result = decide(ELECTED, line("nom", 0), line("prenom", 1), line("mandat", 2, None))
    told = json.loads(result.output)

    assert result.exit_code == 0
    assert (told["outcome"], told["basis"]) == ("publish_conditions", "d312_1_3")
    assert told["questions"] == []
    assert told["errors"] == {}
    assert all(r["sentence"] and r["remedy"] and r["articles"] for r in told["reasons"])
    assert all(a["url"].startswith("https://") for r in told["reasons"] for a in r["articles"])


def test_a_column_without_basis_is_named(decide: Any) -> None:
    result = decide(ELECTED, line("nom", 0), line("prenom", 1), line("portable", 2, "phone_mobile"))
    told = json.loads(result.output)

    assert result.exit_code == FOUND
    assert told["outcome"] == "redact"
    assert ["portable"] in [r["columns"] for r in told["reasons"]]


def test_without_a_report_the_answers_alone_count_and_it_is_said(decide: Any) -> None:
    assert "not_scanned" in codes(decide(ELECTED))
    assert json.loads(decide({"Q07": "no", "Q18": "lov2"}).output)["outcome"] == "publish"
    nothing = decide({})
    assert "presence_unknown" in codes(nothing)
    assert nothing.exit_code == FOUND


def test_a_file_that_was_not_read_whole_stays_closed(decide: Any) -> None:
    result = decide(ELECTED, line("nom", 0), line("prenom", 1, complete=False))

    assert "scan_partial" in codes(result)
    assert result.exit_code == FOUND


def test_the_first_basis_that_holds_is_taken(decide: Any) -> None:
    both = {**ELECTED, "Q10": "yes"}

    assert json.loads(decide(both).output)["basis"] == "d312_1_3"


def test_the_day_decides_on_a_delay(decide: Any) -> None:
    answers = {
        "Q13": "expired",
        "Q08": "yes",
        "register_risk": "low",
        "archive_class": ["arch_50_privacy"],
        "archive_start_date": "1990",
        "held_by_archive_service": True,
    }

    assert json.loads(decide(answers).output)["release_date"] == "2041-01-01"
    assert decide(answers, today="2040-12-31").exit_code == FOUND
    assert decide(answers, today="2041-01-01").exit_code == 0


def test_a_wrong_answer_is_named_and_the_others_are_kept(decide: Any) -> None:
    result = decide({**ELECTED, "Q02": "maybe", "of_an_old_form": 1, "register_risk": ["low"]})
    told = json.loads(result.output)

    assert result.exit_code == FOUND
    assert told["errors"].keys() == {"document_status", "of_an_old_form", "register_risk"}
    assert {"answer_invalid", "basis_d312"} <= codes(result)


@pytest.mark.parametrize(
    ("answers", "lines", "said"),
    [
        ("{", (), "not a JSON file"),
        ("[" * 100_000, (), "not a JSON file"),
        ("[]", (), "expected one object"),
        ("{}", ("",), "empty"),
        ("{}", ("{",), "not a report"),
        ("{}", ("[]",), "not a report"),
        ("{}", ('{"file": "a"}',), "not a report"),
        ("{}", (line("nom", 0), line("nom", 0, file="b.csv")), "2 files"),
    ],
)
def test_a_file_that_is_no_answers_or_no_report_is_refused(
    decide: Any, answers: str, lines: tuple[str, ...], said: str
) -> None:
    result = decide(answers, *lines)

    assert result.exit_code == 2
    assert said in result.output
