"""What the rows of a table are about: persons, organisations or places.

An address, a SIRET or a date means something else in a register of persons than in a list of
companies or of defibrillators.

>>> subject(["Nom", "Prénom", "Né le"], []), subject(["siret", "raison_sociale", "contact"], [])
('persons', 'organisations')
>>> subject(["id", "latitude", "longitude", "nom"], []), subject(["c1", "c2"], [])
('places', 'unknown')
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ckanext.rgpd.core.types import Finding
from ckanext.rgpd.core.words import words

PERSONS = "persons"
ORGANISATIONS = "organisations"
PLACES = "places"
UNKNOWN = "unknown"

#: Header words, and how many points each gives.
_POINTS: dict[str, dict[str, int]] = {
    PERSONS: {
        **dict.fromkeys("prenom prenoms firstname patronyme nir naissance ne nee".split(), 2),
        **dict.fromkeys("surname lastname birth birthdate nationalite civilite civ".split(), 2),
        **dict.fromkeys("sexe age profession eleve etudiant allocataire patient agent".split(), 1),
        **dict.fromkeys("usager salarie beneficiaire demandeur adherent dossard".split(), 1),
    },
    ORGANISATIONS: {
        **dict.fromkeys("siret siren denomination raison rcs naf ape tva rna finess".split(), 3),
        **dict.fromkeys("entreprise etablissement societe association organisme".split(), 2),
        **dict.fromkeys("enseigne acheteur forme juridique uai company organization".split(), 2),
        **dict.fromkeys("etab asso structure ecole college lycee effectif".split(), 1),
    },
    PLACES: {
        **dict.fromkeys("latitude longitude lat lon lng geometry geom geo coordonnees".split(), 2),
        **dict.fromkeys("equipement site lieu station parcelle batiment voie troncon".split(), 1),
        **dict.fromkeys("coordinates defibrillateur horaires schedule".split(), 2),
        **dict.fromkeys("municipality building location accessibilite etage batterie".split(), 1),
        **dict.fromkeys("localisation emplacement wgs84 insee x y quartier".split(), 1),
    },
}
#: Rows that each hold one of these are rows about persons.
_PERSONAL_NUMBERS = frozenset(
    "nir tax_number tax_spi id_document cni passport ine birth_date".split()
)
#: The share of a table's rows from which a finding says what the rows are about.
_MOST = 0.5
#: The name of a contact or of somebody responsible says nothing of whom the row is about.
_OFFICERS = frozenset(
    "president presidente directeur directrice responsable gerant gerante contact contacts "
    "referent referente representant representante tresorier tresoriere maire dirigeant dirigeante "
    "interlocuteur interlocutrice signataire correspondant correspondante agent auteur auteurs "
    "artiste redacteur observateur determinateur photographe coordinateur coordinatrice animateur "
    "animatrice intervenant intervenante delegue chef prestataire verbalisateur encadrant "
    "rapporteur secretaire expert medecin praticien professeur enseignant gardien exploitant "
    "formateur notaire avocat huissier mandataire mediateur traitant concurrent".split()
)
_GAIN = 3
#: Words of the names of companies, bodies and buildings.
_HOUSES = frozenset(
    "sarl sas sasu eurl sci scop snc gaec earl scea sa gie spl sem epic association asso club "
    "amicale comite federation union syndicat fondation cooperative societe ets etablissements "
    "entreprise groupe cabinet compagnie mairie ccas commune communaute departement region "
    "metropole ministere prefecture ecole college lycee universite creche gymnase stade piscine "
    "salle theatre musee mediatheque bibliotheque cinema eglise chapelle hopital clinique ehpad "
    "foyer residence centre maison hotel camping restaurant pharmacie boulangerie garage parc "
    "jardin square cimetiere marche gare station dechetterie usine stadium complexe".split()
)
_SOME = 0.3


def subject(headers: Iterable[str], findings: Collection[Finding]) -> str:
    """One of ``PERSONS``, ``ORGANISATIONS``, ``PLACES``, ``UNKNOWN``.

    ``headers`` are all the table's, ``findings`` those already made in it.
    """
    told = frozenset(word for header in headers for word in words(header))
    points = {
        about: sum(points for word, points in weights.items() if word in told)
        for about, weights in _POINTS.items()
    }
    points[PERSONS] += sum(map(_gain, findings))
    best = max(points, key=lambda about: points[about])
    return best if points[best] > 1 else UNKNOWN


def names_houses(values: Collection[str]) -> bool:
    """Whether these values name companies, bodies or buildings.

    >>> names_houses(["SARL Exemple", "Piscine municipale"]), names_houses(["12 rue des Lilas"])
    (True, False)
    """
    told = [words(value) for value in values]
    named = sum(len(one) > 1 and not _HOUSES.isdisjoint(one) for one in told)
    return bool(values) and named >= _SOME * len(values)


def _gain(finding: Finding) -> int:
    """The points that a finding gives, if it is one of most rows."""
    if finding.matched_rows < _MOST * finding.rows:
        return 0
    if finding.entity_type in _PERSONAL_NUMBERS:
        return _GAIN
    officer = _OFFICERS.intersection(words(finding.column))
    return _GAIN if finding.entity_type == "person_name" and not officer else 0
