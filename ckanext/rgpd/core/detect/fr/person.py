"""Names of persons: in columns that a header announces, and in sentences.

A header alone never decides: its column must hold what looks like names. ``nom`` alone says nothing
(a park has a name too); it needs a first name, a birth or a civility beside it, or values written
as French administrations write persons: ``DUPONT Jeanne``.

>>> header_role("Nom de l'élu"), header_role("nom_voie"), header_role("Nom"), header_role("prenoms")
('surname', None, 'name', 'first_name')
>>> looks_like_name("DE L'EXEMPLE Jeanne-Marie"), looks_like_name("Parc de la Mairie")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.before import names_house, names_place, words_before
from ckanext.rgpd.core.detect.detector import STRONG, Detector
from ckanext.rgpd.core.detect.gate import has_any, shape
from ckanext.rgpd.core.detect.roles import ROLES
from ckanext.rgpd.core.words import words

FIRST_NAME = "first_name"
SURNAME = "surname"
FULL_NAME = "full_name"
#: A person who has some part in the matter: the value may be a person or a service.
ROLE = "role"
#: ``nom`` or ``name`` alone, or with words that do not say of what.
NAME = "name"

_FIRST = frozenset("prenom prenoms firstname forename givenname".split())
_NAME = frozenset("nom noms name names".split())
_SURNAME = frozenset("patronyme surname lastname familyname nomusage nomnaissance".split())
_FULL = frozenset("nomprenom nomprenoms prenomnom fullname".split())
_QUALIFIERS = frozenset(
    "naissance famille usage usuel marital patronymique jeune fille last family maiden".split()
)
#: A weather station has a usual name too.
_USUAL = frozenset({"usuel"})
_WHOLE = frozenset("complet complets full entier".split())
_GIVEN = frozenset("first given middle".split())
_LINKS = frozenset(
    "de du des d la le les l et ou a au and or the of exercice legal legale principal e s "
    "1 2 3 4".split()
)
#: What has a name and is no person.
THINGS = frozenset(
    "commune communes com ville voie rue epci dpt dept departement dep region pays lieu lieux "
    "site sites station service services etablissement etablissements etab ecole college lycee "
    "equipement equipements entreprise societe structure organisme organisation acheteur produit "
    "modele fichier scientifique latin vernaculaire espece genre arbre parc jardin association "
    "asso club ligne arret gare offre projet programme marche quartier iris bureau canton "
    "circonscription zone batiment salle piece base table champ colonne domaine court affichage "
    "piste itineraire circuit evenement manifestation lot operation batiments file host user "
    "brand product company city street place school country display species".split()
)
#: Headers whose company makes of ``nom`` the name of a person.
COMPANIONS = frozenset(
    "civilite civ prenom prenoms naissance sexe age nationalite dossard profession "
    "firstname surname birth gender birthdate birthday".split()
)
#: Headers whose company makes of ``nom`` the name of an animal.
ANIMALS = frozenset(
    "animal animaux chien chiens chat chats cheval chevaux jument etalon race robe espece bovin "
    "puce sire elevage".split()
)
#: Headers whose company makes of a role an organisation rather than a person.
ORGANISATIONS = frozenset("siret siren denomination raison rcs tva".split())
#: Headers of counts: a first name beside them is a statistic.
COUNTS = frozenset(
    "nombre nombres nb count effectif effectifs total occurrences occurences male female annais "
    "naissances porteurs "
    "frequence freq rang pourcentage".split()
)

_NOT_NAMES = frozenset(
    "rue avenue boulevard place chemin allee impasse route quai square parc jardin stade piscine "
    "mairie commune ville ecole college lycee universite gymnase salle maison centre service "
    "services societe sarl sas sasu eurl sci sa association club comite syndicat communaute "
    "departement region metropole direction ministere conseil hotel restaurant camping musee "
    "eglise entreprise entreprises etablissement etablissements ets groupe office agence bureau "
    "atelier batiments espaces espace residence pole station pont place zone lieu cabinet garage "
    "boulangerie pharmacie transports travaux sport sportif municipal municipale technique oui "
    "creche ehpad foyer clinique hopital maternelle elementaire primaire cinema theatre domaine "
    "mediatheque bibliotheque ludotheque square lotissement gite auberge brasserie librairie "
    "environnement immobilier automobiles automobile construction constructions industrie "
    "industries distribution energie energies consulting ingenierie assainissement terrassement "
    "maconnerie menuiserie plomberie electricite charpente couverture paysages paysage location "
    "locations tp btp scp selarl avocats notaires "
    "imprimerie laboratoire institut fondation amicale maternite complexe dojo tennis esplanade "
    "promenade rocade "
    "dga dgs drh dsi dgst dreal ddt ddtm ressources humaines "
    "non ras neant inconnu inconnue anonyme autre autres divers total prenom nom lundi mardi "
    "mercredi jeudi vendredi samedi dimanche".split()
)
PARTICLES = frozenset("de d du des la le les l van von der den el al ben di da dos y bin".split())
_SEPARATOR = re.compile(r"[ ,]+(?:[dl]['’])?")
_REGISTER = re.compile(r"[^\W\d_][^\d*/]{1,40}[*/][^\W\d_][^\d*/]{1,40}/?")
#: ``EXEMPLEAU FRANCE`` is rather the French house of a company than somebody called France.
_OF_A_COMPANY = (" FRANCE", " EUROPE", " GROUP", " INTERNATIONAL")
#: Who somebody is to the person the row is about.
_KIN = re.compile(
    r" ?\((?:(?:la|le|sa|son|beau|belle|grands?)[ -]){0,3}(?:m[èe]re|p[èe]re|maman|papa|parents?"
    r"|fils|fille|s(?:oe|œ)ur|fr[èe]re|oncle|tante|conjointe?|[ée]poux|[ée]pouse|mari|femme"
    r"|nounou|voisine?|tut(?:eur|rice)|amie?|n[ée]e .{2,40})\)$",
    re.IGNORECASE,
)
#: The telephone of who stands before it.
_REACH = re.compile(r"(?: ?[:,;/(-]| t[ée]l\b)[ .:]*(?:\+33|0)[\d. ]{8,14}\)?$", re.IGNORECASE)
_BEHIND = (")", *"0123456789")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-ÝŸŒ]|\.|^NG$")
_NAME_FORM = re.compile(r"[^\W\d_][^\W\d_'’.\- ]*(?:(?:['’ ]|\.[ -]?|, ?| ?- ?)[^\W\d_]+)*\.?")


def header_role(header: str) -> str | None:
    """What the words of a header promise: one of the roles above, or None."""
    tokens = _bare(words(header))
    named = bool(tokens & _NAME)
    if tokens & THINGS:
        return None
    if tokens & _FULL or (named and tokens & (_FIRST | _WHOLE)):
        return FULL_NAME
    if tokens & _FIRST or (named and tokens & _GIVEN):
        return FIRST_NAME
    rest = tokens - _NAME - _LINKS
    if tokens & _SURNAME or (named and rest and rest <= _QUALIFIERS | ROLES and rest != _USUAL):
        return SURNAME
    if named:
        return NAME
    return ROLE if rest and rest <= ROLES else None


def said_of(header: frozenset[str]) -> frozenset[str]:
    """The words of a header of names that say of what: ``gite`` in ``nom du gîte``, or a prefix.

    >>> said_of(frozenset(["nom", "gite"])), said_of(frozenset(["nom", "usager"]))
    (frozenset({'gite'}), frozenset())
    """
    known = _NAME | _FIRST | _LINKS | _QUALIFIERS | ROLES | _WHOLE
    return frozenset(_bare(header)) - known


def _bare(tokens: Iterable[str]) -> set[str]:
    """``tokens`` without the numbers at their ends, as in ``parent1``."""
    return {token.rstrip("0123456789") or token for token in tokens}


def plain(value: str) -> str:
    """A name without what registers write between or behind its parts.

    >>> plain("EXEMPLEAU*JEANNE MARIE/"), plain("EXEMPLEAU/JEANNE"), plain("Nord/Sud")
    ('EXEMPLEAU JEANNE MARIE', 'EXEMPLEAU JEANNE', 'Nord/Sud')
    >>> plain("Exempleau Jeanne (mère)"), plain("Élan (le)")
    ('Exempleau Jeanne', 'Élan (le)')
    >>> plain("Jeanne Exempleau : 02 61 91 00 01"), plain("Lot 12")
    ('Jeanne Exempleau', 'Lot 12')
    >>> plain("EXEMPLEAU   Jeanne"), plain("EXEMPLEAU\xa0Jeanne")
    ('EXEMPLEAU Jeanne', 'EXEMPLEAU Jeanne')
    """
    if "  " in value or "\xa0" in value:
        value = " ".join(value.split())
    if value.endswith(_BEHIND) and (more := _KIN.search(value) or _REACH.search(value)):
        value = value[: more.start()]
    if value.isupper() and _REGISTER.fullmatch(value):
        return value.replace("*", " ").replace("/", " ").rstrip()
    return value


def looks_like_name(value: str) -> bool:
    """Whether ``value`` has the form of a person's name; a form only, a list knows better."""
    value = plain(value)
    if (
        value.endswith(_OF_A_COMPANY)
        or not 2 <= len(value) <= 60
        or not _NAME_FORM.fullmatch(value)
    ):
        return False
    parts = words(value)
    if not 1 <= len(parts) <= 7 or _NOT_NAMES.intersection(parts):
        return False
    return any(part not in PARTICLES for part in parts)


