"""What a reviewer judged not personal holds for columns that look the same, and for no other."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.rgpd.core.judgement import (
    Judgement,
    can_be_judged,
    judge,
    look,
    makes_pattern,
)
from ckanext.rgpd.core.look import Look, differences, shape, shapes
from ckanext.rgpd.core.scan import scan
from ckanext.rgpd.core.types import Finding, Report

COLUMN = "telephone"


def phones(count: int = 40, first: int = 0) -> list[str]:
    """Numbers of the range that is kept for fiction."""
    return [f"06 39 98 {n // 100:02d} {n % 100:02d}" for n in range(first, first + count)]


def table(values: list[str], header: str = COLUMN) -> Report:
    """The report on a table of one column of interest."""
    rows = [f"{header};lieu", *(f"{value};Piscine" for value in values)]
    return scan(io.BytesIO("\n".join(rows).encode()), "lieux.csv")


def about(report: Report, entity_type: str = "phone_mobile") -> Finding:
    return next(f for f in report.personal if f.entity_type == entity_type)


BEFORE = table(phones())
SAID = Judgement("said", look(BEFORE, about(BEFORE)))


def kinds_left(report: Report, judgement: Judgement = SAID) -> set[str]:
    return {finding.entity_type for finding in judge(report, [judgement]).report.personal}


def test_what_was_judged_is_set_aside_and_said() -> None:
    judged = judge(BEFORE, [SAID])

    assert judged.report.personal == ()
    assert judged.report.columns == BEFORE.columns
    assert [(f.entity_type, id) for f, id in judged.set_aside] == [("phone_mobile", "said")]
    assert [(r.code, r.outcome, r.columns) for r in judged.reasons] == [
        ("judged_not_personal", None, (COLUMN,))
    ]


SAME: dict[str, list[str]] = {
    "other values": phones(first=500),
    "a row more": phones(41),
    "twice as many": phones(80),
    "half as many": phones(20),
    "some cells empty": [*phones(30), *[""] * 10],
}
CHANGED: dict[str, list[str]] = {
    "ten times as many": phones(400),
    "another way of writing": [value.replace(" ", "") for value in phones()],
    "hardly any still is one": [*phones(4), *(f"poste {n}" for n in range(40))],
    "words among them": [*phones(30), *(f"poste {n}" for n in range(10))],
    "another kind beside it": [*phones(), "zenobie.tartempion@exemple.fr"],
}


@pytest.mark.parametrize("values", SAME.values(), ids=SAME)
def test_it_holds_for_the_next_version_that_looks_the_same(values: list[str]) -> None:
    assert kinds_left(table(values)) == set()


@pytest.mark.parametrize("values", CHANGED.values(), ids=CHANGED)
def test_a_column_that_looks_different_is_found_again(values: list[str]) -> None:
    assert "phone_mobile" in kinds_left(table(values))


def test_it_holds_under_its_own_header_only() -> None:
    assert kinds_left(table(phones(), "telephone portable")) == {"phone_mobile"}


def test_a_new_kind_of_data_in_the_column_is_found_and_ends_it() -> None:
    later = table([*phones(), "zenobie.tartempion@exemple.fr"])

    assert kinds_left(later) == {"phone_mobile", "email_work"}


def test_where_single_values_were_judged_one_more_is_found() -> None:
    places = [f"poste {n}" for n in range(300)]
    before = table([*places, *phones(3)])
    said = Judgement("said", look(before, about(before)))

    assert kinds_left(table([*places, *phones(3, first=50)]), said) == set()
    assert kinds_left(table([*places, *phones(4)]), said) == {"phone_mobile"}


def test_a_stronger_proof_ends_it() -> None:
    stronger = replace(about(BEFORE), score=1.0)
    by_another_rule = replace(about(BEFORE), rules=("another",))

    for finding in (stronger, by_another_rule):
        assert kinds_left(replace(BEFORE, findings=(finding,))) == {"phone_mobile"}


def test_a_look_survives_json_and_holds_no_value() -> None:
    text = json.dumps(asdict(SAID.look))

    assert Look.from_dict(json.loads(text)) == SAID.look
    assert not [value for value in phones() if value[9:] in text]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.txt", "06 39 98 41 27\n"),
        ("lieux.csv", "observations;lieu\n06 39 98 41 27;Piscine\n"),
        ("lieux.csv", "c;d\nAppelez le 06 39 98 41 27 pour une visite.;Piscine\n"),
    ],
)
def test_what_may_name_anyone_is_judged_each_time_anew(name: str, content: str) -> None:
    report = scan(io.BytesIO(content.encode()), name)

    assert report.personal
    assert not any(can_be_judged(report, finding) for finding in report.personal)


def test_a_report_without_shapes_is_not_judged_by() -> None:
    bare = replace(BEFORE, columns=tuple(replace(c, shapes=()) for c in BEFORE.columns))

    assert not can_be_judged(bare, about(bare))
    assert can_be_judged(BEFORE, about(BEFORE))


# Patterns


def test_a_pattern_holds_in_other_files_of_any_length() -> None:
    pattern = replace(SAID, pattern=True)

    assert kinds_left(table(phones(2000)), pattern) == set()
    assert kinds_left(table(phones(), "portable"), pattern) == {"phone_mobile"}
    assert kinds_left(table([*phones(4), *["néant"] * 40]), pattern) == {"phone_mobile"}


@pytest.mark.parametrize(
    ("header", "values", "enough"),
    [
        ("telephone", phones(), True),
        ("telephone", [*phones(3), *(f"poste {n}" for n in range(300))], False),
        ("c1", phones(), False),
        ("col_3", phones(), False),
    ],
)
def test_a_pattern_needs_a_header_and_most_of_the_values(
    header: str, values: list[str], enough: bool
) -> None:
    report = table(values, header)

    assert makes_pattern(look(report, about(report))) is enough


# Shapes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("75001", "99"),
        ("1850578006084", "999"),
        ("AB-123-CD", "A-9-A"),
        ("Éloïse", "Aa"),
        ("rue de la République à Lyon", "label"),
        ("Mme Exemple est partie chez sa mère.", "text"),
        ("x" * 5000, "a"),
        ("a1" * 5000, "label"),
        ("\u0000€", "??"),
    ],
)
def test_a_shape_tells_the_kinds_of_characters(value: str, expected: str) -> None:
    assert shape(value) == expected


@given(st.text())
def test_a_shape_holds_none_of_the_value(value: str) -> None:
    told = shape(value)

    assert len(told) <= 40
    assert set(told) <= set("Aa9 .,;:/-_@+()'?") | set("text label")


def test_the_shapes_of_a_column_are_the_main_ones() -> None:
    assert shapes([*(str(n) for n in range(50)), *["Aix", "Pau"] * 10, "?"]) == ("9", "Aa")
    assert shapes([]) == ()


# Nothing more is let out


def finding(entity_type: str, column: str, matched: int) -> Finding:
    return replace(
        about(BEFORE),
        entity_type=entity_type,
        column=column,
        column_index=("telephone", "lieu").index(column),
        matched_rows=matched,
        distinct_matched=matched,
    )


findings = st.builds(
    finding,
    st.sampled_from(["phone_mobile", "person_name", "nir"]),
    st.sampled_from(["telephone", "lieu"]),
    st.integers(1, 40),
)


@settings(deadline=None)
@given(st.lists(findings, max_size=4), findings, st.booleans())
def test_a_finding_more_never_leaves_fewer(
    some: list[Finding], more: Finding, pattern: bool
) -> None:
    judgement = replace(SAID, pattern=pattern)

    def left(found: list[Finding]) -> tuple[Finding, ...]:
        return judge(replace(BEFORE, findings=tuple(found)), [judgement]).report.personal

    assert set(left(some)) <= set(left([*some, more]))


@settings(deadline=None)
@given(findings, findings)
def test_a_judgement_covers_its_own_kind_and_column_only(said: Finding, now: Finding) -> None:
    report = replace(BEFORE, findings=(said,))
    judgement = Judgement("said", look(report, said))
    aside = judge(replace(BEFORE, findings=(now,)), [judgement]).set_aside

    assert not aside or (now.entity_type, now.column) == (said.entity_type, said.column)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda it: replace(it, header=("autre",)), "header"),
        (lambda it: replace(it, entity_types=(*it.entity_types, "nir")), "entity_types"),
        (lambda it: replace(it, rules=("other",)), "rules"),
        (lambda it: replace(it, shapes=("Aa",)), "shapes"),
        (lambda it: replace(it, matched_shapes=("Aa",)), "matched_shapes"),
        (lambda it: replace(it, share=it.share / 3), "share"),
        (lambda it: replace(it, distinct=it.distinct * 5), "distinct"),
    ],
)
def test_what_differs_is_named(change: Callable[[Look], Look], named: str) -> None:
    assert differences(SAID.look, SAID.look) == ()
    assert named in differences(SAID.look, change(SAID.look))
