"""Sentences and documents: read by Presidio's engine with our recognisers and spaCy's names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ckanext.rgpd.core.detect import engine
from ckanext.rgpd.core.detect.detector import BELIEVED, Hit, without_overlaps
from ckanext.rgpd.core.detect.detectors import find
from ckanext.rgpd.core.detect.secret import secrets
from ckanext.rgpd.core.errors import Unreadable

#: The language model reads pieces of this length; they overlap, so that nothing is cut in both.
_PIECE = 5_000
_OVERLAP = 300


class TextReader:
    """Reads the texts of one file, within a budget of characters.

    ``unread`` says that there were texts and no language model to read them; the detectors did.
    """

    def __init__(self, max_chars: int, use_model: bool) -> None:
        self.unread = False
        self.engine = "rgpd patterns"
        self._left = max_chars
        self._use_model = use_model

    def read(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits in each of ``texts``; raises Unreadable where they are too many to read."""
        if not texts:
            return []
        self._left -= sum(map(len, texts))
        if self._left < 0:
            raise Unreadable("too_large", "texts")
        model = engine.load() if self._use_model else None
        if model is None:
            self.unread = True
            read = [[hit for hit in find(text) if hit.score >= BELIEVED] for text in texts]
        else:
            self.engine = model.description
            read = _read_pieces(model, texts)
        return [hits + secrets(text, hits) for text, hits in zip(texts, read, strict=True)]


def _read_pieces(model: engine.TextEngine, texts: Sequence[str]) -> list[list[Hit]]:
    pieces = [(number, start) for number, text in enumerate(texts) for start in _starts(text)]
    found: list[list[Hit]] = [[] for _ in texts]
    read = model.analyze(texts[number][start : start + _PIECE] for number, start in pieces)
    for (number, start), hits in zip(pieces, read, strict=True):
        found[number] += (
            hit._replace(start=hit.start + start, end=hit.end + start) for hit in hits
        )
    return [without_overlaps(hits) for hits in found]


def _starts(text: str) -> Iterator[int]:
    yield 0
    yield from range(_PIECE - _OVERLAP, len(text) - _OVERLAP, _PIECE - _OVERLAP)
