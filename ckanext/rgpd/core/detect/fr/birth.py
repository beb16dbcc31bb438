"""Birth dates and birth places, which only a header and a table tell from other dates and places.

A header that names a birth is enough where dates stand under it. One that says ``date``, beside
names of persons, or nothing at all, needs dates spread as births are: over decades (beside names,
over years long past), on all days of the week and of the month. The dates of offices and companies
fall on working days and on the first.

>>> is_birth(frozenset({"date", "naissance"})), is_birth(frozenset({"lieu", "naissance"}))
(True, False)
>>> as_date("17/05/1985"), as_date("19850517"), as_date("31/02/1985")
(datetime.date(1985, 5, 17), datetime.date(1985, 5, 17), None)
>>> as_date("17/05/85"), as_date("17/05/08")
(datetime.date(1985, 5, 17), datetime.date(2008, 5, 17))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence, is_opaque
from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.words import fold, words

_BIRTH = frozenset(
    "naissance naiss nais nai dnai dnais datenaissance datenaiss datnaiss dtnaiss datenais ddn dtn "
    "dnaiss birth birthdate birthday dateofbirth dob nele jdatnss".split()
)
_BORN = frozenset("ne nee e".split())
#: At the end of a path, as in ``adherent.ne``.
_ALONE = frozenset({"ne", "nee"})
_PLACE = frozenset(
    "lieu lieux commune ville place city dept departement dep pays country insee cp postal "
    "arrondissement province region localite town".split()
)
_PLACE_WORDS = frozenset(
    "lieunaissance lieunaiss birthplace villenaissance pob comnaiss dldnss".split()
)
_OTHER = frozenset(
    "nom noms name prenom prenoms patronyme nombre nb taux total count rang ordre conge prime acte "
    "numero num accident declaration".split()
)
_BARE = frozenset({"date", "dates"})
_DATE = re.compile(
    r"(?:(?P<d>[0-3]?\d)(?P<s>[/.\- ])(?P<m>[0-3]?\d)(?P=s)(?P<y>(?:1[89]|20)?\d\d)"
    r"|(?P<y2>(?:1[89]|20)\d\d)(?P<s2>[/.\-]?)(?P<m2>[01]\d)(?P=s2)(?P<d2>[0-3]\d)"
    r"|(?P<d3>[0-3]?\d)(?:er)?[ -](?P<m3>[^\W\d_]{3,9}\.?)[ -](?P<y3>(?:1[89]|20)\d\d))"
    r"(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan|fev feb|mar|avr apr|mai may|juin jun|juil jul|aou aug|sep|oct|nov|dec".split("|"), 1
    )
    for name in names.split()
}
_PLACE_FORM = re.compile(
    r"(?:\d[\dABab]\d{0,3} )?[^\W\d_][\w'’ ().,/-]{1,60}|\d[\dABab]\d{3}|\d[\dABab]\d?"
)

#: Different dates, and years between the first and last twentieth, from which a spread says much.
_LEAST_DATES = 30
_LEAST_YEARS = 30
#: Years so long past that nothing else in a list of persons is dated by them.
_PAST = 2000
_LEAST_YEARS_PAST = 5
#: Years in two digits above this are of the last century.
_LAST_CENTURY = 30
_WEEKENDS = (0.17, 0.42)
_FIRSTS = 0.12


def is_birth(words: frozenset[str]) -> bool:
    """Whether a header names the date of a birth."""
    born = words & _BIRTH or (words & _BORN and (words <= _BORN or "le" in words))
    return bool(born) and not words & (_PLACE | _OTHER)


def is_birth_place(words: frozenset[str]) -> bool:
    """Whether a header names the place of a birth."""
    if words & _PLACE_WORDS or words == {"a"}:
        return True
    born = words & _BIRTH and words & _PLACE and not words & _OTHER
    return bool(born or ("a" in words and words & _BORN and len(words) <= 4))


@lru_cache(maxsize=50_000)
def as_date(value: str) -> date | None:
    """The day that ``value`` writes, without an hour; None where it writes none.

    Where the day cannot stand first, the month does, as in American English.
    """
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    day, month = match["d"] or match["d2"] or match["d3"], match["m"] or match["m2"]
    year = int(match["y"] or match["y2"] or match["y3"])
    if year < 100:
        year += 1900 if year > _LAST_CENTURY else 2000
    month = month or _month(match["m3"])
    found = _day(year, int(month), int(day))
    return _day(year, int(day), int(month)) if found is None and match["d"] else found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> str:
    name = fold(name)
    return str(_MONTHS.get(name[:4]) or _MONTHS.get(name[:3], 0))


def _is_birth_date(value: str) -> bool:
    return as_date(value) is not None or _YEAR.fullmatch(value.strip()) is not None


def _decide_date(column: Evidence, company: Company) -> bool:
    if is_birth(column.words):
        if company.words & person.ANIMALS and not company.persons:
            return False
        only_years = all(_YEAR.fullmatch(value.strip()) for value in column.values)
        return column.share >= 0.6 and (company.persons or not only_years) and not company.counts
    if column.words & _ALONE and company.persons and column.share >= 0.9:
        return True
    if column.share < 0.9 or not (company.persons or is_opaque(column.words)):
        return False
    days = [day for value in column.values if (day := as_date(value))]
    return are_spread_as_births(days, company.persons)


def are_spread_as_births(days: Sequence[date], of_persons: bool) -> bool:
    """Whether dates fall as births do: over decades, and no more on some days than on others."""
    if len(days) < _LEAST_DATES:
        return False
    years = sorted(day.year for day in days)
    twentieth = len(years) // 20
    span = years[-1 - twentieth] - years[twentieth]
    weekends = sum(day.weekday() >= 5 for day in days) / len(days)
    firsts = sum(day.day == 1 for day in days) / len(days)
    lived = span >= _LEAST_YEARS or (
        of_persons and span >= _LEAST_YEARS_PAST and years[-1 - twentieth] < _PAST
    )
    return (
        years[0] > 1900 and lived and _WEEKENDS[0] <= weekends <= _WEEKENDS[1] and firsts <= _FIRSTS
    )


def _decide_place(column: Evidence, company: Company) -> bool:
    if column.share < 0.6 or company.counts:
        return False
    birth = company.found.get("birth_date")
    if is_birth_place(column.words):
        return birth is not None or (company.persons and column.words != {"a"})
    return company.persons and birth is not None and set(words(birth.column)) <= _BARE


DATE_RULE = CompanyRule(
    rule="birth.date",
    concerns=lambda words: (
        is_birth(words) or is_opaque(words) or words <= _BARE or bool(words & _ALONE)
    ),
    holds=_is_birth_date,
    decide=_decide_date,
    mask=lambda value: mask.shape(value, 0),
    entity_type="birth_date",
)
PLACE_RULE = CompanyRule(
    rule="birth.place",
    concerns=lambda words: is_birth_place(words) or words == {"lieu"},
    holds=lambda value: _PLACE_FORM.fullmatch(value.strip()) is not None,
    decide=_decide_place,
    mask=mask.name,
    entity_type="birth_place",
)
