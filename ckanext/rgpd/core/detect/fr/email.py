"""E-mail addresses: of a person, of a named person at work, of a function.

RFC 5321 gives the form. ``mairie@`` or ``contact@`` is the address of a function, and nobody's own
(legal class: none); ``prenom.nom@`` is a person's, at work or, at a consumer provider, private. A
name that nobody can tell from a service's is taken as a person's.

>>> [hit.entity_type for hit in DETECTOR.find("jeanne.exemple@ville-exemple.fr, mairie@exemple.fr")]
['email_work', 'email_generic']
>>> [hit.entity_type for hit in DETECTOR.find("jexemple63@free.fr")]
['email_personal']
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import STRONG, Detector
from ckanext.rgpd.core.detect.fr.known_name import is_clear, is_first_name, is_surname
from ckanext.rgpd.core.detect.gate import has, shape
from ckanext.rgpd.core.words import fold

# The look-behind keeps the search linear: an address starts where its first letter does.
_PATTERN = re.compile(
    r"(?<![\w.+%'-])(?:mailto:)?(?P<local>[\w+%'-](?:[\w.+%'-]{0,63}))"
    r"@(?P<domain>(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w@-])"
)

#: Providers of private mailboxes in France, those that are no longer open included.
PROVIDERS = frozenset(
    "gmail googlemail hotmail outlook live msn yahoo ymail rocketmail orange wanadoo free sfr "
    "neuf laposte bbox aol icloud me mac gmx numericable club-internet cegetel aliceadsl alice "
    "9online 9business voila nordnet libertysurf tiscali proton protonmail pm tutanota mailo "
    "netcourrier caramail dbmail noos".split()
)

#: Names of functions, services and places of the public that local authorities give to mailboxes.
FUNCTIONS = frozenset(
    "abonne abonnement abonnements abuse accessibilite accueil achat achats actes action adherent "
    "adhesion adhesions admin administratif administration aeroport affaires agence agenda agglo "
    "agriculture aide aidesociale alerte alternance alumni amelioration amenagement amicale "
    "animation antenne api apprentissage approvisionnement arbitrage archivage archive archives "
    "artisanat artotheque assainissement asso association associations assurance assurances "
    "astreinte asvp atelier ateliers auberge autonomie bar basket batiment batiments benevolat "
    "benevoles bib bibliotheque bienvenue billetterie bonjour boutique brasserie budget bureau "
    "cabinet cabinetdumaire cada cadastre cadredevie cafe caisse camping cantine capitainerie "
    "carnaval cartographie ccas cda centre centredeloisirs centreville cfa chateau chorale "
    "cimetiere cinema citoyen clic climat clinique club cnil collecte college com comite "
    "comitedesfetes commande commandes commandeweb commerce commerces commercial communaute "
    "commune communication community competition competitions compost compta comptabilite "
    "comptable concert concertation concerts conformite conseil conservatoire consultation "
    "consultations contact contacts contentieux cooperation copropriete cotisation courriel "
    "courrier courriers coworking creche crous cse cuisine cuisinecentrale culture data "
    "decheterie dechets delegue dentaire departement dev developpement devis devops dg dga dgs "
    "diffusion directeur direction directrice docs doctorat documentation domaine donateurs "
    "donnees donotreply dons dpd dpo droit dsi dst eau eclairage ecole ecoledemusique ecologie "
    "economie editeur education ehpad elections elus emploi encombrants energie energies enfance "
    "enquete entreprise entreprises entretien environnement epicerie equipe equipement espace "
    "espacesverts etablissement etat etatcivil etudes etudiants evenement events expo expos "
    "exposition fablab facturation facture factures facturier faculte fanfare ferme festival "
    "festivites fetes finances fiscalite fleurissement foncier football forets formation forum "
    "fournisseurs fourriere foyer galerie garage garderie gare geomatique gestion gite gites "
    "groupes guichet gym gymnase habitat handball handicap hebergement hello help hopital "
    "hostmaster hotel hotesse hotline hygiene immobilier incubateur industrie infirmerie info "
    "information informations informatique infos innovation inscription inscriptions insertion "
    "inspection instruction intendance international internet iut jardin jeunes jeunesse "
    "judiciaire judo jumelage juridique justice labo laboratoire licence licences livraison "
    "location locations logement logistique loisirs ludotheque lycee magasin mail maintenance "
    "mairie maison manager manifestations marche marches marchespublic marchespublics marketing "
    "maternelle mds mecenat medecine media medias mediatheque mediation membre membres mission "
    "mobilite musee musique natation nepasrepondre newsletter no noreply notariat numerique "
    "observatoire office officedetourisme opendata orchestre ordures organisation orientation ot "
    "paie parc parking partenaire partenaires partenariat participation passeport patinoire "
    "patrimoine patrimoines pays pepiniere periscolaire permanence personnel petiteenfance "
    "pharmacie piscine pizzeria plage plan planning pmi police policemunicipale population "
    "portail post postmaster prefecture presidence president press presse prevention primaire "
    "procedure production programmation projet projets proprete propriete protection protocole "
    "public publicite qualite questions radio randonnee rdv reception recherche reclamation "
    "reclamations recrutement rectorat redaction regie region relais relation relations "
    "rendezvous renovation renseignement renseignements reply reservation reservations residence "
    "responsable ressources restaurant restauration restaurationscolaire resto rgpd rh rivieres "
    "root rsa rugby salle sante sav scene scolaire scolaires scolarite secretaire secretariat "
    "securite security sejour sejours service services servicestechniques servicetechnique sg "
    "shop sig signalement sinistre sinistres site social solidarite spanc spectacle spectacles "
    "sponsor sponsoring sport sports stade stage stages standard stationnement statistique "
    "statistiques stats stocks structure subventions supervision support syndical syndicat taxi "
    "technique techniques tele telephone tennis theatre these theses tourisme transport "
    "transports travaux travauxpublics tresorerie tresorier tri ufr urba urbanisme urgence "
    "urgences usagers usine utilisateurs vacances vaccination vehicules velos vente ventes vie "
    "vieassociative viescolaire village ville visite visites voirie voiries web webmaster "
    "welcome".split()
)

#: A school's mailbox: its number in the register of schools (UAI), with ``ce.`` before it or not.
_SCHOOL = re.compile(r"(?:ce[.-]?)?0?\d{6,7}[a-z]")
#: A house named in one word with its place: ``mairiedefictive``, ``secretariatgeneral``.
_HOUSE = re.compile(
    r"(?:mairie|commune|ville|ecole|college|lycee|amicale|comite|club|asso|union|foyer|syndicat"
    r"|office|contact|accueil|service|residence|camping|theatre|cinema|musee|ecomusee|creche)"
    r"(?:de|du|des|d|la|le|les|l|st|sainte?)[a-z]{3,}"
    r"|(?:bibliotheque|mediatheque|secretariat|direction|association|communaute|prefecture"
    r"|syndicat|urbanisme|tourisme|restaurant|chambres?dhotes?|boulangerie|pharmacie|cabinet"
    r"|conservatoire|federation|compagnie)[a-z]{2,}"
    r"|[a-z]{3,}(?:tourisme|mairie|urbanisme|mediatheque|bibliotheque)"
)

_ACRONYM = 4
#: So long that no name begins or ends with them by chance.
_LONG = tuple(sorted(word for word in FUNCTIONS if len(word) >= 8))


def _validate(match: re.Match[str]) -> tuple[str, float]:
    domain = fold(match["domain"]).split(".")
    known = domain[-2] in PROVIDERS
    parts = [part for part in re.split(r"[\W\d_]+", fold(match["local"])) if part]
    school = _SCHOOL.fullmatch(fold(match["local"])) is not None
    if school or (_names_a_function(parts, domain) and not _is_somebody(parts)):
        return "email_generic", STRONG
    if not known and (_is_service(parts) or _is_matter(match["local"])):
        return "email_generic", STRONG
    return "email_personal" if known else "email_work", STRONG


def _names_a_function(parts: list[str], domain: list[str]) -> bool:
    if not parts or "".join(parts) in FUNCTIONS or any(part in FUNCTIONS for part in parts):
        return True
    if any(map(_HOUSE.fullmatch, (*parts, "".join(parts)))):
        return True
    # A house's own name before the at sign, as in lesflots@lesflots.fr.
    return "".join(parts) == domain[-2].replace("-", "")


def _is_service(parts: list[str]) -> bool:
    """Whether one word is short for a service, or a service's name is part of it.

    >>> _is_service(["sig"]), _is_service(["franceservices"]), _is_service(["jdesrivieres"])
    (True, True, False)
    """
    if len(parts) != 1 or is_surname(parts[0]) or is_surname(parts[0][1:]):
        return False
    return parts[0].startswith(_LONG) or parts[0].endswith(_LONG) or _is_acronym(parts[0])


def _is_acronym(part: str) -> bool:
    """Whether so short a word is rather a service's than anybody's name, as in ``sig@``."""
    return len(part) <= _ACRONYM and not is_first_name(part) and not is_surname(part)


def _is_matter(local: str) -> bool:
    """Whether words with hyphens, none of them a known name, say what a mailbox is about.

    >>> _is_matter("inventaire-forestier"), _is_matter("jeanne-exempleau"), _is_matter("a-b")
    (True, False, False)
    """
    pieces = local.split("-")
    if len(pieces) < 2 or not all(piece.isalpha() and len(piece) > 2 for piece in pieces):
        return False
    return not any(is_first_name(piece) or _is_clear_surname(piece) for piece in pieces)


def _is_clear_surname(piece: str) -> bool:
    return is_surname(piece) and is_clear(piece)


def _is_somebody(parts: list[str]) -> bool:
    """Whether a function's word is the surname of a person whose first name stands before it."""
    if len(parts) != 2 or parts[0] in FUNCTIONS or not is_first_name(parts[0]):
        return False
    return is_surname(parts[1])


DETECTOR = Detector(
    rule="email",
    entity_types=("email_personal", "email_work", "email_generic"),
    pattern=_PATTERN,
    validate=_validate,
    mask=mask.email,
    gate=has("@"),
    shape=shape("@"),
    examples=(
        "jeanne.exemple@gmail.com",
        "Jeanne Exemple <j.exemple@ville-exemple.fr>",
        "mailto:mairie@exemple.fr",
        "jexemple63@free.fr;",
        "d'exemple@univ.exemple.fr",
        "été.exemple@exemple.fr",
        "service-technique@exemple.fr",
    ),
    counterexamples=(
        "@exemple",
        "jeanne@exemple",
        "arobase @ seule",
        "https://exemple.fr/@jeanne",
        "a@@exemple.fr",
        "jeanne@exemple.f",
    ),
)
