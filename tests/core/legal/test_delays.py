"""Archive delays: each class, each start, the shorter way after death, leap days, years alone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ckanext.rgpd.core.legal import entries
from ckanext.rgpd.core.legal.archives import release_day
from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.dates import first_day, last_day, years_after
from tests.core.legal.made import ARCHIVE, TODAY, finding, report, verdict

Day = datetime.date
EMPTY = report()
HEALTH = report(finding("nom", "art9_health"))


def end(classes: list[str], scanned: Any = EMPTY, **dates: str) -> Day | None:
    return release_day(Case(scanned, {"archive_class": classes, **dates}, None, TODAY))


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("arch_25_executive", 25),
        ("arch_25_l3115", 25),
        ("arch_50_privacy", 50),
        ("arch_50_banns", 50),
        ("arch_50_state", 50),
        ("arch_50_prison", 50),
        ("arch_75_birth", 75),
        ("arch_75_marriage", 75),
        ("arch_75_judicial", 75),
        ("arch_75_notarial", 75),
        ("arch_75_statistics", 75),
        ("arch_100_minor", 100),
        ("arch_100_sexual", 100),
        ("arch_100_defence_persons", 100),
    ],
)
def test_a_delay_runs_from_the_latest_document_or_the_closing(key: str, years: int) -> None:
    assert end([key], archive_start_date="1950-06-30") == Day(1950 + years, 6, 30)
    assert end([key], archive_start_date="1950") == Day(1950 + years, 12, 31)
    assert end([key]) is None


@pytest.mark.parametrize("key", ["arch_none", "arch_death_register"])
def test_some_archives_have_no_delay(key: str) -> None:
    assert end([key]) == Day.min


def test_some_archives_are_never_open() -> None:
    assert end(["arch_never"], archive_start_date="1500") == Day.max


def test_medical_secrecy_runs_from_death_or_else_from_birth() -> None:
    assert end(["arch_medical"], death_date_known="1990-01-02") == Day(2015, 1, 2)
    assert end(["arch_medical"], birth_date_known="1920") == Day(2040, 12, 31)
    assert end(["arch_medical"], archive_start_date="1900") is None


@pytest.mark.parametrize(
    "key",
    [key for key, entry in entries("archive_classes").items() if "after_death" in entry],
)
def test_a_death_shortens_the_long_delays_and_never_lengthens_them(key: str) -> None:
    dates = {"archive_start_date": "1980"}

    assert end([key], **dates, death_date_known="1985-03-01") == Day(2010, 3, 1)
    assert end([key], **dates, death_date_known="2099") == end([key], **dates)
    assert end([key], death_date_known="1985-03-01") == Day(2010, 3, 1)


def test_a_death_does_not_shorten_the_fifty_years_of_private_life() -> None:
    assert end(["arch_50_privacy"], archive_start_date="1980", death_date_known="1980") == Day(
        2030, 12, 31
    )


def test_the_strictest_class_rules_the_whole_file() -> None:
    assert end(["arch_25_l3115", "arch_75_birth"], archive_start_date="1950") == Day(2025, 12, 31)
    assert end(["arch_25_l3115", "arch_medical"], archive_start_date="1950") is None


def test_sensitive_archives_wait_a_hundred_years_to_be_online() -> None:
    dates = {"archive_start_date": "1940"}

    assert end(["arch_50_privacy"], HEALTH, **dates) == Day(2040, 12, 31)
    assert end(["arch_50_privacy"], HEALTH) is None
    assert end(["arch_none"], EMPTY, dcp_presence="offence", **dates) == Day(2040, 12, 31)
    aids = {"d312_category": "d312_9c_finding_aids", **dates}
    assert end(["arch_none"], HEALTH, **aids) == Day.min


def test_a_leap_day_that_is_not_there_is_the_first_of_march() -> None:
    assert years_after(Day(1904, 2, 29), 75) == Day(1979, 3, 1)
    assert years_after(Day(1904, 2, 29), 100) == Day(2004, 2, 29)
    assert years_after(Day(9990, 1, 1), 75) == Day.max


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1930", Day(1930, 1, 1), Day(1930, 12, 31)),
        ("1930-02", Day(1930, 2, 1), Day(1930, 2, 28)),
        ("1932-02", Day(1932, 2, 1), Day(1932, 2, 29)),
        ("1930-05-07", Day(1930, 5, 7), Day(1930, 5, 7)),
    ],
)
def test_a_year_or_a_month_alone_means_its_last_day(text: str, first: Day, last: Day) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_an_archive_opens_on_the_day_after_its_delay() -> None:
    yesterday, today = (TODAY.replace(year=1976, day=day).isoformat() for day in (22, 23))

    assert verdict(report(finding()), {**ARCHIVE, "archive_start_date": yesterday}).publishes
    closed = verdict(report(finding()), {**ARCHIVE, "archive_start_date": today})
    assert (closed.outcome, closed.release_date) == ("embargo", "2026-11-24")


def test_the_end_of_a_publication_is_told() -> None:
    decision = verdict(report(), {"publication_end_date": "2030-02"})

    assert (decision.end_date, decision.release_date) == ("2030-02-28", None)
