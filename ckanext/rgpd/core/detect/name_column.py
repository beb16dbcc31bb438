"""Which columns of a table hold names of persons: by header, values, and the columns beside.

A header alone never decides, nor the lists alone. Under a header that promises a name the values
must look like names and some be known; under one that says nothing most must be known, and many of
them be neither words nor communes; under one that promises another thing, almost all must be first
name and surname together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ckanext.rgpd.core.detect.column import ColumnScan
from ckanext.rgpd.core.detect.company import is_opaque
from ckanext.rgpd.core.detect.detector import BELIEVED
from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.name_statistic import is_statistic
from ckanext.rgpd.core.detect.roles import ROLES

_THING = re.compile(
    r"Les |L['’]|[B-DF-HJ-NP-TV-XZ]{2,5} |[A-ZÀ-Ý][\w'’-]* "
    r"(?!(?:de|du|des|d|la|le|les|van|von|ben|el|al|da|dos|di)\b)[a-zà-ÿ]"
)
#: Shares of the filled rows.
_NAMES_SHARE = 0.6
_ROLE_SHARE_BESIDE_ORGANISATIONS = 0.3
#: Shares of the different values.
_ROLE_SHARE = 0.1
_FEW_THINGS = 0.1
_KNOWN_SHARE = 0.2
_ALMOST_ALL = 0.8
_FEW = 5
_MOST = 0.5
_OF_PERSONS = frozenset("nir email_personal email_work phone_mobile".split())
#: Under headers of other things fewer values than this are a coincidence.
_ENOUGH = 10
#: A value returns no oftener than this, on average, where it is somebody's surname or first name.
_RETURNS = 25
#: Things that are named as persons are, so that their values say nothing.
NAMED_AFTER = frozenset(
    "rue rues voie voies adresse adresses avenue boulevard place square ecole ecoles college lycee "
    "etablissement etablissements etab denomination enseigne monument lieu lieux dit site "
    "equipement batiment salle gare arret station parc jardin stade gymnase piscine bibliotheque "
    "mediatheque theatre musee eglise hopital residence quartier odonyme toponyme navire bateau "
    "ship street school loi prix fondation oeuvre personnage marque brand produit product "
    "variete cultivar cyclone tempete structure association bureau chateau chapelle abbaye "
    "cepage vin salon atelier ouvrage edifice statue maison pont promotion".split()
)
#: Of these, what lists name with surname and first name, the surname in capitals.
_WRITTEN_SO = frozenset(
    "rue rues voie voies adresse adresses avenue boulevard place square ecole ecoles college lycee "
    "odonyme toponyme street school prix personnage oeuvre navire bateau ship statue".split()
)
#: Places, families and things: alone, a surname or a first name under these is theirs.
_NOT_ALONE = person.THINGS | frozenset(
    "pays essence taxon langue couleur hameau lieudit localite secteur cru domaine code mois "
    "libelle titre categorie theme nature famille groupe classe race dieu saint fete nation comte "
    "village localisation acheminement country province district lot parcelle arrondissement "
    "banque".split()
)
#: Beside these ``nom`` is that of a place, a plant or an animal.
_PLACES = person.ANIMALS | frozenset(
    "latitude longitude lat lon geometry geom insee x y essence taxon variete".split()
)
#: Numbers of schools, care homes and associations: ``nom`` is theirs.
_REGISTERS = frozenset("uai finess rna".split())


def columns_of_names(columns: Sequence[ColumnScan]) -> dict[ColumnScan, str]:
    """The columns that hold names of persons, each with the rule that found it."""
    told = _words(columns)
    organisations = bool(told & person.ORGANISATIONS)
    sure = {
        column: rule
        for column in columns
        if column.role != person.NAME and (rule := _rule(column, organisations, told))
    }
    # The header of a first name is company only where first names stand under it.
    company = _words(c for c in columns if c.role is None or c in sure)
    beasts = bool(told & person.ANIMALS)
    alone = (beasts or not company & person.COMPANIONS) and not any(
        column.evidence.role == person.FIRST_NAME for column in sure
    )
    named = {
        column: rule
        for column in columns
        if (rule := sure.get(column) or _rule(column, alone, told))
    }
    if _beside_persons(columns):
        named.update((c, "name.name") for c in columns if c not in named and _is_probable(c))
    others = [column for column in columns if column not in named and _promises(column)]
    pairs = _pairs(columns)
    if _beside_persons(columns):
        alone = not named
        chosen = [c for c in others if c in pairs or _is_theirs(c, alone)]
        named.update((c, f"name.{c.role}") for c in chosen)
    elif pairs:
        named.update((c, f"name.{c.role}") for c in others if c in pairs)
    elif is_statistic(columns, list(named), company):
        return {}
    return named


def _words(columns: Iterable[ColumnScan]) -> frozenset[str]:
    return frozenset[str]().union(*(column.words for column in columns))


def _beside_persons(columns: Iterable[ColumnScan]) -> bool:
    """Whether a column holds, in most rows, what only a person has."""
    return any(
        kind[0] in _OF_PERSONS and kind[2] >= BELIEVED and tally.rows >= _MOST * column.filled
        for column in columns
        for kind, tally in column.tallies.items()
    )


def _pairs(columns: Iterable[ColumnScan]) -> set[ColumnScan]:
    """The columns whose headers promise a first name and a surname of the same person."""
    promised = [column for column in columns if _promises(column)]
    firsts = {person.said_of(c.words): c for c in promised if c.role == person.FIRST_NAME}
    surnames = [c for c in promised if c.role in (person.SURNAME, person.NAME)]
    both = [c for c in surnames if person.said_of(c.words) in firsts]
    return {*both, *(firsts[person.said_of(c.words)] for c in both)}


def _promises(column: ColumnScan) -> bool:
    """Whether a name is announced and most values look like one, in no list though they may be."""
    return (
        column.role in (person.SURNAME, person.FIRST_NAME, person.FULL_NAME, person.NAME)
        and not column.evidence.places
        and column.names.rows >= _NAMES_SHARE * max(1, column.filled)
    )


def _is_theirs(column: ColumnScan, alone: bool) -> bool:
    """Whether a promised name is that of the persons whose e-mails or numbers stand beside.

    ``alone`` where no other column names them. Then ``nom`` is enough; ``nom du gîte`` never is.
    """
    if column.role != person.NAME:
        return True
    if person.said_of(column.words):
        return False
    return _some_known(column) or (alone and not _are_things(column))


def _are_things(column: ColumnScan) -> bool:
    """Whether values are put together as things' names are: ``Les Archers``, ``Union fictive``."""
    things = sum(_THING.match(value) is not None for value in column.some)
    return things >= _FEW_THINGS * len(column.some)


