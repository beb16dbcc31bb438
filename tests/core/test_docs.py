"""The documentation says what there is, its links lead somewhere, and its examples run."""

from __future__ import annotations

import ast
import doctest
import re
from pathlib import Path

import click
import pytest
import yaml

from bench import detectors
from ckanext.rgpd.core import cli, legal
from dev import law_page

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ckanext/rgpd"
PAGES = sorted(ROOT.glob("docs/*.md"))
ENGLISH = ("developer.md", "security.md")
FRENCH = [page for page in PAGES if page.name not in ENGLISH]
TEXTS = [ROOT / "README.rst", ROOT / "CHANGELOG.rst", *PAGES]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: Inline code, addresses of links, and addresses: what typography leaves alone.
VERBATIM = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+")
#: A straight apostrophe or quotation mark, and no no-break space where French has one.
SLIPS = re.compile("['\"“”]|(?<!\u00a0)[;?»]|(?<!\u00a0)!(?!\\[)|(?<!\u00a0):(?=\\s|$)|«(?!\u00a0)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return [body for name, body in FENCE.findall(text) if name == language]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def by_name(path: Path) -> str:
    return path.name


# What must have its entry


def headings(page: str) -> set[str]:
    return set(re.findall(r"^### `([^`]+)`$", read(page), re.MULTILINE))


def test_each_option_has_its_entry_and_its_default():
    declared = yaml.safe_load(read("ckanext/rgpd/config_declaration.yaml"))
    options = [option for group in declared["groups"] for option in group["options"]]
    page = read("docs/administrator.md")

    documented = {key for key in headings("docs/administrator.md") if key.startswith("ckanext.")}
    assert documented == {option["key"] for option in options}
    for option in options:
        entry = page.split(f"### `{option['key']}`")[1].split("\n#")[0]
        assert f"`{option.get('default', '')}`" in entry or "default" not in option, option["key"]


def actions() -> dict[str, str]:
    """The extension's own actions, with what each says of itself."""
    modules = (PACKAGE / "logic/action").glob("*.py")
    functions = [
        node
        for module in modules
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("rgpd_")
    ]
    return {function.name: ast.get_docstring(function) or "" for function in functions}


def test_each_action_has_its_entry():
    assert headings("docs/developer.md") == set(actions())


@pytest.mark.parametrize("name", sorted(actions()))
def test_an_action_is_shown_with_its_parameters_and_called_both_ways(name: str):
    entry = read("docs/developer.md").split(f"### `{name}`")[1].split("\n#")[0]
    rows = set(re.findall(r"^\| `(\w+)` \|", entry, re.MULTILINE))

    assert rows == set(re.findall(r":param (\w+):", actions()[name]))
    assert any(f".action.{name}(" in block for block in blocks(entry, "python"))
    assert any(f"/api/3/action/{name}" in block for block in blocks(entry, "bash"))


def test_each_detector_has_its_row():
    modules = {path.name for path in (PACKAGE / "core/detect/fr").glob("*.py")} - {"__init__.py"}
    rows = set(re.findall(r"^\| `(\w+\.py)` \|", read("docs/developer.md"), re.MULTILINE))

    assert rows == modules


def test_each_room_has_its_row():
    page = read("docs/developer.md")
    inside = {path.name for path in PACKAGE.iterdir() if path.is_dir()}

    missing = [name for name in inside - {"__pycache__", "core"} if f"{name}/`" not in page]
    assert missing == []


def test_the_scanners_command_has_each_of_its_options_and_exit_codes():
    page = read("docs/administrator.md").split("### `rgpd scan`")[1].split("\n## ")[0]
    scan = cli.main.commands["scan"]

    for option in (param for param in scan.params if isinstance(param, click.Option)):
        values = option.type.choices if isinstance(option.type, click.Choice) else [""]
        for value in values:
            assert f"| `{option.opts[0]} {value}".rstrip() + "` |" in page
    for code in (0, cli.FOUND, cli.UNREAD):
        assert f"\n| {code} |" in page


def test_the_command_that_decides_has_each_of_its_options():
    page = read("docs/administrator.md").split("### `rgpd decide`")[1].split("\n## ")[0]

    for option in cli.main.commands["decide"].params:
        assert f"| `{option.opts[0]}` |" in page


def test_a_publisher_finds_what_to_do_for_each_reason_that_keeps_a_file_closed():
    page = plain(read("docs/publisher.md") + read("docs/law.md"))
    closing = [
        legal.text("reasons", code, "label", "fr")
        for code, entry in legal.entries("reasons").items()
        if entry.get("outcome") not in (None, "publish", "publish_conditions")
    ]

    assert [sentence for sentence in closing if f"| {plain(sentence)} " not in page] == []


def test_the_page_of_the_law_is_the_one_that_the_data_files_give():
    assert read("docs/law.md") == law_page.page(), "python -m dev.law_page writes it anew"


def test_a_publisher_finds_each_basis():
    page = plain(read("docs/publisher.md"))
    labels = [plain(legal.label("bases", key, "fr")) for key in legal.entries("bases")]

    assert [label for label in labels if f"\n| {label} |" not in page] == []


# Links, commands, examples


def targets(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".rst":
        found = re.findall(r"<([^<>\s]+)>`_|^\.\. image:: (\S+)", text, re.MULTILINE)
        return [link or image for link, image in found]
    return re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text))


