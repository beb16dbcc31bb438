"""Each detector on texts that are almost its own: it keeps its promises, and takes no time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.rgpd.core.detect.detector import HINT, REJECTED, STRONG, Detector
from ckanext.rgpd.core.detect.detectors import DETECTORS, Routes, find
from ckanext.rgpd.core.detect.gate import Shaped
from tests.fuzz.conftest import Rounds, bounded

PIECES = sorted({text for d in DETECTORS for text in (*d.examples, *d.counterexamples)})
SIGNS = ["", " ", "\n", "\t", ".", "-", "/", "@", ":", "0", "1", "9", "A", "é", "\u00a0", "\u2019",
         "\0", "\ufeff", "\u0661", "Ⅷ", "ß", "İ", "𝟙", "e\u0301", "M. ", "rue "]  # fmt: skip
LONG = 100_000
SECONDS = 5


def almost(chance: random.Random, detector: Detector) -> str:
    """Examples of a detector, cut, joined and changed."""
    own = (*detector.examples, *detector.counterexamples)
    parts = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = list(chance.choice(own if chance.random() < 0.7 else PIECES))
        for _ in range(chance.choice((0, 1, 1, 3))):
            at = chance.randrange(len(text) + 1)
            text[at : at + chance.choice((0, 1, 3))] = chance.choice(SIGNS)
        parts.append("".join(text))
    return chance.choice(SIGNS).join(parts)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.rule)
def test_a_detector_keeps_its_promises(detector: Detector, rounds: Rounds) -> None:
    for chance, guard in rounds():
        text = almost(chance, detector)
        with guard:
            hits = list(detector.find(text))
        for hit in hits:
            assert 0 <= hit.start < hit.end <= len(text), text
            assert hit.entity_type in detector.entity_types, text
            assert REJECTED <= hit.score <= STRONG, text
            piece = text[hit.start : hit.end]
            assert detector.mask(piece) != piece, text
        assert detector.gate(text) or not any(hit.score for hit in hits), text


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.rule)
def test_a_value_in_a_column_is_found_as_it_is_alone(detector: Detector, rounds: Rounds) -> None:
    """The quick way, many values at once, finds what the plain way finds."""
    for chance, guard in rounds():
        values = [almost(chance, detector).replace("\n", " ") for _ in range(chance.choice((1, 5)))]
        header = frozenset(chance.choice(((), sorted(detector.context)[:1])))
        with guard:
            quick = Routes(header).find(Shaped(values))
        for value in values:
            plain = [hit for hit in find(value, header) if hit.score > HINT]
            found = [hit for hit in quick.get(value, []) if hit.score > HINT]
            assert found == plain, (value, header)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.rule)
def test_a_long_text_takes_no_longer_than_its_length(detector: Detector) -> None:
    for piece in {*detector.examples, *(p[: len(p) // 2] for p in detector.examples), *SIGNS, "1 "}:
        if not piece:
            continue
        text = (piece * (LONG // len(piece) + 1))[:LONG]
        begin = time.monotonic()
        with bounded():
            for _ in detector.find(text) if detector.gate(text) else ():
                pass
        assert time.monotonic() - begin < SECONDS, repr(piece)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(PIECES), st.text(max_size=20))
def test_any_text_around_a_value_raises_nothing(before: str, piece: str, after: str) -> None:
    text = before + piece + after
    assert all(0 <= hit.start < hit.end <= len(text) for hit in find(text))
