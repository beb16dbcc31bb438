"""The document itself (Q01 to Q04, Q11): is it one that may be published at all?"""

from __future__ import annotations

from ckanext.rgpd.core.legal.case import Case
from ckanext.rgpd.core.legal.reason import because
from ckanext.rgpd.core.legal.vocabulary import UNKNOWN
from ckanext.rgpd.core.types import Reason

# What each answer leads to; the others open the way.
_ANSWERS = {
    ("admin_document", "no"): "not_admin_document",
    ("document_status", "draft"): "unfinished_document",
    ("document_status", UNKNOWN): "finished_unknown",
    ("agent_authorised", "no"): "agent_not_authorised",
    ("agent_authorised", UNKNOWN): "dpo_opinion_needed",
    ("third_party_rights", "unlicensed"): "third_party_ip",
    ("communicability", "interested_only"): "interested_only",
    ("communicability", "nobody"): "not_communicable",
    ("insee_bulletin", "yes"): "insee_bulletin",
    ("dpo_requested", "yes"): "dpo_opinion_needed",
}


def document_reasons(case: Case) -> list[Reason]:
    """What the answers on the document lead to."""
    return [
        because(code, field=field)
        for (field, answer), code in _ANSWERS.items()
        if case.answers.get(field) == answer
    ]
