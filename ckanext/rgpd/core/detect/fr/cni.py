"""CNI: the number of a French identity card.

Until 2021 twelve digits: year and month of issue, département, office and order. Since then nine
capitals and digits, vowels left out so that no word appears. Source: arrêté du 16 mars 2021 on the
card's model; ICAO document 9303 for the alphabet. Neither carries a key that can be checked: the
header or the words before decide, or a whole column scattered over that alphabet.

>>> [hit.score for text in ("CNI n° X4RTPFW42", "X4RTPFW42") for hit in DETECTOR.find(text)]
[0.9, 0.4]
>>> [hit.score for hit in DETECTOR.find("carte d'identité 880692310285")]
[0.9]
>>> [hit.score for hit in DETECTOR.find("carte d'identité 881392310285")]  # no such month
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.detector import WEAK, Detector
from ckanext.rgpd.core.detect.gate import any_digit, shape
from ckanext.rgpd.core.detect.scatter import is_scattered

_PATTERN = re.compile(
    r"(?<![\w.,/-])(?:(?:\d\d(?:0[1-9]|1[0-2])(?!00)\d{8})"
    r"|(?=[A-Z]*\d)(?=\d*[A-Z])[0-9CDFGHJKLMNPRTVWXYZ]{9})(?![\w/-])(?![.,]\d)",
    re.ASCII,
)
#: In shapes: nine signs, of which a digit with a capital beside it is one.
_NINE_SIGNS = "|".join(rf"(?<=(?<![9Aa])[9A]{{{n}}}9)[9A]{{{8 - n}}}R" for n in range(9))
_LEAST_MONTHS = 8
_LEAST_YEARS = 5
_HIGH_DEPARTEMENTS = 0.2


def are_cards(values: Iterable[str]) -> bool:
    """Whether a column's numbers are spread over the alphabet of new cards, or as old ones are:
    over years, months and départements, beyond the days of a month.

    >>> issued = [f"{9 + n % 9:02}{n % 12 + 1:02}" for n in range(90)]
    >>> are_cards(f"{day}{n + 5:02}{n * 7919 % 900000:06}" for n, day in enumerate(issued))
    True
    >>> are_cards(f"{day}{n % 28:02}{n * 7919 % 900000:06}" for n, day in enumerate(issued))
    False
    """
    values = list(values)
    old = [value for value in values if value.isdigit()]
    if len(old) < len(values) / 2:
        return is_scattered(values)
    years, months = {value[:2] for value in old}, {value[2:4] for value in old}
    high = sum(value[4:6] > "31" for value in old)
    return (
        len(years) >= _LEAST_YEARS
        and len(months) >= _LEAST_MONTHS
        and high >= _HIGH_DEPARTEMENTS * len(old)
        and len({value[7:] for value in old}) > len(old) / 2
    )


DETECTOR = Detector(
    rule="cni",
    entity_types=("cni",),
    pattern=_PATTERN,
    validate=lambda _: ("cni", WEAK),
    mask=lambda value: mask.shape(value, 2),
    gate=any_digit,
    shape=shape(rf"9(?:(?<![9Aa]9)9{{11}}R|(?:(?<=A9)|(?=A))(?:{_NINE_SIGNS}))"),
    sensitive=True,
    share=0.9,
    least=20,
    whole=are_cards,
    context=frozenset("cni cnie cin identite identity idcard".split()),
    against=OTHER_NUMBERS,
    examples=(
        "carte d'identité n° 880692310285",
        "CNI : X4RTPFW42",
        "pièce d'identité D2H6862M2",
    ),
    counterexamples=(
        "880692310285",
        "X4RTPFW42",
        "CNI 881392310285",  # no such month
        "réf. D2H6862M2",
        "identité DUPONTEAU",
        "identité 123456789",
    ),
)
