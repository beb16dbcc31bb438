"""Our measures of anonymity are those of pyCANON, on tables made by chance."""

from __future__ import annotations

import random

import pandas
import pytest
from pycanon import anonymity

from ckanext.rgpd.core.anonymise import Classes

QUASI = ["dept", "age", "sexe"]


def table(seed: int, rows: int, numbers: bool) -> pandas.DataFrame:
    chance = random.Random(seed)
    values = [1, 2, 3, 5, 8, 13] if numbers else ["grippe", "asthme", "angine", "rhume"]
    weights = range(1, len(values) + 1)
    return pandas.DataFrame(
        {
            "dept": chance.choices(["37", "75", "974"], k=rows),
            "age": chance.choices(["0-19", "20-39", "40-59", "60+"], k=rows),
            "sexe": chance.choices(["F", "M"], k=rows),
            "sensible": chance.choices(values, weights, k=rows),
        }
    )


@pytest.mark.parametrize("numbers", [False, True], ids=["categories", "numbers"])
@pytest.mark.parametrize("rows", [1, 7, 40, 400, 4000])
@pytest.mark.parametrize("seed", range(4))
def test_k_l_and_t_are_the_oracles(seed, rows, numbers):
    data = table(seed, rows, numbers)
    classes = Classes(["sensible"])
    classes.feed([list(data[name]) for name in QUASI], [list(map(str, data["sensible"]))])

    found = classes.measured()

    assert found.k == anonymity.k_anonymity(data, QUASI)
    assert found.l == anonymity.l_diversity(data, QUASI, ["sensible"])
    if data["sensible"].nunique() > 1:  # pyCANON divides by zero on one single value
        assert found.t == pytest.approx(anonymity.t_closeness(data, QUASI, ["sensible"]))
