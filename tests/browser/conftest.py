"""Stories in real Chromium on a running portal; ``bash dev/test browser`` makes both."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import ckanapi
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import made
from tests.browser.portal import Portal

ANONYMOUS = "anonymous"
#: Somebody of the publisher's organisation who may read its datasets and not edit them.
MEMBER = "member"


@pytest.fixture(scope="session")
def portal() -> Portal:
    """The running portal."""
    env_file = os.environ.get("RGPD_PORTAL_ENV")
    if not env_file:
        pytest.fail("RGPD_PORTAL_ENV names no portal: run these tests with `bash dev/test browser`")
    portal = Portal(Path(env_file))
    _make_member(portal)
    return portal


def _make_member(portal: Portal) -> None:
    admin = ckanapi.RemoteCKAN(portal.url, apikey=portal.env["ADMIN_TOKEN"])
    portal.env["MEMBER_PASSWORD"] = password = made.word("mot-de-passe-")
    if MEMBER in admin.action.user_list(all_fields=False):
        admin.action.user_patch(id=MEMBER, password=password)
    else:
        admin.action.user_create(name=MEMBER, email="member@exemple.fr", password=password)
    admin.action.organization_member_create(id="mairie-exemple", username=MEMBER, role="member")
    token = admin.action.api_token_create(user=MEMBER, name=made.word("tests-"))
    portal.env["MEMBER_TOKEN"] = token["token"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of Debian's package."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def cookies_of(portal: Portal, chromium: Browser) -> Callable[[str], Any]:
    """A user's cookies, after logging in through the form once."""

    @cache
    def log_in(user: str) -> Any:
        context = chromium.new_context(base_url=portal.url)
        page = context.new_page()
        page.goto("/user/login")
        page.fill("#field-login", user)
        page.fill("#field-password", portal.env[f"{user.upper()}_PASSWORD"])
        page.locator("form:has(#field-password) [type=submit]").click()
        page.wait_for_url("**/dashboard**")
        state = context.storage_state()
        context.close()
        return state

    return log_in


@pytest.fixture
def script_errors() -> list[str]:
    """What went wrong in the scripts of this test's pages."""
    return []


@pytest.fixture
def page_of(
    portal: Portal,
    chromium: Browser,
    cookies_of: Callable[[str], Any],
    script_errors: list[str],
) -> Iterator[Callable[..., Page]]:
    """A page in somebody's own browser: ``page_of("dpo")``, or ``page_of()`` for nobody's."""
    contexts = []

    def open_page(user: str = ANONYMOUS) -> Page:
        context = chromium.new_context(
            base_url=portal.url,
            locale="fr-FR",
            viewport={"width": 1280, "height": 900},
            storage_state=None if user == ANONYMOUS else cookies_of(user),
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: script_errors.append(str(error)))
        page.on("console", note_error)
        return page

    def note_error(message: Any) -> None:
        if message.type == "error" and message.location["url"].startswith(portal.url):
            script_errors.append(message.text)

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def api(portal: Portal) -> Callable[[str], ckanapi.RemoteCKAN]:
    """The portal's API in somebody's name: ``api("publisher").action.package_show(id=...)``."""

    def client(user: str = ANONYMOUS) -> ckanapi.RemoteCKAN:
        token = None if user == ANONYMOUS else portal.env[f"{user.upper()}_TOKEN"]
        return ckanapi.RemoteCKAN(portal.url, apikey=token)

    return client


@pytest.fixture
def dataset(api: Callable[[str], ckanapi.RemoteCKAN]) -> dict[str, Any]:
    """A public dataset under the Licence Ouverte, without a file."""
    name = made.word("jeu-")
    return api("publisher").action.package_create(
        name=name, title=name, owner_org="mairie-exemple", license_id="lov2"
    )


@pytest.fixture(scope="session")
def send(api: Callable[[str], ckanapi.RemoteCKAN]) -> Callable[..., dict[str, Any]]:
    """Upload a file through the API as its publisher; gives the resource."""

    def upload(package_id: str, name: str, content: bytes, **fields: Any) -> dict[str, Any]:
        file = io.BytesIO(content)
        file.name = name
        return api("publisher").action.resource_create(
            package_id=package_id, name=name, upload=file, **fields
        )

    return upload
