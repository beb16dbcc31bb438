"""An extension with rules of its own: sports clubs' files wait for the sports department, and
the numbers of the swimming pool's cards are found.
"""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins as plugins

from ckanext.rgpd.core.detect.detector import STRONG, Detector
from ckanext.rgpd.core.types import Reason
from ckanext.rgpd.interfaces import IRgpd

WORDS = {
    "club_waits": {
        "label": {"fr": "Le service des sports relit ce fichier.", "en": "Sports reads this file."},
        "remedy": {"fr": "Attendez sa réponse.", "en": "Wait for its answer."},
    }
}

POOL_CARD = Detector(
    rule="pool_card_1",
    entity_types=("pool_card",),
    pattern=re.compile(r"\bPISC-\d{6}\b"),
    validate=lambda _: ("pool_card", STRONG),
    mask=lambda _: "PISC-******",
    gate=lambda text: "PISC-" in text,
    examples=("carte PISC-004217",),
    counterexamples=("PISC-42",),
)


class ExampleRules(plugins.SingletonPlugin):
    """Finds pool cards, holds files with a column ``club``, and remembers what was decided."""

    plugins.implements(IRgpd, inherit=True)

    heard: list[dict[str, Any]] = []  # noqa: RUF012 - what the tests look at

    def rgpd_detectors(self):
        return [POOL_CARD]

    def rgpd_entity_types(self):
        return {"pool_card": {"fr": "Carte de la piscine", "en": "Swimming-pool card"}}

    def rgpd_reasons(self):
        return WORDS

    def rgpd_rules(self, report, answers):
        columns = {column.name for column in report.columns}
        if "panne" in columns:
            raise ValueError
        if "doux" in columns:
            return [Reason("club_waits", "publish")]
        if "faux" in columns:
            return [Reason("club_waits", "whatever")]
        return [Reason("club_waits", "quarantine", ("club",))] if "club" in columns else []

    def rgpd_decided(self, decision):
        self.heard.append(decision)
        raise RuntimeError
