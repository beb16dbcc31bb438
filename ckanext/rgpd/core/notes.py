"""What is said beside the findings of a report, in the reader's language."""

from __future__ import annotations

from ckanext.rgpd.core.place import in_words
from ckanext.rgpd.core.types import Note

_FRENCH = {
    "repaired": "Des accents étaient encodés deux fois\N{NO-BREAK SPACE}; "
    "ils ont été réparés avant la lecture.",
    "pictures": "Des images n’ont pas été regardées\N{NO-BREAK SPACE}: "
    "vérifiez qu’elles ne montrent ni personne ni nom.",
    "place_taken": "Une photographie porte les coordonnées de l’endroit où elle a été prise"
    "\N{NO-BREAK SPACE}: retirez-les si c’est un domicile.",
}
_ENGLISH = {
    "repaired": "Letters were encoded twice; they were repaired before they were read.",
    "pictures": "Pictures were not looked at: check that they show no person and no name.",
    "place_taken": "A picture says where it was taken: take that out if it is somebody's home.",
}


def sentence(note: Note, lang: str) -> str:
    """The note as one sentence (``fr`` or ``en``), with its first places and how many there are.

    >>> sentence(Note("pictures", 1, ("page 2",)), "en")
    'Pictures were not looked at: check that they show no person and no name. (page 2)'
    """
    said = (_FRENCH if lang == "fr" else _ENGLISH)[note.kind]
    if not note.places:
        return said
    places = "; ".join(in_words(place, lang) for place in note.places)
    return f"{said} ({places}{f'… {note.count}' if note.count > len(note.places) else ''})"
