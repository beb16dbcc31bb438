"""What the columns beside a person's name say of that person: the words of headers and of values.

Only where a table is about persons: ``handicap`` beside a swimming pool is a ramp. The categories
are those of articles 9 and 10 of the GDPR, and what the secrets of CRPA L. 311-6 cover: the family,
age and income of private life (1°), and how somebody is valued or behaves (2° and 3°).

>>> category(frozenset(["regime", "allergie"]), []), category(frozenset(["c4"]), ["CGT", "CFDT"])
('art9_health', 'art9_trade_union')
>>> category(frozenset(["montant"]), ["12", "13"]) is None
True
>>> category(frozenset(["quartier"]), ["Nord", "Sud"]) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from ckanext.rgpd.core.words import words

_HEADERS = {
    "art9_health": frozenset(
        "sante medical medicale medicales medicaux handicap handicape handicapes rqth allergie "
        "allergies pathologie pathologies maladie maladies diagnostic symptome symptomes "
        "invalidite inaptitude incapacite grossesse vaccin vaccination vaccins vaccinal "
        "medicament medicaments mdph aah aeeh gir pai ald hospitalisation addiction "
        "psychiatrique psychologique dependance autonomie health disability disease depistage "
        "sanguin pmr cim10 ipp".split()
    ),
    "art9_religious_philosophical": frozenset(
        "religion religieux religieuse culte confession bapteme baptise philosophique croyance "
        "rite".split()
    ),
    "art9_trade_union": frozenset(
        "syndicat syndical syndicale syndique syndiquee syndicats".split()
    ),
    "art9_political": frozenset(
        "parti opinion opinions militant militante sympathisant nuance etiquette parrainage "
        "politique".split()
    ),
    "art9_racial_ethnic": frozenset("ethnie ethnique ethnicity race raciale origine".split()),
    "art9_sex_life": frozenset("sexuelle sexualite sexual".split()),
    "art9_genetic": frozenset("genetique genetiques genome adn genotype caryotype".split()),
    "art9_biometric": frozenset("empreinte empreintes biometrie biometrique biometriques".split()),
    "art10_offences": frozenset(
        "condamnation condamnations infraction infractions delit delits casier penal penale peine "
        "peines incarceration ecrou detention verbalisation recidive natinf".split()
    ),
    "conduct": frozenset(
        "disciplinaire disciplinaires sanction sanctions blame avertissement "
        "appreciation appreciations evaluation comportement exclusion conduite".split()
    ),
    "family_situation": frozenset(
        "familiale matrimonial matrimoniale marital maritale celibataire".split()
    ),
    "income": frozenset(
        "salaire salaires revenu revenus remuneration remunerations pension pensions rsa apl "
        "quotient qf salary income rfr indemnite ressources ircantec".split()
    ),
    "profession": frozenset(
        "profession metier csp pcs socioprofessionnelle employeur occupation job".split()
    ),
    "age": frozenset({"age", "ages"}),
    "sex": frozenset("sexe genre gender sex sx".split()),
    "picture": frozenset("photo photos photographie portrait signature trombinoscope".split()),
}
#: Two words that say together what neither says alone.
_PAIRS = {
    "family_situation": ({"enfants", "charge"}, {"nb", "enfants"}, {"nombre", "enfants"}),
    "profession": ({"categorie", "professionnelle"}, {"socio", "professionnelle"}),
    "art9_health": (
        {"groupe", "sanguin"},
        {"certificat", "medical"},
        {"arret", "maladie"},
        {"regime", "alimentaire"},
    ),
    "art9_political": ({"groupe", "politique"},),
    "art10_offences": ({"bulletin", "b2"}, {"bulletin", "b3"}, {"casier", "judiciaire"}),
    "income": ({"net", "payer"}, {"net", "imposable"}, {"salaire", "brut"}, {"aide", "sociale"}),
}
#: Header words that turn those above into something else.
_OTHERWISE = frozenset(
    "date nombre nb code numero num contact telephone email mail lieu nom id".split()
)
_ONLY_ALONE = frozenset("origine genre occupation race politique rite autonomie signature".split())

_AGE = re.compile(r"(?:1[01]\d|\d{1,2})(?:[.,]\d)?(?: ans?)?")
_PICTURE = re.compile(r"(?i)\S{1,300}\.(?:jpe?g|png|gif|webp|heic|tiff?)(?:\?\S{0,200})?")
_LETTERS = re.compile(r"[^\W\d_]{2}")
#: What the values under such a header must be.
_FORMS: dict[str, Callable[[str], bool]] = {
    "age": lambda value: _AGE.fullmatch(value.strip()) is not None,
    "picture": lambda value: _PICTURE.fullmatch(value.strip()) is not None,
    "profession": lambda value: _LETTERS.search(value) is not None,
    "sex": lambda value: len(value) <= 12,
}

_VALUES = {
    "art9_health": frozenset(
        "gluten lactose arachide arachides allergie allergique diabete diabetique asthme "
        "asthmatique epilepsie cancer depression alzheimer parkinson sclerose hypertension "
        "handicape fauteuil autisme autiste dyslexie cardiaque chimiotherapie vih hepatite "
        "schizophrenie trisomie".split()
    ),
    "art9_religious_philosophical": frozenset(
        "catholique musulman musulmane juif juive protestant protestante bouddhiste hindou "
        "orthodoxe athee agnostique halal casher evangelique".split()
    ),
    "art9_trade_union": frozenset("cgt cfdt cftc unsa fsu snes cgc".split()),
    "art9_sex_life": frozenset("homosexuel homosexuelle heterosexuel bisexuel lesbienne".split()),
    "art10_offences": frozenset(
        "condamnation condamne condamnee sursis emprisonnement ivresse recel stupefiants "
        "escroquerie violences incarceration".split()
    ),
    "family_situation": frozenset(
        "marie mariee celibataire divorce divorcee veuf veuve pacse pacsee concubinage "
        "monoparentale separe separee".split()
    ),
    "conduct": frozenset(
        "blame avertissement exclusion mutation revocation retrogradation".split()
    ),
}
_MOST = 0.5
#: What somebody eats tells of health or religion where but some of the meals do.
_MEALS = frozenset("repas regime menu alimentaire alimentation cantine".split())
_SOME = 0.2
_LONGEST = 8


def category(header: frozenset[str], values: Collection[str]) -> str | None:
    """The entity type that a column under ``header``, with these different values, is of."""
    for entity_type, pairs in _PAIRS.items():
        if any(pair <= header for pair in pairs):
            return entity_type
    least = _SOME if header & _MEALS else _MOST
    if header & _OTHERWISE:
        return _by_values(values, least)
    for entity_type, told in _HEADERS.items():
        said = header & told
        if (
            said
            and (len(header) == 1 or not said <= _ONLY_ALONE)
            and _has_form(entity_type, values)
        ):
            return entity_type
    return _by_values(values, least)


def _has_form(entity_type: str, values: Collection[str]) -> bool:
    form = _FORMS.get(entity_type)
    filled = [value for value in values if value]
    return form is None or sum(map(form, filled)) > _MOST * len(filled)


def _by_values(values: Collection[str], least: float) -> str | None:
    told = [frozenset(words(value)) for value in values if value]
    if len(told) < 2:
        return None
    for entity_type, vocabulary in _VALUES.items():
        named = [one for one in told if len(one) <= _LONGEST and one & vocabulary]
        if len(named) >= least * len(told):
            return entity_type
    return None