def anchors(path: Path) -> set[str]:
    """The names that the headings of a Markdown page can be linked by."""
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", plain(title).lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", TEXTS, ids=by_name)
def test_every_relative_link_leads_somewhere(path: Path):
    for target in targets(path):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        place = path.parent / name if name else path
        assert place.is_file(), target
        assert not anchor or anchor in anchors(place), target


def test_the_readme_links_all_pages():
    linked = targets(ROOT / "README.rst")

    assert [page.name for page in PAGES if f"docs/{page.name}" not in linked] == []


def commands() -> list[str]:
    """Every command of a shell block, and those in the text that begin as ours do."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    shell = [line for text in texts for block in blocks(text, "bash") for line in block.split("\n")]
    inline = [code for text in texts for code in re.findall(r"`+([^`\n]+)`+", text)]
    indented = [line for text in texts for line in re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)]
    return sorted({line.split("#")[0].strip() for line in shell + inline + indented})


def test_every_script_that_is_named_is_there():
    scripts = {
        script
        for line in commands()
        for script in re.findall(r"(?:^|\bbash )((?:\.ci|dev)/\w+)(?= |$)", line)
    }

    assert {"dev/portal", "dev/test", "dev/translations", ".ci/run"} <= scripts
    assert [script for script in scripts if not (ROOT / script).is_file()] == []


def usage(script: str) -> str:
    """The comment at the head of a script: what it prints when it is called wrongly."""
    return read(script).split("\nset ")[0]


@pytest.mark.parametrize("script", ["dev/portal", "dev/test"])
def test_a_script_is_called_in_a_way_that_it_knows(script: str):
    calls = {
        match.group()
        for line in commands()
        if (match := re.match(rf"bash {script}( [a-z]+| --[a-z]+)*", line))
    }

    assert calls
    assert [call for call in calls if call not in usage(script)] == []


def test_every_call_of_the_scanner_is_one_that_it_takes():
    calls = [line.split()[1:] for line in commands() if line.startswith("rgpd scan ")]
    known = {name for param in cli.main.commands["scan"].params for name in param.opts}

    assert calls
    assert [call for call in calls if {word for word in call if word[:2] == "--"} - known] == []


def test_every_extra_that_is_installed_exists():
    named = {extra for line in commands() for extra in re.findall(r"ckanext-rgpd\[(\w+)\]", line)}

    assert named
    assert all(f"\n{extra} = [" in read("pyproject.toml") for extra in named)


def test_the_examples_of_the_library_run():
    source = "\n".join(blocks(read("docs/developer.md"), "pycon"))
    example = doctest.DocTestParser().get_doctest(source, {}, "developer", "developer.md", 0)

    results = doctest.DocTestRunner().run(example)

    assert results.attempted
    assert not results.failed


@pytest.mark.parametrize("path", FRENCH, ids=by_name)
def test_a_french_page_is_set_as_a_printer_would(path: Path):
    text = VERBATIM.sub("", FENCE.sub("", path.read_text(encoding="utf-8")))

    assert [line for line in text.split("\n") if SLIPS.search(line)] == []


@pytest.mark.parametrize("path", TEXTS, ids=by_name)
def test_a_page_is_not_left_half_written(path: Path):
    assert not re.search(r"TODO|FIXME|XXX|lorem", path.read_text(encoding="utf-8"))


def test_the_page_of_the_detectors_is_what_the_modules_say():
    assert detectors.PAGE.read_text(encoding="utf-8") == detectors.page(), (
        "run python -m bench.detectors"
    )


def test_each_detector_has_its_section_and_finds_what_it_says():
    words = yaml.safe_load(detectors.WORDS.read_text(encoding="utf-8"))
    kinds = [kind for entry in words.values() for kind in entry.get("finds", ())]

    assert sorted(words) == detectors.modules()
    assert [kind for kind in kinds if kind not in legal.entries("entity_types")] == []
