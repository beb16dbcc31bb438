"""A value that is a person's name and nothing else, one among many that are not.

In columns of names the whole column decides; here one name stands among companies or services. It
is found where it is written as administrations write persons (``Jeanne EXEMPLE``), or under a
header where persons and companies mix. Persons after whom streets are named are left out.

>>> from ckanext.rgpd.core.detect.detectors import find
>>> [hit.score for hit in find("Jeanne DUBOIS")], find("Jules FERRY")
([0.75], [])
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, Detector
from ckanext.rgpd.core.detect.fr import person
from ckanext.rgpd.core.detect.fr.eponym import ends_with_eponym, is_eponym
from ckanext.rgpd.core.detect.fr.known_name import is_clear, is_first_name, is_surname, parts
from ckanext.rgpd.core.detect.gate import shape

#: Above what a language model's name is given: the lists know it.
_SCORE = 0.75
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’-]{1,30}"
_PATTERN = re.compile(rf"(?m)^[ ]?(?:© ?)?(?P<name>{_WORD}(?: {_WORD}){{1,3}})[ \r]?$")

#: The same in shapes, where a letter beyond ASCII is two or more signs from 80 to FF.
_SHAPE_WORD = r"[A\x80-\xff][9Aa_'\x80-\xff-]+"
_SHAPE = shape(rf"^ ?(?:\xc2\xa9 ?)?{_SHAPE_WORD}(?: {_SHAPE_WORD}){{1,3}}[ \r]?$")


def _validate(match: re.Match[str]) -> tuple[str, float] | None:
    name = match["name"]
    pieces = parts(name)
    if len(pieces) < 2:
        return None
    first, last = (pieces[0], pieces[1:]) if is_first_name(pieces[0]) else (pieces[-1], pieces[:-1])
    if not is_first_name(first) or not all(map(is_surname, last)) or not any(map(is_clear, last)):
        return None
    if not person.looks_like_full_name(name) or is_eponym(name) or ends_with_eponym(name):
        return None
    return "person_name", _SCORE if person.is_surname_first(name) else HINT


DETECTOR = Detector(
    rule="whole_name",
    entity_types=("person_name",),
    pattern=_PATTERN,
    validate=_validate,
    mask=mask.name,
    gate=lambda text: " " in text,
    shape=_SHAPE,
    examples=("Jeanne DUBOIS", "LEFEBVRE Jean-Marie"),
    counterexamples=(
        "Nantes Métropole",
        "Jules FERRY",
        "Jeanne DUBOIS SARL",
        "Parc DUBOIS",
        "Marie",
        "École Jeanne DUBOIS",
        "Le GRAND Jardin",
    ),
    context=frozenset(
        "titulaire titulaires denomination denom raison beneficiaire beneficiaires attributaire "
        "attributaires auteur auteurs redacteur contact contacts exploitant gerant proprietaire "
        "demandeur demandeurs petitionnaire intervenant photographe occupant permissionnaire "
        "locataire fournisseur tiers prestataire artisan exposant commercant loueur".split()
    ),
)
