"""k, l, t and uniqueness: figures worked out by hand, and laws that hold for every table."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.rgpd.core.anonymise import Classes, Measured, measure_file
from ckanext.rgpd.core.anonymise.measure import TooManyClasses

# Two classes: (37, A) with 3 rows, (75, B) with 2.
TOWNS = [
    ("37", "A", "grippe", "10"),
    ("37", "A", "grippe", "20"),
    ("37", "A", "asthme", "30"),
    ("75", "B", "grippe", "20"),
    ("75", "B", "grippe", "30"),
]


def measure(rows: Sequence[tuple[str, ...]], quasi: Sequence[int], *sensitive: int) -> Measured:
    classes = Classes([f"s{index}" for index in sensitive])
    columns = list(zip(*rows, strict=True))
    classes.feed([columns[i] for i in quasi], [columns[i] for i in sensitive])
    return classes.measured()


def test_classes_and_risks_by_hand():
    found = measure(TOWNS, [0, 1])

    assert (found.rows, found.classes, found.k, found.unique_rows) == (5, 2, 2, 0)
    assert found.uniqueness_rate == 0
    assert found.risk_max == 1 / 2
    assert found.risk_mean == 2 / 5
    assert (found.l, found.t) == (None, None)


def test_l_and_equal_distance_t_by_hand():
    """In all: grippe 4/5, asthme 1/5. First class 2/3, 1/3: distance 2/15; second 1, 0: 1/5."""
    found = measure(TOWNS, [0, 1], 2).sensitive["s2"]

    assert found.l == 1
    assert not found.ordered
    assert found.t == pytest.approx(1 / 5)


def test_ordered_t_by_hand():
    """In all: 10 1/5, 20 2/5, 30 2/5, so the staircase 1/5, 3/5, 1. First class 1/3, 2/3, 1:
    (2/15 + 1/15) / 2 = 1/10. Second 0, 1/2, 1: (1/5 + 1/10) / 2 = 3/20."""
    found = measure(TOWNS, [0, 1], 3).sensitive["s3"]

    assert found.l == 2
    assert found.ordered
    assert found.t == pytest.approx(3 / 20)


def test_everybody_alone():
    found = measure(TOWNS, [0, 3, 2], 2)

    assert (found.k, found.unique_rows, found.uniqueness_rate) == (1, 5, 1.0)
    assert found.risk_mean == 1
    assert found.l == 1


def test_everybody_alike():
    found = measure([("37", "oui")] * 7, [0], 1)

    assert (found.k, found.classes, found.unique_rows) == (7, 1, 0)
    assert (found.l, found.t) == (1, 0)


def test_the_worst_sensitive_column_counts():
    found = measure(TOWNS, [0, 1], 2, 3)

    assert found.l == 1
    assert found.t == pytest.approx(1 / 5)


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (("1", "2,5", "-3"), True),
        (("1", "01"), False),
        (("1", ""), False),
        (("1", "1 000"), False),
        (("a", "b"), False),
        (("1e5", "2"), False),
    ],
)
def test_numbers_lie_on_a_line_and_codes_do_not(values, ordered):
    found = measure([("x", value) for value in values], [0], 1)

    assert found.sensitive["s1"].ordered is ordered


def test_where_one_value_ends_and_the_next_begins_counts():
    assert measure([("ab", "c"), ("a", "bc")], [0, 1]).classes == 2


def test_too_many_classes_stop_the_measuring():
    classes = Classes(max_classes=10)

    with pytest.raises(TooManyClasses):
        classes.feed([[str(number) for number in range(11)]])


ROWS = st.lists(
    st.tuples(*[st.sampled_from("abc")] * 2, st.sampled_from(["1", "2", "5", "9"])),
    min_size=1,
    max_size=40,
)


def naive(rows: Sequence[tuple[str, ...]]) -> tuple[int, int, float, float]:
    """k, l, ordered t and equal t, straight from the formulas."""
    held: dict[tuple[str, ...], Counter[str]] = {}
    for *key, value in rows:
        held.setdefault(tuple(key), Counter())[value] += 1
    total = Counter(row[-1] for row in rows)
    values = sorted(total, key=float)
    all_shares = [total[value] / len(rows) for value in values]
    line, flat = [0.0], [0.0]
    for counts in held.values():
        size = counts.total()
        gaps = [counts[v] / size - q for v, q in zip(values, all_shares, strict=True)]
        flat.append(sum(map(abs, gaps)) / 2)
        line.append(sum(map(abs, accumulate(gaps))) / max(1, len(values) - 1))
    sizes = [counts.total() for counts in held.values()]
    return min(sizes), min(map(len, held.values())), max(line), max(flat)


@given(ROWS)
def test_the_figures_are_those_of_the_formulas(rows):
    k, l, line, flat = naive(rows)  # noqa: E741
    found = measure(rows, [0, 1], 2)
    named = measure([(*row[:2], f"v{row[2]}") for row in rows], [0, 1], 2)

    assert (found.k, found.l) == (k, l)
    assert found.t == pytest.approx(line, abs=1e-9)
    assert named.t == pytest.approx(flat, abs=1e-9)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, chance: random.Random):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    one, other = measure(rows, [0, 1], 2), measure(shuffled, [0, 1], 2)

    assert (one.k, one.l, one.unique_rows) == (other.k, other.l, other.unique_rows)
    assert one.t == pytest.approx(other.t or 0.0)


@given(ROWS)
def test_another_quasi_identifier_never_makes_it_safer(rows):
    assert measure(rows, [0, 1]).k <= measure(rows, [0]).k


@given(ROWS)
def test_figures_travel_as_json(rows):
    found = measure(rows, [0, 1], 2)

    assert Measured.from_dict(found.as_dict()) == found


# Files

CSV = "dept;age;maladie\n37;30-39;grippe\n37;30-39;asthme\n\n75;40-49;grippe\n75;40-49;grippe\n"


def from_file(text: str | bytes, quasi, sensitive=(), name="table.csv") -> Measured:
    data = text.encode() if isinstance(text, str) else text
    return measure_file(io.BytesIO(data), name, quasi, sensitive)


def test_a_file_is_measured_by_its_column_names_and_empty_lines_are_no_rows():
    found = from_file(CSV, ["dept", "age"], ["maladie"])

    assert found.problem is None
    assert (found.rows, found.k, found.l) == (4, 2, 1)


@pytest.mark.parametrize(
    ("text", "quasi", "name", "problem", "place"),
    [
        (CSV, ["dept", "ville"], "table.csv", "unknown_column", "ville"),
        (CSV, ["ville"], "table.csv", "unknown_column", "ville"),
        ('[{"dept": "37"}]', ["dept"], "table.json", "not_a_table", ""),
        (b"", ["dept"], "table.csv", "empty", ""),
        (b"PK\x03\x04broken", ["dept"], "table.xlsx", "corrupt", None),
        ("dept;age\n", ["dept"], "table.csv", "unknown_column", "dept"),
    ],
)
def test_what_cannot_be_measured_says_why(text, quasi, name, problem, place):
    found = from_file(text, quasi, name=name)

    assert found.problem == problem
    assert place is None or found.place == place
    assert found.k == 0


def test_many_rows_are_fed_batch_by_batch():
    rows = "".join(f"{number % 50};{number % 7}\n" for number in range(35_000))

    found = from_file("a;b\n" + rows, ["a"], ["b"])

    assert (found.rows, found.classes, found.k, found.l) == (35_000, 50, 700, 7)
    assert found.t == pytest.approx(0)
