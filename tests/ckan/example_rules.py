"""An extension with rules of its own: sports clubs' files wait for the sports department."""

from __future__ import annotations

from typing import Any

import ckan.plugins as plugins

from ckanext.rgpd.core.types import Reason
from ckanext.rgpd.interfaces import IRgpd

WORDS = {
    "club_waits": {
        "label": {"fr": "Le service des sports relit ce fichier.", "en": "Sports reads this file."},
        "remedy": {"fr": "Attendez sa réponse.", "en": "Wait for its answer."},
    }
}


class ExampleRules(plugins.SingletonPlugin):
    """Holds every file with a column ``club``, and remembers what was decided."""

    plugins.implements(IRgpd, inherit=True)

    heard: list[dict[str, Any]] = []  # noqa: RUF012 - what the tests look at

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
