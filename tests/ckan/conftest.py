"""A portal on real PostgreSQL, Redis and Solr; each test makes its own datasets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import ckan.model as ckan_model
import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories

from ckanext.rgpd import jobs, outbox
from tests.ckan import made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The matrix comes last: it leaves contents in every state."""
    items.sort(key=lambda item: item.path.stem == "test_matrix")


@pytest.fixture(scope="session")
def tables(
    reset_db: Any, reset_index: Any, reset_redis: Any, migrate_db_for: Any
) -> Callable[[], None]:
    """Makes the database of the session with every plugin's tables, when first called."""

    @cache
    def make() -> None:
        reset_db()
        reset_index()
        reset_redis()
        for plugin in ("activity", "rgpd"):
            migrate_db_for(plugin)
        if plugins.plugin_loaded("harvest"):
            migrate_db_for("harvest")
        if plugins.plugin_loaded("validation"):
            from ckanext.validation import model

            model.create_tables()

    return make


@pytest.fixture(autouse=True)
def portal(with_plugins: Any, tables: Callable[[], None]) -> Iterator[None]:
    """The portal with its plugins, and the users that it names."""
    tables()
    if ckan_model.User.get("dpo") is None:
        factories.User(name="dpo", email="dpo@exemple.fr")
    yield
    ckan_model.Session.rollback()


class People:
    """The users of one organisation, and those outside it."""

    def __init__(self) -> None:
        self.publisher = factories.User()
        self.member = factories.User()
        self.outsider = factories.User()
        self.other_editor = factories.User()
        self.admin = factories.Sysadmin()
        self.dpo = tk.get_action("user_show")({"ignore_auth": True}, {"id": "dpo"})
        self.organisation = factories.Organization(
            users=[
                {"name": self.publisher["name"], "capacity": "editor"},
                {"name": self.member["name"], "capacity": "member"},
            ]
        )
        factories.Organization(users=[{"name": self.other_editor["name"], "capacity": "editor"}])


@pytest.fixture(scope="session")
def made_people() -> Callable[[], People]:
    """Makes the people of the session, when first called."""
    return cache(People)


@pytest.fixture
def people(made_people: Callable[[], People]) -> People:
    """An organisation with an editor and a member, and people outside it."""
    return made_people()


@pytest.fixture
def dataset(people: People) -> dict[str, Any]:
    """A public dataset with a listed licence and no file."""
    return factories.Dataset(
        owner_org=people.organisation["id"],
        user=people.publisher,
        license_id="lov2",
        maintainer_email="service@exemple.fr",
    )


@pytest.fixture
def read_files() -> Callable[[], None]:
    """Let the worker read everything that waits, each scan in a fork as in a real portal."""

    def work() -> None:
        ckan_model.Session.commit()
        jobs.Worker(outbox.LANES).work(burst=True)

    return work


Action = Callable[..., Any]


@pytest.fixture
def call() -> Action:
    """Call an action in a user's name, access checked: ``call(user, "action", key=value)``."""

    def run(user: dict[str, Any] | None, action: str, **data: Any) -> Any:
        context = {"user": user["name"] if user else "", "ignore_auth": False}
        return tk.get_action(action)(context, data)

    return run


@pytest.fixture
def add_file(call: Action, people: People, dataset: dict[str, Any]) -> Action:
    """Upload a file to the dataset as its publisher; gives the resource."""

    def add(content: str | bytes, filename: str = "donnees.csv", **fields: Any) -> Any:
        file = made.upload(content, filename)
        fields.setdefault("package_id", dataset["id"])
        return call(people.publisher, "resource_create", upload=file, name=filename, **fields)

    return add


@pytest.fixture
def held(add_file: Action, read_files: Callable[[], None]) -> dict[str, Any]:
    """A resource whose file holds personal data and was read."""
    resource = add_file(made.PERSONAL, f"habitants-{uuid4().hex[:8]}.csv")
    read_files()
    return resource


@pytest.fixture
def released(add_file: Action, read_files: Callable[[], None]) -> dict[str, Any]:
    """A resource whose clean file was read and released."""
    resource = add_file(made.CLEAN, "lieux.csv")
    read_files()
    return resource


@pytest.fixture
def rows_beside(released: dict[str, Any], call: Action, people: People) -> None:
    """Rows that were written beside the released file, and not read yet."""
    call(
        people.publisher,
        "datastore_create",
        resource_id=released["id"],
        force=True,
        fields=[{"id": "lieu", "type": "text"}],
        records=[{"lieu": "Piscine"}],
    )


@pytest.fixture(scope="session")
def token_of() -> Callable[[str], str]:
    """A user's API token, made when first asked for."""
    return cache(lambda name: str(factories.APIToken(user=name)["token"]))


@pytest.fixture
def fetch(app: Any, token_of: Callable[[str], str]) -> Callable[..., Any]:
    """Get an address in a user's name (anonymous without one), redirects not followed."""

    def get(url: str, user: dict[str, Any] | None = None) -> Any:
        headers = {"Authorization": token_of(user["name"])} if user else {}
        return app.get(url, headers=headers, follow_redirects=False)

    return get
