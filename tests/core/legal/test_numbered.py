"""Answers by the numbers of the procedure, as the table of the procedure words them."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.rgpd.core.legal import by_field


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"Q01": "yes"}, {"admin_document": "yes"}),
        ({"q01": "Oui"}, {"admin_document": "yes"}),
        ({"Q02": True, "Q03": False}, {"document_status": "finished", "agent_authorised": "no"}),
        ({"Q02": "U"}, {"document_status": "unknown"}),
        ({"Q04": "yes"}, {"third_party_rights": "unlicensed"}),
        ({"Q05": "no"}, {"secrets_present": ["none"]}),
        (
            {"Q05": ["s6_1_medical"], "Q06": "no"},
            {"secrets_present": ["s6_1_medical"], "secret_treatment": "not_redactable"},
        ),
        ({"Q07": "no"}, {"dcp_presence": "none", "dcp_publication_basis": "not_personal"}),
        ({"Q08": "yes"}, {"register_status": "entered"}),
        ({"Q09": "no"}, {"minors_present": "no"}),
        ({"Q09": ["minor_data"]}, {"minors_present": "yes"}),
        ({"Q09": "offence_data"}, {"dcp_presence": "offence"}),
        (
            {"Q09": ["art9_health", "special_category"]},
            {"dcp_categories": ["art9_health"], "dcp_presence": "special_category"},
        ),
        ({"Q10": "yes"}, {"dcp_publication_basis": "specific_law"}),
        ({"Q10": "no"}, {"dcp_publication_basis": "none"}),
        ({"Q10": "unknown"}, {"dcp_publication_basis": "unknown"}),
        ({"Q11": "reserved"}, {"communicability": "interested_only"}),
        (
            {"Q12": "d312_5_sport"},
            {"d312_category": "d312_5_sport", "dcp_publication_basis": "d312_1_3"},
        ),
        ({"Q12": "partly"}, {"fields_necessary": "no", "dcp_publication_basis": "d312_1_3"}),
        ({"Q13": "expired"}, {"dcp_publication_basis": "archive_delay"}),
        ({"Q14": "public_life"}, {"public_life": "yes", "dcp_publication_basis": "none"}),
        ({"Q14": "partial"}, {"dcp_publication_basis": "explicit_consent"}),
        ({"Q14b": "dead"}, {"persons_status": "deceased"}),
        ({"Q15": "done"}, {"dcp_publication_basis": "anonymised"}),
        ({"Q15": "yes"}, {"anonymisation_feasible": "yes", "dcp_publication_basis": "none"}),
        ({"Q16": "energy", "Q17": "positive"}, {"sector": "energy", "dpo_status": "favourable"}),
        ({"Q18": "lov2"}, {}),
        ({"Q01": 12}, {"admin_document": 12}),
        ({"legal_reference": "Q10"}, {"legal_reference": "Q10"}),
        ({"Q10": "yes", "dcp_publication_basis": "none"}, {"dcp_publication_basis": "none"}),
        ({"Q08": "no", "register_status": "entered"}, {"register_status": "entered"}),
    ],
)
def test_a_number_is_the_field_it_stands_for(
    answers: dict[str, Any], fields: dict[str, Any]
) -> None:
    assert by_field(answers) == [fields]


def test_each_basis_claimed_is_tried_in_the_order_of_the_law() -> None:
    tried = by_field({"Q15": "done", "Q14": "yes", "Q13": "expired", "Q12": "yes", "Q10": "yes"})

    assert [one["dcp_publication_basis"] for one in tried] == [
        "specific_law",
        "d312_1_3",
        "archive_delay",
        "explicit_consent",
        "anonymised",
    ]
