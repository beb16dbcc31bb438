"""The built wheel, installed beside CKAN in an environment that does not see the checkout.

``dev/test package`` builds it and says where it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CKAN = Path(os.environ["RGPD_WHEEL_PYTHON"]).with_name("ckan")
INI = os.environ["RGPD_WHEEL_INI"]
LEFT_OUT = {".pyc", ".swp"}

LOOK_INSIDE = """
import json, sys
from pathlib import Path
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit
import ckanext.rgpd

app = make_app(load_config(sys.argv[1]))._wsgi_app
package = Path(ckanext.rgpd.__file__).parent
templates = package / "templates"
for template in templates.rglob("*.html"):
    app.jinja_env.get_template(str(template.relative_to(templates)))
with app.test_request_context():
    print(json.dumps({
        "package": str(package),
        "mode": toolkit.config["ckanext.rgpd.mode"],
        "action": bool(toolkit.get_action("rgpd_status_show")),
        "french": app.test_client().get("/", follow_redirects=True).text.count('lang="fr"'),
    }))
"""


def run(*command: str | Path, folder: Path) -> str:
    """What a command prints, run away from the checkout."""
    done = subprocess.run(
        command, check=False, cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a CKAN that has only the wheel says of the plugin."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(CKAN, "--config", INI, "db", "upgrade", folder=folder)
    python = os.environ["RGPD_WHEEL_PYTHON"]
    return json.loads(run(python, "-c", LOOK_INSIDE, INI, folder=folder).splitlines()[-1])


def shipped(folder: Path, prefix: str) -> set[str]:
    """The files of a source folder, as the wheel must name them."""
    return {
        prefix + path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in LEFT_OUT
    }


def test_the_wheel_holds_every_file_of_the_package_and_no_other() -> None:
    with zipfile.ZipFile(os.environ["RGPD_WHEEL"]) as wheel:
        held = {name for name in wheel.namelist() if name.startswith("ckanext/")}

    expected = shipped(ROOT / "ckanext/rgpd", "ckanext/rgpd/")
    expected |= shipped(ROOT / "i18n", "ckanext/rgpd/i18n/")
    assert held == expected


def test_the_wheel_carries_the_licence() -> None:
    with zipfile.ZipFile(os.environ["RGPD_WHEEL"]) as wheel:
        licence = next(name for name in wheel.namelist() if name.endswith("/LICENSE"))

        assert b"GNU AFFERO GENERAL PUBLIC LICENSE" in wheel.read(licence)


def test_the_wheel_asks_pip_neither_for_ckan_nor_for_an_upper_version() -> None:
    with zipfile.ZipFile(os.environ["RGPD_WHEEL"]) as wheel:
        metadata = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
        lines = wheel.read(metadata).decode().splitlines()

    required = [line.split(": ", 1)[1] for line in lines if line.startswith("Requires-Dist: ")]
    assert required
    assert not [line for line in required if line.lower().startswith(("ckan>", "ckan=", "ckan["))]
    assert not [line for line in required if "<" in line or "==" in line.split(";")[0]]


def test_ckan_loads_the_plugin_its_templates_options_and_actions_from_it(
    inside: dict[str, object],
) -> None:
    assert "site-packages" in str(inside["package"])
    assert inside["mode"] == "quarantine"
    assert inside["action"]


def test_a_page_comes_out_french(inside: dict[str, object]) -> None:
    assert inside["french"]


def test_its_migrations_go_down_and_up_again(inside: dict[str, object], tmp_path: Path) -> None:
    run(CKAN, "--config", INI, "db", "downgrade", "-p", "rgpd", folder=tmp_path)
    run(CKAN, "--config", INI, "db", "upgrade", "-p", "rgpd", folder=tmp_path)


def test_its_commands_are_there(tmp_path: Path) -> None:
    usage = run(CKAN, "--config", INI, "rgpd", "--help", folder=tmp_path)

    assert all(command in usage for command in ("scan", "status", "worker", "check"))


def test_the_scanner_runs_where_ckan_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("place;opened\nQuai;2020\n", encoding="utf-8")

    run(CKAN.with_name("rgpd"), "scan", "places.csv", folder=tmp_path)
