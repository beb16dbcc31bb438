"""Telephone numbers: French ones, mobile or fixed, overseas included, and foreign ones.

ARCEP's numbering plan (décision 2018-0881): ten digits; 06 and 07 are mobile, 01 to 05 and 09
fixed, 08 and short numbers are services, which belong to nobody. Numbers with a country code are
checked with Google's libphonenumber. ARCEP keeps 06 39 98, 01 99 00 and others for fiction: the
examples are from there.

Ten digits without a space may be a code: the header, the words before or the whole column decide;
so for a mobile with its country code and no plus, as gateways of messages want it.
Nine digits are a number that lost its zero in a spreadsheet: only a header says so.

>>> [hit.entity_type for hit in DETECTOR.find("06 39 98 00 12 ou +33 1 99 00 12 34")]
['phone_mobile', 'phone_fixed']
>>> [hit.score for hit in DETECTOR.find("0639980012")]
[0.4]
>>> [hit.score for hit in DETECTOR.find("0639980012", frozenset({"ref", "produit"}))]
[0.0]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, STRONG, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_SPACE = r"[ .\-/\u00a0\u202f]"
_PATTERN = re.compile(
    r"(?<![0-9A-Za-z+])(?<!\d[.\-,])(?!(?:\d\d[/.\-]){1,2}(?:19|20)\d\d[ T])(?:"
    rf"(?P<foreign>(?:\+|00)[1-9]\d{{0,2}}{_SPACE}?(?:\(0\))?(?:{_SPACE}?\d){{6,12}})"
    rf"|0[1-79](?:{_SPACE}{{0,2}}\d\d){{4}}|0[1-79]\d\d{_SPACE}\d{{3}}{_SPACE}\d{{3}}"
    r"|(?P<coded>33[67]\d{8})|(?P<short>[1-79]\d{8})"
    r")(?![0-9A-Za-z])(?![.\-,]\d)",
    re.ASCII,
)
#: Numbers that stand for no number: 06 00 00 00 00, 01 11 11 11 11.
_PLACEHOLDER = re.compile(r"\d(\d)\1{7}")
_NO_DIGIT = re.compile(r"\D+")


def _validate(match: re.Match[str]) -> tuple[str, float] | None:
    digits = _NO_DIGIT.sub("", match.group().replace("(0)", ""))
    if match["foreign"]:
        return _validate_foreign(match.group(), digits.removeprefix("00"))
    national = digits[2:] if match["coded"] else digits.removeprefix("0")
    if _PLACEHOLDER.fullmatch(national):
        return None
    if match["short"]:
        return _kind(national), HINT
    return _kind(national), WEAK if match.group().isdigit() else STRONG


def _validate_foreign(text: str, digits: str) -> tuple[str, float] | None:
    # A bare code may begin with two zeros; nothing but a number begins with a plus.
    score = HINT if text.isdigit() else STRONG
    if digits.startswith("33"):
        national = digits[2:].removeprefix("0")
        if len(national) != 9 or national[0] == "8" or _PLACEHOLDER.fullmatch(national):
            return None
        return _kind(national), score
    import phonenumbers

    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    return "phone_mobile" if mobile else "phone_fixed", score


def _kind(national: str) -> str:
    return "phone_mobile" if national[0] in "67" else "phone_fixed"


DETECTOR = Detector(
    rule="phone",
    entity_types=("phone_mobile", "phone_fixed"),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(9),
    shape=shape(r"9(?<![9Aa]9)(?:(?<=[+]9)(?:[^9Aa\n]{0,6}9){6}|(?:[^9Aa\n]{0,6}9){8})"),
    context=frozenset(
        "tel tels telephone telephones telephonique portable portables mobile mobiles gsm phone "
        "contact contacts fax telecopie fixe standard joindre joignable appeler appelez "
        "rappeler".split()
    ),
    against=frozenset(
        "code codes ref reference references lot colis contrat produit article id identifiant "
        "siret siren insee compte dossier licence matricule ean version facture commande ticket "
        "serie serial piece marche parcelle".split()
    ),
    examples=(
        "06 39 98 00 12",
        "07.39.98.00.12",
        "01-99-00-12-34",
        "+33 6 39 98 00 12",
        "+33 (0)1 99 00 12 34",
        "0033 6 39 98 00 12",
        "+262 692 12 34 56",
        "0590 12 34 56",
        "+32 470 12 34 56",
        "T . 06 39 98 00 12",
        "téléphone 0639980012",
    ),
    counterexamples=(
        "0639980012",  # a code, unless something says otherwise
        "08 00 12 34 56",  # a service
        "3631",
        "06 00 00 00 00",  # a placeholder
        "47.218371, -1.553621",
        "réf. 0639980012",
        "10.06.39.98.00.12",
        "02/06/2025 12-30",  # a date and an hour
        "639980012",
        "35319178600014",
    ),
)
