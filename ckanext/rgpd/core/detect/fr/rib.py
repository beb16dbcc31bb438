"""RIB: the French number of a bank account, and so of its holder.

Bank (5 digits), branch (5), account (11 letters or digits), key (2): with letters read as digits,
``97 - (89 bank + 15 branch + 3 account) mod 97``. Source: CFONB, "Relevé d'identité bancaire".

>>> [hit.score for hit in DETECTOR.find("30006 00001 12345678901 89")]
[0.9]
>>> [hit.score for hit in DETECTOR.find("30006 00001 12345678901 88")]  # wrong key
[0.0]

Where its four parts stand in columns of their own, the account is eleven letters or digits like
many others: the headers must name the branch beside it, and the bank or the key.

>>> is_account_number("0500013M026"), is_account_number("Exempleau"), is_account_number("12")
(True, False, False)
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.codes import OTHER_NUMBERS
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence
from ckanext.rgpd.core.detect.detector import REJECTED, STRONG, WEAK, Detector
from ckanext.rgpd.core.detect.gate import has_digits, shape

_SPACE = r"[ .\-\u00a0\u202f]?"
_PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])(?P<bank>\d{{5}}){_SPACE}(?P<branch>\d{{5}}){_SPACE}"
    rf"(?P<account>[0-9A-Za-z]{{11}}){_SPACE}(?P<key>\d\d)(?![0-9A-Za-z])",
    re.ASCII,
)
_ACCOUNT = frozenset("compte cpte account numcompte nocompte".split())
_BANK = frozenset("banque bank etablissement cle clerib".split())
_FORM = re.compile(r"(?=(?:\D*\d){5})[0-9A-Z]{11}", re.IGNORECASE)
_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def _validate(match: re.Match[str]) -> tuple[str, float]:
    account = int(match["account"].upper().translate(_DIGITS))
    total = 89 * int(match["bank"]) + 15 * int(match["branch"]) + 3 * account
    if not int(match["bank"]) or int(match["key"]) != 97 - total % 97:
        return "rib", REJECTED
    return "rib", WEAK if match.group().isalnum() else STRONG


DETECTOR = Detector(
    rule="rib",
    entity_types=("rib",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 2),
    gate=has_digits(10),
    shape=shape(r"L99{4}S9{5}S[9Aa]{11}S99R"),
    sensitive=True,
    share=0.5,
    least=3,
    context=frozenset("rib bancaire banque compte bban virement".split()),
    against=OTHER_NUMBERS - {"compte"},
    examples=(
        "30006 00001 12345678901 89",
        "20041 01005 0500013M026 06",
        "RIB 30006000011234567890189",
        "relevé bancaire : 20041010050500013M02606",
    ),
    counterexamples=(
        "30006000011234567890189",
        "RIB 30006 00001 12345678901 88",  # wrong key
        "contrat 30006000011234567890189",
        "00000 00000 00000000000 97",
    ),
)


def is_account_number(value: str) -> bool:
    """Whether ``value`` has the form of an account in a RIB."""
    return _FORM.fullmatch(value.strip()) is not None


def _decide(column: Evidence, company: Company) -> bool:
    return column.share >= 0.8 and "guichet" in company.words and bool(company.words & _BANK)


ACCOUNT_RULE = CompanyRule(
    rule="rib.account",
    concerns=lambda words: bool(words & _ACCOUNT),
    holds=is_account_number,
    decide=_decide,
    mask=lambda value: mask.shape(value, 2),
    entity_type="rib",
)
