"""What the columns beside a person's name say of that person: the words of headers and of values.

Only where a table is about persons: ``handicap`` beside a swimming pool is a ramp. The categories
are those of articles 9 and 10 of the GDPR, and the family and income that the secret of private
life covers (CRPA L. 311-6).

>>> category(frozenset(["regime", "allergie"]), []), category(frozenset(["c4"]), ["CGT", "CFDT"])
('art9_health', 'art9_trade_union')
>>> category(frozenset(["montant"]), ["12", "13"]) is None
True
"""

from __future__ import annotations

from collections.abc import Collection

from ckanext.rgpd.core.words import words

_HEADERS = {
    "art9_health": frozenset(
        "sante medical medicale medicales medicaux handicap handicape rqth allergie allergies "
        "pathologie pathologies maladie diagnostic symptome symptomes invalidite inaptitude "
        "grossesse vaccin vaccination vaccins medicament medicaments mdph aah gir ald pai "
        "hospitalisation addiction psychiatrique health disability disease".split()
    ),
    "art9_religious_philosophical": frozenset(
        "religion religieux religieuse culte confession bapteme baptise philosophique".split()
    ),
    "art9_trade_union": frozenset("syndicat syndical syndicale syndique".split()),
    "art9_political": frozenset(
        "parti opinion opinions militant sympathisant nuance etiquette".split()
    ),
    "art9_racial_ethnic": frozenset("ethnie ethnique ethnicity race raciale".split()),
    "art9_sex_life": frozenset("sexuelle sexualite sexual".split()),
    "art9_genetic": frozenset("genetique genome adn genotype".split()),
    "art9_biometric": frozenset("empreinte empreintes biometrie biometrique".split()),
    "art10_offences": frozenset(
        "condamnation condamnations infraction infractions delit casier penal penale "
        "incarceration ecrou detention verbalisation".split()
    ),
    "family_situation": frozenset("familiale matrimonial matrimoniale marital".split()),
    "income": frozenset(
        "salaire salaires revenu revenus remuneration remunerations pension "
        "rsa quotient salary income".split()
    ),
}
#: Header words that turn those above into something else.
_OTHERWISE = frozenset("date nombre nb code numero num contact telephone email nom id".split())
_VALUES = {
    "art9_health": frozenset(
        "gluten lactose arachide arachides allergie allergique diabete diabetique asthme "
        "asthmatique epilepsie cancer depression alzheimer parkinson sclerose hypertension "
        "handicape fauteuil autisme dyslexie cardiaque chimiotherapie vih".split()
    ),
    "art9_religious_philosophical": frozenset(
        "catholique musulman musulmane juif juive protestant protestante bouddhiste hindou "
        "orthodoxe athee agnostique halal casher".split()
    ),
    "art9_trade_union": frozenset("cgt cfdt cftc unsa fsu cgc solidaires fo snes sud".split()),
    "art9_sex_life": frozenset("homosexuel homosexuelle heterosexuel bisexuel lesbienne".split()),
    "family_situation": frozenset(
        "marie mariee celibataire divorce divorcee veuf veuve pacse pacsee concubinage".split()
    ),
}
_MOST = 0.5


def category(header: frozenset[str], values: Collection[str]) -> str | None:
    """The entity type that a column under ``header``, with these different values, is of."""
    if not header & _OTHERWISE:
        for entity_type, told in _HEADERS.items():
            if header & told:
                return entity_type
    return _by_values(values)


def _by_values(values: Collection[str]) -> str | None:
    told = [frozenset(words(value)) for value in values if value]
    if len(told) < 2:
        return None
    for entity_type, vocabulary in _VALUES.items():
        if sum(bool(one & vocabulary) for one in told) >= _MOST * len(told):
            return entity_type
    return None
