"""User names, handles on social networks, and the passwords of accounts.

A column that is headed as user names holds them where its values have that form and differ; a
handle or a page on a network may be an organisation's, and is a person's where persons are named
beside it.

>>> is_handle("@jeanne.ex"), is_handle("jexempleau63"), is_handle("Mairie d'Exemple")
(True, True, False)
>>> is_handle("https://twitter.com/jexempleau")
True
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Evidence

_LOGIN = frozenset(
    "login logins username pseudo pseudos nickname screenname loginname userlogin useruid".split()
)
_PAIRS = (
    {"user", "name"},
    {"nom", "utilisateur"},
    {"compte", "utilisateur"},
    {"identifiant", "connexion"},
    {"identifiant", "utilisateur"},
)
_SOCIAL = frozenset(
    "twitter instagram insta facebook tiktok snapchat mastodon bluesky linkedin skype discord "
    "telegram github youtube handle".split()
)
_PASSWORD = frozenset("password passwords passwd pwd mdp motdepasse".split())
_HANDLE = re.compile(
    r"@?(?=[\w.\-]*[A-Za-z])[\w.\-]{3,30}(?:@[\w\-]+(?:\.[\w\-]+)+)?"
    r"|(?:https?://)?(?:[\w-]+\.)?(?:twitter|x|instagram|facebook|tiktok|github|t|youtube|bsky)"
    r"\.(?:com|me|app|social)/(?!company/|groups/|search|hashtag/)[@\w.\-/?=]{3,60}",
    re.IGNORECASE,
)
_LEAST = 3


def is_handle(value: str) -> bool:
    """Whether ``value`` has the form of a user name, a handle or the address of a page."""
    return _HANDLE.fullmatch(value.strip()) is not None


def is_password_header(words: frozenset[str]) -> bool:
    """Whether a header names passwords, hashed or not."""
    return bool(words & _PASSWORD) or {"mot", "passe"} <= words


def is_account_header(words: frozenset[str]) -> bool:
    """Whether a header names the users of a site by what they log in with."""
    return bool(words & _LOGIN) or any(pair <= words for pair in _PAIRS)


def names_network(words: frozenset[str]) -> bool:
    """Whether a header names a social network, or all of them.

    >>> names_network(frozenset({"compte", "twitter"})), names_network(frozenset({"social"}))
    (True, True)
    >>> names_network(frozenset({"siege", "social"}))
    False
    """
    return bool(words & _SOCIAL) or words == {"social"} or {"reseaux", "sociaux"} <= words


def _decide(column: Evidence, company: Company) -> bool:
    if is_account_header(column.words):
        return column.share >= 0.8 and column.distinct >= _LEAST
    if column.distinct < min(_LEAST, column.filled / 2):  # yes and no have the form of handles
        return False
    named = company.first_names or (company.persons and "username" in company.found)
    return named and column.share >= 0.5


ACCOUNT_RULE = CompanyRule(
    rule="account",
    concerns=lambda words: names_network(words) or is_account_header(words),
    holds=is_handle,
    decide=_decide,
    mask=lambda value: mask.shape(value, 1),
    entity_type="username",
)
PASSWORD_RULE = CompanyRule(
    rule="account.password",
    concerns=is_password_header,
    holds=lambda value: len(value) >= 4 and " " not in value.strip(),
    decide=lambda column, _: column.share >= 0.8 and column.distinct >= _LEAST,
    mask=lambda value: mask.shape(value, 0),
    entity_type="username",
)
