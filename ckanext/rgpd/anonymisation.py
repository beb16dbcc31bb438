"""An anonymised content: what its publisher declared, what the file shows, what follows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckanext.rgpd import config
from ckanext.rgpd.core import legal
from ckanext.rgpd.core.anonymise import Measured, contradictions, corrected
from ckanext.rgpd.metadata.field import ANONYMISATION
from ckanext.rgpd.model import Anonymisation, Version

QUASI_IDENTIFIERS = "anon_quasi_identifiers"
SENSITIVE = "anon_sensitive"

WAITING = "waiting"


def columns(account: Anonymisation) -> tuple[list[str], list[str]]:
    """The quasi-identifiers and the sensitive columns that an account names."""
    names = (account.declared.get(key) for key in (QUASI_IDENTIFIERS, SENSITIVE))
    quasi, sensitive = (json.loads(text) if text else [] for text in names)
    return quasi, sensitive


def measured(account: Anonymisation | None) -> Measured | None:
    """What the file showed, once it was measured."""
    return Measured.from_dict(account.measured) if account and account.measured else None


def found_against(account: Anonymisation | None) -> tuple[str, ...]:
    """What the file shows against its declaration, as codes of ``contradictions_of_measure``."""
    if account is None or not columns(account)[0]:
        return ()
    figures = measured(account)
    if figures is None:
        return (WAITING,)
    return contradictions(account.declared, figures, config.anonymisation_thresholds())


def is_basis(answers: Mapping[str, Any]) -> bool:
    """Whether the answers declare the content anonymised."""
    return answers.get("dcp_publication_basis") == "anonymised"


def facts(version: Version, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers about a version beside what is known of its anonymisation.

    A criterion that the file belies was not assessed; what was measured is measured, whatever is
    said.
    """
    if not is_basis(answers):
        return dict(answers)
    account = Anonymisation.latest(version.id)
    known = corrected(answers, found_against(account))
    figures = measured(account)
    told: dict[str, Any] = {}
    if account and account.declared.get("anon_dissemination"):
        told["anon_dissemination"] = account.declared["anon_dissemination"]
    if figures and figures.k:
        told["anon_k"] = figures.k
    questions = legal.entries("questions")
    return {**known, **{key: value for key, value in told.items() if key in questions}}


def shown(account: Anonymisation) -> dict[str, Any]:
    """The public facts of an account, by field name: what was declared, and what was measured."""
    declared = {
        name: ANONYMISATION[name].shown(text)
        for name, text in account.declared.items()
        if name in ANONYMISATION and ANONYMISATION[name].public
    }
    figures = measured(account)
    if figures is None or figures.problem:
        return declared
    least = {"anon_k": figures.k, "anon_l": figures.l, "anon_t": figures.t}
    return {
        **declared,
        **{name: value for name, value in least.items() if value is not None},
        "anon_uniqueness_rate": figures.uniqueness_rate,
    }


def status(account: Anonymisation | None) -> str:
    """The value of ``anonymisation_status`` of a content published as anonymised."""
    found = found_against(account)
    if any(not code.endswith("_portal") for code in found):
        return "failed"
    return "anonymised_declared" if measured(account) is None else "anonymised_verified"
