"""What other extensions add: detectors, rules, and those who listen (``interfaces.IRgpd``)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ckan.plugins as plugins

from ckanext.rgpd.core import legal, scan, types
from ckanext.rgpd.interfaces import IRgpd

log = logging.getLogger(__name__)

#: The reason that a rule failed: nobody knows what it would have said.
FAILED = "portal_rule_failed"

_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    FAILED: {
        "label": {
            "fr": "Une règle de ce portail n’a pas pu être appliquée.",
            "en": "A rule of this portal could not be applied.",
        },
        "remedy": {
            "fr": "Demandez à l’administrateur du portail.",
            "en": "Ask the portal’s administrator.",
        },
    }
}


def add_detectors() -> None:
    """Have the extensions' detectors read too, in this process and the scans that it starts."""
    scan.add_detectors(detector for plugin in _plugins() for detector in plugin.rgpd_detectors())


def entity_type(key: str, lang: str) -> str:
    """The label of a kind of data that an extension's detector finds; else its key."""
    for plugin in _plugins():
        if words := plugin.rgpd_entity_types().get(key):
            return words.get(lang, key)
    return key


def applied(
    decision: types.Decision, report: types.Report, answers: Mapping[str, Any]
) -> types.Decision:
    """The decision with the portal's own reasons: as severe or more, never milder."""
    added = [reason for plugin in _plugins() for reason in _asked(plugin, report, answers)]
    if not added:
        return decision
    order = list(legal.entries("outcomes"))
    outcomes = [decision.outcome, *[reason.outcome for reason in added if reason.outcome]]
    outcome = min(outcomes, key=order.index)
    return replace(
        decision,
        outcome=outcome,
        reasons=(*decision.reasons, *added),
        dpo_required=decision.dpo_required or outcome != decision.outcome,
    )


def _asked(plugin: Any, report: types.Report, answers: Mapping[str, Any]) -> Sequence[types.Reason]:
    try:
        reasons = tuple(plugin.rgpd_rules(report, dict(answers)))
        if all(_possible(reason) for reason in reasons):
            return reasons
        log.error("A rule of plugin %s gave a reason that is none.", plugin.name)
    except Exception as error:  # noqa: BLE001 - another extension's code: whatever it raises
        log.error("A rule of plugin %s failed (%s).", plugin.name, type(error).__name__)
    return [types.Reason(FAILED, "quarantine")]


def _possible(reason: Any) -> bool:
    return (
        isinstance(reason, types.Reason)
        and reason.outcome in (None, *legal.entries("outcomes"))
        and reason.code in _words()
    )


def explained(item: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A portal's own reason in words; its code where the extension is there no more."""
    words = _words().get(item["code"], {})
    return {
        "code": item["code"],
        "outcome": item.get("outcome"),
        "columns": list(item.get("columns") or ()),
        "sentence": words.get("label", {}).get(lang, item["code"]),
        "remedy": words.get("remedy", {}).get(lang, ""),
        "articles": [],
    }


def tell(decision: Mapping[str, Any]) -> None:
    """Tell those who listen of a decision that stands."""
    for plugin in _plugins():
        try:
            plugin.rgpd_decided(dict(decision))
        except Exception as error:  # noqa: BLE001, PERF203 - another extension's code
            log.error("Plugin %s did not hear (%s).", plugin.name, type(error).__name__)


def _words() -> dict[str, Any]:
    words: dict[str, Any] = {}
    for plugin in _plugins():
        words.update(plugin.rgpd_reasons())
    law = legal.entries("reasons")
    return {**{code: text for code, text in words.items() if code not in law}, **_WORDS}


def _plugins() -> list[Any]:
    return list(plugins.PluginImplementations(IRgpd))
