"""The rules of whole columns, in the order in which one may rest on what another found."""

from __future__ import annotations

from ckanext.rgpd.core.detect.company import CompanyRule, Watch
from ckanext.rgpd.core.detect.fr import (
    account,
    birth,
    owner,
    pseudonym,
    reference,
    rib,
    siret,
)

COMPANY_RULES: tuple[CompanyRule, ...] = (
    birth.DATE_RULE,
    birth.PLACE_RULE,
    siret.LEGAL_FORM_RULE,
    siret.KIND_RULE,
    siret.NUMBER_RULE,
    siret.NAME_RULE,
    account.ACCOUNT_RULE,
    account.PASSWORD_RULE,
    pseudonym.RULE,
    reference.RULE,
    owner.RULE,
    rib.ACCOUNT_RULE,
)


def watches(words: frozenset[str]) -> list[Watch]:
    """The rules that look at a column whose header has these words."""
    return [Watch(rule) for rule in COMPANY_RULES if rule.concerns(words)]
