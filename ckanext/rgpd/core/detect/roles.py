"""Header words of the parts that persons have in a matter: one person or several.

Under these a value may be a person, or the service or company that has this part.
"""

from __future__ import annotations

_ONE = frozenset(
    "abonne abonnee acquereur adherent adherente adjoint adjointe administre agent agente "
    "agriculteur allocataire animateur animatrice apprenti arbitre artiste assistante assure "
    "assuree auteur auteure avocat avocate ayant bailleur beneficiaire benevole candidat candidate "
    "chauffeur chef client cliente codemandeur coach concessionnaire concurrent conducteur "
    "conductrice conjoint conjointe conseiller conseillere contact contribuable coordinateur "
    "coordinatrice correspondant correspondante coureur curateur decede decedee declarant "
    "declarante defunt defunte delegue deleguee demandeur demandeuse depute deputee destinataire "
    "determinateur directeur directrice dirigeant dirigeante donateur droit droits educateur "
    "electeur electrice eleve elu elue employe employee emprunteur encadrant encadrante enfant "
    "enseignant enseignante entraineur etudiant etudiante expert experte exploitant exposant "
    "formateur formatrice gardien gerant gerante habitant hebergeur heritier heritiere huissier "
    "individu inscrit inscrite instructeur interlocuteur interlocutrice intervenant intervenante "
    "invite joueur joueuse juge jure laureat laureate lecteur legataire licencie licenciee "
    "locataire loueur maire mandataire mediateur mediatrice medecin membre mere nageur notaire "
    "observateur occupant occupante parent participant participante passager patient patiente "
    "pere permissionnaire personne petitionnaire photographe pilote plaignant porteur praticien "
    "praticienne president presidente professeur propose proprietaire rapporteur redacteur "
    "redactrice referent referente representant representante requerant responsable salarie "
    "salariee secretaire senateur senatrice signalant signataire souscripteur stagiaire suppleant "
    "suppleante temoin titulaire traitant tresorier tresoriere tuteur tutrice usager usagere "
    "vendeur verbalisateur vice veuf veuve victime voisin voisine".split()
)
ROLES = _ONE.union(f"{role}s" for role in _ONE if role[-1] not in "sx")
