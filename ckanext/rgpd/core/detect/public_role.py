"""Persons whose names the law lets be published, where the table plainly says who they are.

The categories of CRPA D. 312-1-3 of which a table's headers speak. It is a suggestion: the
publisher says whether it is so, and detecting stays another question.

>>> suggested_basis(frozenset(["nom", "elu", "mandat"]))
'd312_6_political_life'
>>> suggested_basis(frozenset(["nom", "prenom", "nir"])) is None
True
"""

from __future__ import annotations

_ELECTED = frozenset("elu elue elus elues depute deputee senateur senatrice nuance".split())
#: For each category, the words of which two are needed.
_TWO_OF = {
    "d312_6_political_life": frozenset(
        "maire mandat circonscription candidat candidate scrutin parti liste panneau".split()
    ),
    "d312_5_sport": frozenset(
        "dossard classement course epreuve licence licencie club equipe chrono temps "
        "competition arbitre".split()
    ),
    "d312_4_education_research": frozenset(
        "admis session concours examen mention jury diplome admissible laureat".split()
    ),
}
_PROFESSIONS = frozenset(
    "avocat avocats barreau notaire notaires architecte architectes huissier huissiers rpps adeli "
    "praticien praticiens pharmacien geometre infirmier kinesitherapeute veterinaire".split()
)
_ASSOCIATIONS = frozenset("association associations asso rna waldec".split())
_OFFICERS = frozenset("president presidente tresorier tresoriere dirigeant dirigeants".split())
_SERVICES = frozenset("service direction pole organigramme annuaire".split())
_FUNCTIONS = frozenset("fonction poste grade agent".split())
#: Beside these no publication of that kind is lawful without more.
_PRIVATE = frozenset(
    "nir securite naissance iban rib domicile salaire quotient allergie handicap ine".split()
)


def suggested_basis(told: frozenset[str]) -> str | None:
    """The category that fits a table with these header words, or None."""
    if told & _ELECTED:
        return "d312_6_political_life"
    for category, kinds in _TWO_OF.items():
        if len(told & kinds) > 1 and (category == "d312_6_political_life" or not told & _PRIVATE):
            return category
    if told & _PRIVATE:
        return None
    if told & _ASSOCIATIONS and told & _OFFICERS:
        return "d312_2_economic_associative_cultural"
    if told & _PROFESSIONS:
        return "d312_3_regulated_professions"
    if told & _SERVICES and told & _FUNCTIONS:
        return "d312_1_admin_organisation"
    return None