def _is_probable(column: ColumnScan) -> bool:
    """Whether most values under ``nom`` may be a person's, few or plain words though they are."""
    evidence = column.evidence
    if column.role != person.NAME or person.said_of(column.words):
        return False
    if evidence.places or not column.names.rows:
        return False
    return max(evidence.surname, evidence.full) >= _NAMES_SHARE * evidence.distinct


def _rule(column: ColumnScan, in_doubt: bool, told: frozenset[str]) -> str | None:
    if not column.names.rows or column.evidence.places:
        return None
    if column.role is None:
        return _by_values(column, told)
    test: Callable[[ColumnScan, bool, frozenset[str]], bool] = {
        person.ROLE: _is_role,
        person.NAME: _is_name,
    }.get(column.role, _is_announced)
    return f"name.{column.role}" if test(column, in_doubt, told) else None


def _is_announced(column: ColumnScan, in_doubt: bool, _told: frozenset[str]) -> bool:
    """Under a surname's, first name's or full name's header; ``in_doubt`` beside organisations."""
    evidence = column.evidence
    if in_doubt and column.words & ROLES and evidence.surname + evidence.full < evidence.distinct:
        known = evidence.share(evidence.surname + evidence.full) >= _KNOWN_SHARE
    else:
        known = _some_known(column)
    return known and column.names.rows >= _NAMES_SHARE * column.filled


def _is_role(column: ColumnScan, in_doubt: bool, _told: frozenset[str]) -> bool:
    """Under ``demandeur`` and the like; ``in_doubt`` beside organisations."""
    evidence = column.evidence
    if not in_doubt:
        least = max(_ROLE_SHARE * evidence.distinct, 2 if evidence.distinct > _FEW else 1)
        return evidence.role is not None or evidence.full >= least
    written_so = column.surname_first >= _ROLE_SHARE_BESIDE_ORGANISATIONS * column.filled
    if written_so and evidence.share(evidence.full) >= _KNOWN_SHARE:
        return True
    return evidence.full >= _ALMOST_ALL * evidence.distinct


def _is_name(column: ColumnScan, in_doubt: bool, told: frozenset[str]) -> bool:
    """Under ``nom`` alone; ``in_doubt`` where nothing beside it speaks of persons."""
    if column.surname_first >= _NAMES_SHARE * column.filled:
        return True
    if not in_doubt and not person.said_of(column.words):
        return column.names.rows >= _NAMES_SHARE * column.filled and _some_known(column)
    role = column.evidence.role
    if role == person.FULL_NAME:
        return not told & _REGISTERS
    return role is not None and not told & (person.ORGANISATIONS | _PLACES) and _varies(column)


def _some_known(column: ColumnScan) -> bool:
    evidence = column.evidence
    return evidence.distinct < _FEW or evidence.share(evidence.any) >= _KNOWN_SHARE


def _by_values(column: ColumnScan, told: frozenset[str]) -> str | None:
    """Under a header that promises no person."""
    role, evidence = column.evidence.role, column.evidence
    if role is None or (column.words & NAMED_AFTER and not _are_written_as_persons(column)):
        return None
    says = frozenset[str]() if is_opaque(column.words) else column.words
    rule = f"name.values.{role}"
    if role == person.FULL_NAME and says & _NOT_ALONE:
        almost_all = evidence.full >= _ALMOST_ALL * evidence.distinct
        return rule if almost_all and evidence.distinct >= _ENOUGH else None
    if role == person.FULL_NAME:
        return rule
    if says & _NOT_ALONE or not _varies(column):
        return None
    return rule


def _are_written_as_persons(column: ColumnScan) -> bool:
    """Whether values are written ``DUPONT Jeanne``, under the header of something that is not.

    Streets and schools are named after persons in that form too.
    """
    if column.words & _WRITTEN_SO or column.evidence.eponyms > 1:
        return False
    return column.surname_first >= _ALMOST_ALL * max(1, column.filled)


def _varies(column: ColumnScan) -> bool:
    return column.filled <= _RETURNS * column.evidence.distinct
