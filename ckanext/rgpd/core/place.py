"""The places that reports name (a row, a page, a limit), in the reader's language."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+")
#: "#" stands for a number. What is not here is a name out of the file, and stays as it is.
_FRENCH = {
    "row #": "ligne #",
    "after row #": "après la ligne #",
    "line #": "ligne #",
    "record #": "enregistrement #",
    "after record #": "après l’enregistrement #",
    "last record": "dernier enregistrement",
    "sheet #": "feuille #",
    "paragraph #": "paragraphe #",
    "part #": "partie #",
    "member #": "membre #",
    "element #": "élément #",
    "cell": "cellule",
    "header": "en-tête",
    "text": "texte",
    "form": "formulaire",
    "outline": "plan",
    "properties": "propriétés",
    "defined name": "nom défini",
    "notes and forms": "notes et formulaires",
    "attached files": "fichiers joints",
    "pictures as large as a page: #": "images de la taille d’une page\N{NO-BREAK SPACE}: #",
    "memory": "mémoire",
    "time": "durée",
    "report": "compte rendu",
    "# MB": "# Mo",
    "size": "taille",
    "unpacked size": "taille une fois décompressé",
    "texts": "longueur des textes",
    "members": "nombre de membres",
    "number of parts": "nombre de parties",
    "number of different keys": "nombre de clés différentes",
    "number of different names": "nombre de noms différents",
    "shared strings": "textes partagés",
    "nesting of more than #": "plus de # niveaux imbriqués",
    "more than # files in one another": "plus de # fichiers l’un dans l’autre",
    "a line without end": "une ligne sans fin",
}


def in_words(place: str, lang: str) -> str:
    """``place`` as a French (``fr``) or an English reader would call it.

    >>> in_words("elus.csv, after row 12", "fr")
    'elus.csv, après la ligne 12'
    """
    if lang != "fr":
        return place
    return ", ".join(map(_french, place.split(", ")))


def _french(part: str) -> str:
    words = _FRENCH.get(_NUMBER.sub("#", part))
    if words is None:
        return part
    numbers = iter(_NUMBER.findall(part))
    return re.sub("#", lambda _: next(numbers), words)
