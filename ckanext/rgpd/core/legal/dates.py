"""Days, months and years as people know them, and delays counted from them."""

from __future__ import annotations

import calendar
import datetime
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def last_day(text: str) -> datetime.date | None:
    """The last day that ``1930``, ``1930-05`` or ``1930-05-31`` may mean, ``None`` of no date."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        day = int(found[3]) if found[3] else calendar.monthrange(year, month)[1]
        return datetime.date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None


def first_day(text: str) -> datetime.date:
    """The first day that a date may mean; the text is one that :func:`last_day` knows."""
    year, month, day = (int(part or 1) for part in _DATE.fullmatch(text).groups())  # type: ignore[union-attr]
    return datetime.date(year, month, day)


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day ``years`` later; 1 March for a 29 February that the year does not have."""
    year = day.year + years
    if year > datetime.MAXYEAR:
        return datetime.date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return datetime.date(year, 3, 1)