def looks_like_full_name(value: str) -> bool:
    """Whether ``value`` has the form of a surname and a first name, each with its capital."""
    if not looks_like_name(value):
        return False
    parts = [part for part in _SEPARATOR.split(value) if part.lower() not in PARTICLES]
    return 2 <= len(parts) <= 5 and all(part[:1].isupper() for part in parts)


def is_surname_first(value: str) -> bool:
    """Whether ``value`` is written ``DUPONT Jeanne`` or ``Jeanne DUPONT``."""
    parts = value.split()
    upper = [part.isupper() and len(part) > 1 for part in parts]
    if not any(upper) or all(upper) or not looks_like_full_name(value):
        return False
    # MJC Monplaisir: what has no vowel is no name.
    return all(_VOWEL.search(part) for part, capitals in zip(parts, upper, strict=True) if capitals)


_TITLES = frozenset(
    "m mr mm mme mmes mlle monsieur madame mademoiselle docteur dr maitre me mrs ms".split()
)


def names_somebody(name: str, before: str) -> bool:
    """Whether ``name``, after the words ``before``, is a living person's rather than a place's.

    >>> names_somebody("Jeanne Exemple", "signalé par "), names_somebody("Jean Jaurès", "rue ")
    (True, False)
    """
    name = name.strip(" .,;:()-'’\"")
    if not looks_like_name(name):
        return False
    previous = words_before(before[-60:])
    if names_place(previous) or names_house(previous):
        return False
    if looks_like_full_name(name):
        return True
    return follows_title(before) and name[0].isupper()


