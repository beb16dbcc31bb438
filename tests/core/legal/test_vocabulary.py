"""The words: complete in both languages, typeset as each language wants, and all of use."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.rgpd.core.legal import article, entries, explain, label, text
from ckanext.rgpd.core.legal.vocabulary import _load

KINDS = ["articles", "entity_types", "questions", "reasons", *_load("vocabulary.yaml")]
KINDS_OF_ANSWER = {
    "choice",
    "choices",
    "columns",
    "columns_basis",
    "date",
    "document",
    "number",
    "secrets",
    "text",
    "url",
}
NO_BREAK = "\u00a0"


def texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every pair of texts, with its place."""
    if not isinstance(value, dict):
        return
    if "fr" in value or "en" in value:
        yield path, value
    for key, inner in value.items():
        yield from texts(inner, f"{path}.{key}")


TEXTS = [pair for kind in KINDS for pair in texts(dict(entries(kind)), kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_has_a_label(kind: str) -> None:
    assert all("label" in entry for entry in entries(kind).values())


@pytest.mark.parametrize(("place", "pair"), TEXTS, ids=[place for place, _ in TEXTS])
def test_every_text_is_in_french_and_in_english_and_well_typeset(
    place: str, pair: dict[str, str]
) -> None:
    assert set(pair) == {"fr", "en"}
    assert all(words.strip() == words != "" for words in pair.values())
    assert "'" not in pair["fr"] + pair["en"]
    for sign in re.finditer(r"(.)[:;?!»]", pair["fr"]):
        assert sign[1] == NO_BREAK, f"{place}: no-break space before the sign"
    assert not re.search(f"«[^{NO_BREAK}]", pair["fr"])
    assert not re.search(r"\s[:;?!]", pair["en"])


@pytest.mark.parametrize("code", entries("reasons"))
def test_every_reason_has_a_sentence_a_remedy_and_an_article_with_its_address(code: str) -> None:
    for lang in ("fr", "en"):
        words = explain(code, lang)
        assert words.sentence.endswith(".")
        assert words.remedy.endswith(".")
        assert words.articles
        assert all(item.url.startswith("https://") for item in words.articles)


def test_every_reason_leads_to_an_outcome_and_speaks_of_a_question_that_exist() -> None:
    for code, rule in entries("reasons").items():
        assert rule.get("outcome") in {None, *entries("outcomes")}, code
        assert rule.get("field") in {None, *entries("questions")}, code
        assert rule.get("lifted_as") in {None, *entries("reasons")}, code
        assert set(rule["articles"]) <= set(entries("articles")), code
        assert set(rule) <= {
            "outcome",
            "field",
            "dpo_required",
            "dpo_lifts",
            "lifted_as",
            "articles",
            "label",
            "remedy",
        }, code


def test_every_article_is_cited_once_at_least() -> None:
    citing = [
        entry for kind in ("reasons", "bases", "questions") for entry in entries(kind).values()
    ]
    cited = {key for entry in citing for key in entry["articles"]}

    assert cited == set(entries("articles"))
    assert article("crpa_l312_1_2", "fr").url.endswith("LEGIARTI000033205514")


def test_every_question_has_one_line_of_help_and_choices_that_exist() -> None:
    for key, question in entries("questions").items():
        assert len(text("questions", key, "help", "fr")) <= 120, key
        assert question["kind"] in KINDS_OF_ANSWER, key
        assert question.get("choices") in {None, *KINDS}, key
        assert set(question.get("bases", ())) <= set(entries("bases")), key
        assert question["screen"] in entries("screens"), key
        assert re.fullmatch(r"Q\d\db?", question["number"]), key
        assert set(question["articles"]) <= set(entries("articles")), key
        assert set(question.get("types", ())) <= set(entries("entity_types")), key
        for field, values in question.get("when", {}).items():
            assert values, key
            assert field == "personal" or field in entries("questions"), key


def test_there_are_nine_screens_at_the_most() -> None:
    shown = {q["screen"] for q in entries("questions").values() if not q.get("hidden")}

    assert len(entries("screens")) <= 9
    assert shown == set(entries("screens"))


def test_every_number_of_the_procedure_has_its_question() -> None:
    numbers = {question["number"] for question in entries("questions").values()}

    assert numbers == {*(f"Q{number:02}" for number in range(1, 19)), "Q14b"}


@pytest.mark.parametrize(
    "kind", ["bases", "d312_categories", "text_natures", "text_scopes", "consent_channels"]
)
def test_unknown_is_the_last_choice(kind: str) -> None:
    assert list(entries(kind))[-1] == "unknown"


def test_every_kind_of_data_has_a_class_and_terms_of_the_vocabulary() -> None:
    for key, kind in entries("entity_types").items():
        assert kind["class"] in entries("entity_classes"), key
        assert all(iri.startswith("https://w3id.org/dpv") for iri in kind["dpv"]), key


def test_severe_identifiers_are_those_that_harm_when_disclosed() -> None:
    severe = {key for key, kind in entries("entity_types").items() if kind.get("severe")}

    identity = {"nir", "tax_number", "tax_spi", "id_document", "cni", "passport"}
    assert severe == identity | {"iban", "rib", "payment_card"}


def test_a_label_is_in_the_language_of_its_reader_or_in_english() -> None:
    assert label("outcomes", "block", "fr") == "Refusé"
    assert label("outcomes", "block", "fr_FR") == "Refusé"
    assert label("outcomes", "block", "en") == label("outcomes", "block", "br") == "Refused"


def test_a_key_without_an_entry_is_shown_as_it_is() -> None:
    assert label("entity_types", "of_a_plugin", "fr") == "of_a_plugin"


def test_a_kind_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        entries("no_such_kind")


def test_importing_the_law_reads_no_file_and_loads_nothing_heavy() -> None:
    script = (
        "import sys, ckanext.rgpd.core.legal as legal;"
        "assert legal.entries.cache_info().currsize == 0;"
        "heavy = {'ckan', 'flask', 'sqlalchemy', 'spacy', 'presidio_analyzer', 'polars', 'yaml'};"
        "assert not heavy & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", script], check=True)
