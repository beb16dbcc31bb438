"""The words before a name: ``rue``, ``école``, ``entreprise`` make of it a place's or a company's.

>>> names_place(words_before("fermeture de la rue du ")), names_place(words_before("dans la rue, "))
(True, False)
"""

from __future__ import annotations

from ckanext.rgpd.core.words import words

_PLACES = frozenset(
    "rue rues avenue av boulevard bd place pl chemin allee impasse route quai square parc jardin "
    "stade piscine ecole ecoles college lycee universite faculte gymnase salle maison centre "
    "hopital clinique eglise cite esplanade passage pont cours mail sentier villa residence foyer "
    "fondation institut prix musee mediatheque bibliotheque theatre complexe rond point station "
    "arret gare quartier zac promenade espace hameau voie creche groupe scolaire palais tour "
    "statue monument navire bateau loi amendement rapport entreprise societe boulangerie "
    "pharmacie cabinet garage".split()
)
#: Of these too; but ``association Mme Exemple`` has a person's title in it.
_HOUSES = frozenset(
    "compagnie association marche marches circuit coupe challenge trophee "
    "tournoi memorial lotissement boutique magasin enseigne marque concert exposition domaine "
    "chateau ferme moulin pavillon batiment immeuble hotel restaurant cafe bar laboratoire "
    "collectif troupe orchestre ensemble chorale club cooperative halle tribune terrain court "
    "chapelle basilique cathedrale paroisse caserne barrage viaduc tunnel phare refuge foret bois "
    "plan tempete festival loge amphitheatre sarl sas ets etablissements".split()
)
_PAUSES = (",", ";", ":", "(", "!", "?")
_BETWEEN = frozenset("de d du des la le les l au general marechal docteur dr president st".split())


def words_before(before: str) -> list[str]:
    """The words that stand before a name in its own clause, without articles and ranks."""
    if before.rstrip().endswith(_PAUSES):
        return []
    return [word for word in words(before) if word not in _BETWEEN]


def names_place(previous: list[str]) -> bool:
    """Whether the last word before a name is that of a street, a school or the like."""
    return bool(previous) and previous[-1] in _PLACES


def names_house(previous: list[str]) -> bool:
    """Whether the last word before a name is that of a company, a club or an event."""
    return bool(previous) and previous[-1] in _HOUSES
