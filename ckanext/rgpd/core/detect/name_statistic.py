"""Names that are counted or listed for themselves: how often each was given, and nobody's own."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.rgpd.core.detect.column import ColumnScan
from ckanext.rgpd.core.detect.company import is_opaque
from ckanext.rgpd.core.detect.fr import person

#: What stands in the header of a count beside a name.
_COUNTED = person.COUNTS | frozenset("de d des porteurs naissances personnes par an".split())
#: In a statistic each name has one row, or nearly.
_ONCE = 1.05
#: What a list of first names says of each: girls' or boys'.
_SEXES = frozenset("m f g h fille garcon masculin feminin mixte 1 2".split())


def is_statistic(
    columns: Sequence[ColumnScan], named: Sequence[ColumnScan], company: frozenset[str]
) -> bool:
    """Whether the ``named`` columns hold names with the counts of those who bear them."""
    if all(person.FIRST_NAME in (column.role, column.evidence.role) for column in named):
        return bool(company & person.COUNTS) or _is_list(columns, named)
    counts = any(c.words & person.COUNTS and _bare(c.words) <= _COUNTED for c in columns)
    alone = len(named) == 1 and person.SURNAME in (named[0].role, named[0].evidence.role)
    return counts and alone and named[0].filled <= _ONCE * named[0].evidence.distinct


def _bare(header: frozenset[str]) -> frozenset[str]:
    """``header`` without years: ``naissances_1891_1990``."""
    return frozenset(word for word in header if not word.isdecimal())


def _is_list(columns: Sequence[ColumnScan], named: Sequence[ColumnScan]) -> bool:
    """Whether a table without headers holds first names with their sex, and nothing else."""
    others = [column for column in columns if column not in named]
    return (
        len(named) == 1
        and len(others) == 1
        and all(is_opaque(column.words) for column in columns)
        and {value.strip().lower() for value in others[0].some if value} <= _SEXES
    )
