"""What a sentence says of the person it names: what the law protects most (GDPR, articles 9 and 10;
CRPA, L. 311-6).

Plain phrases, believed only near a name: ``arrêt maladie`` alone is a heading, ``arrêt maladie de
Mme Exemple`` a medical secret. The phrases are ours, from the words of those articles; what is said
in other words is not found.

>>> text = "Arrêt maladie de Mme Exemple jusqu'au 3 mai."
>>> [hit.entity_type for hit in secrets(text, [Hit("person_name", 17, 28, 0.9, "titled_name")])]
['art9_health']
>>> secrets(text, [])
[]
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable

from ckanext.rgpd.core.detect.detector import Hit

_PHRASES = {
    "art9_health": r"""
        arr[êe]t(?: de| pour)? (?:maladie|travail)|certificats? m[ée]dica(?:l|ux)|inaptes?
        cong[ée](?: de)?(?: longue)? maladie|hospitalis[ée]e?|est enceinte|enceinte de
        d[ée]pression|d[ée]pressi(?:f|ve)|souffrante?|souffre d[e'’]|atteinte? d['’]une?
        rqth|allergiques?|diab[ée]tique|cancer|alzheimer|[ée]pilep\w{2,5}|asthm\w{1,6}
        autis(?:te|me)|mi-temps th[ée]rapeutique|accident du travail|burn-?out
        psychiatri\w{2,4}|toxicoman\w{1,3}|alcoolique|maladie grave|en situation de handicap
        handicap[ée]e?
    """,
    "art9_trade_union": r"""
        syndiqu[ée]e?|(?:d[ée]l[ée]gu[ée]e?|repr[ée]sentante?|d[ée]charge) syndicale?
        adh[ée]rente? (?:à|de) la (?:cgt|cfdt|cftc|fsu)|(?:à|de) la (?:cgt|cfdt|cftc|fsu)
    """,
    "art9_political": r"""
        militante? d[ue]|adh[ée]rente? (?:du|au) parti|sympathisante? d[ue]
        opinions? politiques?
    """,
    "art9_religious_philosophical": r"""
        de confession|musulmane?|catholique pratiquante?|de religion|t[ée]moin de j[ée]hovah
        ramadan|port du voile|convictions religieuses
    """,
    "art9_racial_ethnic": r"""
        d['’]origine [a-zéè]{3,15}(?:ine|aine|ienne|éenne|aise|oise)|origine ethnique
    """,
    "art9_sex_life": r"""
        homosexuel(?:le)?|orientation sexuelle|transgenre|bisexuel(?:le)?
    """,
    "art9_genetic": r"""
        test (?:adn|g[ée]n[ée]tique)|maladie g[ée]n[ée]tique
    """,
    "art9_biometric": r"""
        empreintes? digitales?|reconnaissance faciale
    """,
    "art10_offences": r"""
        condamn[ée]e? (?:à|pour)|mise? en examen|garde à vue|casier judiciaire
        incarc[ée]r[ée]e?|[ée]crou[ée]e?|d[ée]tention provisoire|r[ée]cidive
        violences conjugales|en prison|de prison|avec sursis|d[ée]p[ôo]t de plainte
        plainte contre
    """,
    "conduct": r"""
        conseil de discipline|sanctions? disciplinaires?|bl[âa]me
        exclusion (?:temporaire|d[ée]finitive)|r[ée]vocation|r[ée]voqu[ée]e?|manquements?
        insuffisance professionnelle|mise à pied
        comportement (?:agressif|inadapt[ée]|violent|d[ée]plac[ée])|incomp[ée]tente?
        peu fiable|mauvais payeur|licenci[ée]e pour|licenci[ée] pour
    """,
    "family_situation": r"""
        divorc\w{1,4}|garde altern[ée]e|pension alimentaire|sous (?:tutelle|curatelle)
    """,
    "income": r"""
        surendett\w{2,5}|b[ée]n[ée]ficiaire du rsa|impay[ée]s?|interdite? bancaire
    """,
}


def _joined(told: str) -> str:
    return "|".join(line.strip() for line in told.strip().splitlines())


_KINDS = "|".join(rf"(?P<{kind}>{_joined(told)})" for kind, told in _PHRASES.items())
_ALL = re.compile(rf"(?<!\w)(?:{_KINDS})(?!\w)", re.IGNORECASE)
_NEAR = 160
_SCORE = 0.7
_PERSON = "person_name"


def secrets(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """The protected things that ``text`` says within a sentence or so of a name among ``hits``."""
    named = sorted((hit.start, hit.end) for hit in hits if hit.entity_type == _PERSON)
    if not named:
        return []
    return [
        Hit(str(match.lastgroup), match.start(), match.end(), _SCORE, "secret")
        for match in _ALL.finditer(text)
        if any(_is_near(text, match, name) for name in _beside(named, match.start()))
    ]


def _beside(named: list[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    """The names before and after ``place``."""
    after = bisect(named, (place, 0))
    return named[max(0, after - 1) : after + 1]


def _is_near(text: str, match: re.Match[str], name: tuple[int, int]) -> bool:
    start, end = min(match.end(), name[1]), max(match.start(), name[0])
    return end - start <= _NEAR and "\n\n" not in text[start:end]
