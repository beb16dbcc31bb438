"""Postal addresses: a number and a street, a postcode and a town, or a flat in a building.

The form is that of every address in France, of a town hall's as of a home's (NF Z10-011), so a
match is weak: the whole column, and what the table is about, decide (:func:`may_be_home`).

>>> [hit.score for hit in STREET.find("12 bis rue des Lilas 44000 NANTES")]
[0.4]
>>> [hit.rule for hit in DWELLING.find("Appt 15, bât. B, 181 allée des Acacias")]
['dwelling']

In a sentence it is somebody's where the sentence says that somebody lives there.

>>> [hit.score for hit in LIVES_AT.find("Mme EXEMPLE demeurant au 12 rue des Lilas")]
[0.9]
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import groupby

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import STRONG, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_any, has_digits, shape

_TYPES = (
    "rue avenue av bd boulevard bld place pl chemin che ch allée allee allées all impasse imp "
    "route rte quai square sq cours passage sentier lotissement lot résidence residence hameau "
    "lieu-dit lieudit faubourg fg villa voie ruelle cité cite venelle esplanade montée montee "
    "promenade clos r"
).split()
#: Those of one first letter together: a search tries fifteen of them instead of forty.
_TYPES_WRITTEN = "|".join(
    rf"{letter}(?:{'|'.join(kind[1:] for kind in kinds)})"
    for letter, kinds in groupby(sorted(_TYPES, reverse=True), key=lambda kind: kind[0])
)
_NUMBERED = (
    r"[0-9]{0,3}(?: ?(?:bis|ter|quater|[a-d]))?,? "
    rf"(?:{_TYPES_WRITTEN})\.? [^\W\d_]"
)
_STREET = re.compile(
    rf"(?im)[0-9](?:(?<![\w.,-].){_NUMBERED}"
    r"|(?<=^.)(?:(?<=[0-8])[0-9]|(?<=9)[0-8])[0-9]{3} [^\W\d_]{2})"
)
_LIVES_AT = re.compile(
    r"(?<!\w)(?:[dD]emeurant(?: au)?|DEMEURANT(?: AU)?|[hH]abit(?:ant|e) au|HABIT(?:ANT|E) AU)"
    rf"(?i: [0-9]{_NUMBERED})"
)
_LIVES = ("emeurant ", "abitant au", "abite au", "EMEURANT ", "ABITANT AU", "ABITE AU")
#: In the shapes of values: a digit, perhaps ``bis``, a space, a letter; any sign beyond ASCII may
#: be a digit or a letter.
_STREET_SHAPE = shape(r"[9\x80-\xff](?: ?[Aa\x80-\xff]{1,12})?,? [Aa\x80-\xff]")
_DWELLING = re.compile(
    r"(?i)(?<!\w)(?:appt|apt|appartement|logement|logt)\b\.? ?(?:n° ?)?[a-z]?[0-9]{1,4}\b"
)
_DWELLING_SHAPE = shape(
    r"[9\x80-\xff](?:(?<=[Aa][ .].)|(?<=[Aa][.] .)|(?<=[ .][Aa].)|(?<=[\x80-\xff].)|(?<=\xb0 .))"
)
#: A street without its number.
_STREET_ALONE = re.compile(rf"(?i)(?:{_TYPES_WRITTEN})\.? [^\W\d_]")
_ADDRESS = frozenset("adresse adr address rue voie domicile".split())
_DIGIT = re.compile(r"\d")
_FIVE_DIGITS = has_digits(5)
_STREETS_WRITTEN = tuple(f" {kind}" for kind in _TYPES)
_DWELLINGS_WRITTEN = ("appt", "apt", "appartement", "logement", "logt")
#: Headers of addresses at which nobody lives, or not as far as they say.
_NOT_HOME = frozenset(
    "lieu chantier travaux terrain incident intervention mairie ecole etablissement cabinet "
    "entreprise employeur siege pro professionnel professionnelle exercice bureau vote equipement "
    "site structure organisme parcelle evenement depart arrivee infraction signalement "
    "localisation email mail courriel web ip mac url".split()
)

_HOME = frozenset(
    "domicile foyer domiciliation habitation personnelle perso home residant demandeur demandeuse "
    "eleve enfant parent parents declarant locataire requerant petitionnaire allocataire patient "
    "assure contribuable occupant heritier defunt concessionnaire usager proprietaire adherent "
    "conjoint tuteur famille temoin victime salarie candidat etudiant eleves beneficiaire".split()
)


def may_be_home(header: frozenset[str]) -> bool:
    """Whether addresses under these header words can be where somebody lives.

    >>> may_be_home(frozenset(["adresse"])), may_be_home(frozenset(["adresse", "travaux"]))
    (True, False)
    """
    return not header & _NOT_HOME


def names_home(header: frozenset[str]) -> bool:
    """Whether these header words say that somebody lives there."""
    return bool(header & _HOME)


def names_streets(header: frozenset[str], values: Collection[str]) -> bool:
    """Whether streets stand under the header of an address, their numbers in another column.

    >>> names_streets(frozenset(["adr", "voie"]), ["rue des Lilas", "allée des Acacias"])
    True
    """
    if header.isdisjoint(_ADDRESS) or not may_be_home(header):
        return False
    streets = sum(_STREET_ALONE.match(value) is not None for value in values)
    return bool(values) and streets >= 0.5 * len(values)


def _weak(_match: re.Match[str]) -> tuple[str, float]:
    return "postal_address", WEAK


@lru_cache(maxsize=2)
def _lowered(text: str) -> str:
    """``text`` in small letters, for both gates."""
    return text.lower()


def _names_street(text: str) -> bool:
    if not _DIGIT.search(text):
        return False
    lowered = _lowered(text)
    return any(kind in lowered for kind in _STREETS_WRITTEN) or _FIVE_DIGITS(text)


def _names_dwelling(text: str) -> bool:
    lowered = _lowered(text)
    return any(kind in lowered for kind in _DWELLINGS_WRITTEN)


def _mask(value: str) -> str:
    return mask.shape(value, 1)


STREET = Detector(
    rule="street_address",
    entity_types=("postal_address",),
    pattern=_STREET,
    validate=_weak,
    mask=_mask,
    gate=_names_street,
    shape=_STREET_SHAPE,
    only_in_columns=True,
    examples=(),
    counterexamples=("12 rue des Lilas", "44000 Nantes", "rue de la Mairie", "12 rames de métro"),
)
DWELLING = Detector(
    rule="dwelling",
    entity_types=("postal_address",),
    pattern=_DWELLING,
    validate=_weak,
    mask=_mask,
    gate=_names_dwelling,
    shape=_DWELLING_SHAPE,
    only_in_columns=True,
    examples=(),
    counterexamples=("Appt 15, 181 allée des Acacias", "logement social"),
)
LIVES_AT = Detector(
    rule="lives_at",
    entity_types=("postal_address",),
    pattern=_LIVES_AT,
    validate=lambda _: ("postal_address", STRONG),
    mask=_mask,
    gate=has_any(_LIVES),
    worded=True,
    shape=shape(r"9(?<=[Aa] 9)"),
    examples=(
        "Mme EXEMPLE demeurant 12 bis rue des Lilas",
        "il habite au 3, allée des Acacias",
        "DEMEURANT AU 5 AV DES ORMES",
    ),
    counterexamples=(
        "les habitants du 12 rue des Lilas",
        "devant le 12 rue des Lilas",
        "habitant 12 rames de métro",
    ),
)
