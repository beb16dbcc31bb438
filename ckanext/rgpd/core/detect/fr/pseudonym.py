"""Hashes that stand for persons: pseudonyms, which stay personal data (GDPR, recital 26).

A column of hexadecimal digests of one length is one where persons are named beside it, or where its
header says so. Digests of files, of versions and of pages are not.

>>> is_digest("5d41402abc4b2a76b9719d911017c592"), is_digest("5d41402abc4b2a76")
(True, False)
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence
from ckanext.rgpd.core.detect.gate import shape

_HASH = frozenset("hash hashe hache md5 sha sha1 sha256 sha512 digest empreinte".split())
_PERSON = frozenset(
    "pseudonyme pseudonymise pseudonymisee anonyme anonymise anonymisee anon usager user patient "
    "personne person individu individual client eleve etudiant agent beneficiaire assure voyageur "
    "abonne adherent nir mail email courriel telephone nom ip carte badge".split()
)
_NUMBER = frozenset("id identifiant uid uuid token cle key code num numero".split())
_FILES = frozenset(
    "fichier fichiers file files filename url commit checksum somme version archive image "
    "resource ressource etag taille size".split()
)
_DIGEST = re.compile(
    r"[0-9a-f]{32}(?:[0-9a-f]{8}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{96})?"
    r"|\$2[aby]\$\d\d\$[./0-9A-Za-z]{53}",
    re.IGNORECASE,
)
_LEAST = 3
_SHORTEST = 32


def is_digest(value: str) -> bool:
    """Whether ``value`` has the length and letters of MD5, SHA or bcrypt."""
    return len(value) >= _SHORTEST and _DIGEST.fullmatch(value.strip()) is not None


def _decide(column: Evidence, company: Company) -> bool:
    one_length = len({len(value.strip()) for value in column.values}) == 1
    if column.share < 0.95 or column.distinct < _LEAST or not one_length:
        return False
    if column.words & _PERSON:
        return True
    return company.persons and not (column.words | company.words) & _FILES


RULE = CompanyRule(
    rule="pseudonym",
    concerns=lambda words: bool(words & (_HASH | _PERSON | _NUMBER)) and not words & _FILES,
    holds=is_digest,
    decide=_decide,
    mask=lambda value: mask.shape(value, 2),
    entity_type="pseudonym",
    shape=shape("[9Aa./$]{32}"),
)
