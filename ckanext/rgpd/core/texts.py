"""Short texts, read at once: what proves itself by its form or its key, without language model."""

from __future__ import annotations

from collections.abc import Mapping

from ckanext.rgpd.core.detect.detector import BELIEVED, Hit
from ckanext.rgpd.core.detect.detectors import BY_RULE, find
from ckanext.rgpd.core.types import Finding

#: What a portal's texts rightly name: a service's telephone, its mailbox, its address.
_OF_A_SERVICE = frozenset("email_generic email_functional phone_fixed postal_address".split())
_EXAMPLES = 3


def find_in(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """The personal data in each of ``texts``; a finding's ``column`` is the text's key.

    No word around a text is heeded but its own, and names of persons are not looked for.
    """
    return tuple(
        finding for field, text in texts.items() for finding in _findings(field, str(text))
    )


def _findings(field: str, text: str) -> list[Finding]:
    kinds: dict[str, list[Hit]] = {}
    for hit in find(text):
        if hit.score >= BELIEVED and hit.entity_type not in _OF_A_SERVICE:
            kinds.setdefault(hit.entity_type, []).append(hit)
    return [_finding(field, text, kind, hits) for kind, hits in kinds.items()]


def _finding(field: str, text: str, entity_type: str, hits: list[Hit]) -> Finding:
    values = [(hit.rule, text[hit.start : hit.end]) for hit in hits]
    rules = tuple(sorted({hit.rule for hit in hits}))
    return Finding(
        entity_type=entity_type,
        column=field,
        column_index=None,
        is_personal=True,
        sensitive=any(BY_RULE[rule].sensitive for rule in rules),
        suggested_basis=None,
        score=max(hit.score for hit in hits),
        rows=1,
        matched_rows=1,
        distinct_matched=len(set(values)),
        first_at=field,
        examples_masked=tuple(BY_RULE[rule].mask(value) for rule, value in values[:_EXAMPLES]),
        rules=rules,
    )