def follows_title(before: str) -> bool:
    """Whether the last word of ``before`` is ``Madame`` or the like."""
    previous = words_before(before[-60:])
    return bool(previous) and previous[-1] in _TITLES


_TITLES_WRITTEN = (
    *("M.", "Mr", "Mme", "Mlle", "Monsieur", "Madame", "Mademoiselle", "Docteur", "Dr", "Vve"),
)
_HOUSEHOLDS_WRITTEN = ("onsorts", "ONSORTS", "poux", "POUX", "ndivision", "NDIVISION")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’-]{1,30}"
_NAMED = rf"\s(?P<name>{_CAPITALISED}(?:\s(?:(?:de|du|des|la|le)\s)?{_CAPITALISED}){{0,2}})"
_TITLED = re.compile(
    r"[MDV](?<![\w.-].)(?:(?<=M)(?:\.|M\.|r\.?|mes?\.?|lle|onsieur|adame|ademoiselle)"
    rf"|(?<=D)(?:octeur|r\.?)|(?<=V)ve){_NAMED}"
)
_HOUSEHOLD = re.compile(
    rf"(?<![\w.-])(?:[cC]onsorts|CONSORTS|[éÉeE]poux|[ÉE]POUX|[iI]ndivision|INDIVISION){_NAMED}"
)


def _validate(match: re.Match[str]) -> tuple[str, float] | None:
    previous = words_before(match.string[max(0, match.start() - 60) : match.start()])
    named = words(match["name"])
    if not looks_like_name(match["name"]) or named[0] in _TITLES or names_place(previous):
        return None
    return "person_name", STRONG


DETECTOR = Detector(
    rule="titled_name",
    entity_types=("person_name",),
    pattern=_TITLED,
    validate=_validate,
    mask=mask.name,
    gate=has_any(_TITLES_WRITTEN),
    worded=True,
    shape=shape(r"A(?<![9Aa.-].)(?:[.]|A[.]|a{1,11}[.]?)[^9Aa]{1,3}[A\x80-\xff]"),
    examples=(
        "Mme EXEMPLE demeurant à Nantes",
        "vu avec M. Paul Exemple",
        "Docteur Jeanne d'Exemple",
        "Monsieur DE L'EXEMPLE",
    ),
    counterexamples=(
        "M. le Maire",
        "Madame la Présidente",
        "rue du Docteur Exemple",
        "place Monsieur Vincent",
        "5 M. Total",
    ),
)
HOUSEHOLD = Detector(
    rule="titled_name.household",
    entity_types=("person_name",),
    pattern=_HOUSEHOLD,
    validate=_validate,
    mask=mask.name,
    gate=has_any(_HOUSEHOLDS_WRITTEN),
    worded=True,
    shape=shape(r"[A\x80-\xff](?:(?<=[Aa][^9Aa].)|(?<=[Aa][^9Aa]{2}.)|(?<=[Aa][^9Aa]{3}.))"),
    examples=("cession aux consorts Exempleau", "Indivision EXEMPLE", "EPOUX EXEMPLE"),
    counterexamples=("indivision forcée", "époux"),
)
