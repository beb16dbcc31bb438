"""Nothing of CKAN appears that nobody has looked at: every action, route and hook is classed."""

from __future__ import annotations

from collections import Counter

import ckan.plugins as plugins
import pytest
from ckan import logic

from tests.ckan import surface

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", surface.PLUGINS),
    pytest.mark.ckan_config("ckan.datapusher.url", "http://127.0.0.1:1"),
    pytest.mark.ckan_config("ckan.datapusher.api_token", "for-the-tests-only"),
]


def names(table):
    return [name for words in table.values() for name in words.split()]


def actions(app):
    logic.get_action("status_show")
    return set(logic._actions)


def routes(app):
    return {rule.endpoint for rule in app.flask_app.url_map.iter_rules()}


def hooks(app):
    interfaces = [
        item
        for item in vars(plugins.interfaces).values()
        if isinstance(item, type) and issubclass(item, plugins.Interface)
    ]
    return {
        f"{interface.__name__}.{name}"
        for interface in interfaces
        for name, method in vars(interface).items()
        if callable(method) and not name.startswith("_")
    }


def classed(name, table):
    return name in table or f"{name.partition('.')[0]}.*" in table


@pytest.mark.parametrize(
    ("found", "table"),
    [(actions, surface.ACTIONS), (routes, surface.ROUTES), (hooks, surface.HOOKS)],
    ids=["actions", "routes", "hooks"],
)
def test_everything_is_classed(app, found, table):
    there = found(app)

    assert len(there) > 100
    assert sorted(name for name in there if not classed(name, names(table))) == []


@pytest.mark.parametrize("table", [surface.ACTIONS, surface.ROUTES, surface.HOOKS])
def test_everything_is_classed_once(table):
    twice = [name for name, times in Counter(names(table)).items() if times > 1]

    assert twice == []
