"""Which cells are sentences: those are read by the language model, codes and labels are not."""

from __future__ import annotations

import re

from ckanext.rgpd.core.words import words

#: Characters of the shortest sentence.
SHORTEST = 20
_SPEECH = frozenset(
    "ai as est sont ont etait ete sera suis avons avez il elle ils elles on je nous vous qui que "
    "dont pour par avec sans dans chez mais car donc si ne pas plus tres mon ma mes son sa ses "
    "notre votre leur ce cette ces se m mme mlle monsieur madame docteur dr suite is are was has "
    "have his her by for with that who mr mrs ms".split()
)
_MANY_WORDS = re.compile(r"[\W_]*(?:[^\W_]+[\W_]+){14}[^\W_]")
_ADDRESS = re.compile(r"\s*\d{1,4}\s*(?:bis|ter|quater|[a-d])?[\s,]+[^\W\d]", re.IGNORECASE)

#: Header words of columns in which somebody writes freely.
_REMARKS = frozenset(
    "commentaire commentaires observation observations note notes remarque remarques motif motifs "
    "suivi detail details precision precisions comment comments remarks message messages avis "
    "contribution contributions verbatim verbatims reponse reponses temoignage temoignages "
    "reclamation reclamations plainte plaintes doleance doleances suggestion suggestions recit "
    "faits circonstances texte".split()
)
_TWO_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]+ [A-ZÀ-ÖØ-Þ][\w'’-]+")


def takes_remarks(header: frozenset[str]) -> bool:
    """Whether a column with these header words is one in which somebody writes freely."""
    return not _REMARKS.isdisjoint(header)


def is_remark(value: str) -> bool:
    """Whether somebody may be named in ``value``, a remark without a verb.

    >>> is_remark("Appel Jeanne Exemple"), is_remark("Pile faible")
    (True, False)
    """
    return _TWO_CAPITALS.search(value) is not None


def is_sentence(value: str) -> bool:
    """Whether ``value`` is written speech, that may name anyone anywhere.

    >>> is_sentence("Mme Exemple signale un nid-de-poule devant chez elle.")
    True
    >>> is_sentence("12 bis rue de la Mairie 44000 Nantes"), is_sentence("AB-1234")
    (False, False)
    """
    if len(value) < SHORTEST or value.count(" ") < 3:
        return False
    if _MANY_WORDS.match(value, 0, 2000):
        return True
    if _ADDRESS.match(value):
        return False
    return not _SPEECH.isdisjoint(words(value))
