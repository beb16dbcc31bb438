"""Makes the demonstration portal's organisations, users and tokens.

``accounts.py INI ENV URL`` reads what ENV (lines KEY=VALUE) already holds, makes what is
missing, and writes ENV again, readable by its owner only. Running it again changes nothing.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Any

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit

ORGANISATIONS = {
    "mairie-exemple": "Mairie d'Exemple-sur-Loire",
    "departement-exemple": "Département d'Exemple",
}
USERS = {  # name: full name, organisation where the user is an editor
    "publisher": ("Camille Publication", "mairie-exemple"),
    "editor2": ("Dominique Voisin", "departement-exemple"),
    "dpo": ("Déléguée à la protection des données", None),
    "admin": ("Administration du portail", None),
}


def call(action: str, **data: Any) -> Any:
    """The result of an action, taken as the portal itself."""
    site_user = toolkit.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return toolkit.get_action(action)({"ignore_auth": True, "user": site_user}, data)


def read_env(path: Path) -> dict[str, str]:
    """The KEY=VALUE lines of a file, none when there is no file."""
    if not path.exists():
        return {}
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def write_env(path: Path, env: dict[str, str]) -> None:
    """Writes KEY=VALUE lines that only the owner can read."""
    path.touch(mode=0o600)
    path.write_text("".join(f"{key}={value}\n" for key, value in env.items()))


def make_organisation(name: str, title: str) -> None:
    """Makes the organisation unless it is there."""
    if model.Group.get(name) is None:
        call("organization_create", name=name, title=title)


def make_user(name: str, fullname: str, organisation: str | None, password: str) -> None:
    """Makes the user, or gives the password to the one that is there."""
    email = f"{name}@exemple.fr"
    if model.User.get(name) is None:
        call("user_create", name=name, fullname=fullname, email=email, password=password)
    else:
        call("user_patch", id=name, password=password)
    if organisation:
        call("organization_member_create", id=organisation, username=name, role="editor")
    if name == "admin":
        call("user_patch", id=name, sysadmin=True)


def make_accounts(env: dict[str, str]) -> None:
    """Adds to ``env`` the password and the token of each user that has none there."""
    for name, title in ORGANISATIONS.items():
        make_organisation(name, title)
    for name, (fullname, organisation) in USERS.items():
        key = name.upper()
        if f"{key}_TOKEN" in env:
            continue
        env[f"{key}_PASSWORD"] = secrets.token_urlsafe(12)
        make_user(name, fullname, organisation, env[f"{key}_PASSWORD"])
        token = call("api_token_create", user=name, name="portal")["token"]
        env[f"{key}_TOKEN"] = token.decode() if isinstance(token, bytes) else token


def main(ini: str, env_file: str, url: str) -> None:
    """Makes the accounts of the portal of ``ini`` and writes them to ``env_file``."""
    path = Path(env_file)
    env = read_env(path) | {"CKAN_URL": url, "CKAN_INI": str(Path(ini).resolve())}
    with make_app(load_config(ini))._wsgi_app.test_request_context():
        make_accounts(env)
    write_env(path, env)


if __name__ == "__main__":
    main(*sys.argv[1:])
