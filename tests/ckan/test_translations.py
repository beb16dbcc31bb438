"""The catalogues hold all that is said, and what is said comes out in the reader's language."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import ckan.plugins as plugins
import polib
import pytest

ROOT = Path(__file__).parents[2]
DOMAIN = "ckanext-rgpd"
LANGUAGES = ("fr", "en")
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[a-z]")

#: What French typography forbids: a straight apostrophe or quotation mark, and no no-break space
#: before a colon, a semicolon, a question or exclamation mark, or inside guillemets.
SLIPS = re.compile("['\"“”]|(?<!\u00a0)[;?!»]|(?<!\u00a0):(?=\\s|$)|«(?!\u00a0)")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / f"i18n/{language}/LC_MESSAGES/{DOMAIN}.po"))


def sentences(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each sentence of the source with its translation; two where there is a plural."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    sources = (entry.msgid, entry.msgid_plural)
    return [(sources[min(n, 1)], text) for n, text in entry.msgstr_plural.items()]


def translations(language: str) -> list[tuple[str, str]]:
    return [pair for entry in catalogue(language) for pair in sentences(entry)]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The sentences of the code and of the templates, extracted anew."""
    template = tmp_path_factory.mktemp("i18n") / f"{DOMAIN}.pot"
    command = ["setup.py", "--quiet", "extract_messages", "--input-dirs", "ckanext"]
    subprocess.run([sys.executable, *command, "--output-file", str(template)], cwd=ROOT, check=True)
    return {entry.msgid for entry in polib.pofile(str(template))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_sentence_of_the_code_and_no_other(said, language):
    held = {entry.msgid for entry in catalogue(language)}

    assert held == said, "run dev/translations, then translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_a_guess(language):
    entries = catalogue(language)

    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []
    assert entries.untranslated_entries() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders(language):
    changed = [
        source
        for source, text in translations(language)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text))
    ]

    assert changed == []


def test_english_is_the_language_of_the_source():
    assert [source for source, text in translations("en") if text != source] == []


def test_french_is_set_as_a_printer_would():
    assert [text for _, text in translations("fr") if SLIPS.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_says_the_same_as_what_is_written(language):
    path = ROOT / f"i18n/{language}/LC_MESSAGES/{DOMAIN}.mo"
    compiled = [pair for entry in polib.mofile(str(path)) for pair in sentences(entry)]

    assert sorted(compiled) == sorted(translations(language)), "run dev/translations"


def test_the_plugin_gives_ckan_the_installed_catalogues_and_the_languages_they_are_in():
    plugin = plugins.get_plugin("rgpd")
    found = Path(plugin.i18n_directory()).glob(f"*/LC_MESSAGES/{DOMAIN}.mo")

    assert plugin.i18n_domain() == DOMAIN
    assert sorted(path.parts[-3] for path in found) == plugin.i18n_locales() == sorted(LANGUAGES)


@pytest.fixture
def page(fetch, people, held, dataset):
    """The text of a page as its reader gets it."""
    places = {"dataset": dataset["name"], "resource": held["id"]}

    def get(address: str, reader: str | None) -> str:
        answer = fetch(address.format(**places), getattr(people, reader) if reader else None)
        assert answer.status_code == 200, address
        return html.unescape(answer.body)

    return get


RESOURCE = "/dataset/{dataset}/resource/{resource}"
PAGES = [
    ("/dataset/{dataset}", None),
    ("/dataset/{dataset}", "publisher"),
    ("/dataset/edit/{dataset}", "publisher"),
    (RESOURCE, "publisher"),
    (f"{RESOURCE}/rgpd", "publisher"),
    (f"{RESOURCE}/rgpd", "dpo"),
    ("/rgpd/review", "dpo"),
]


def said_in(text: str) -> tuple[list[str], list[str]]:
    """Our French and our English sentences in a page; single words may stand there by chance."""
    pairs = [pair for pair in translations("fr") if all(" " in sentence for sentence in pair)]
    french = [sentence for _, sentence in pairs if sentence in text]
    return french, [sentence for sentence, _ in pairs if sentence in text]


def test_the_portals_pages_speak_french_and_no_english(page):
    for address, reader in PAGES:
        french, english = said_in(page(address, reader))
        assert french, address
        assert not english, address


def test_the_same_pages_speak_english_where_it_is_asked_for(page):
    for address, reader in PAGES:
        french, english = said_in(page(f"/en{address}", reader))
        assert english, address
        assert not french, address
