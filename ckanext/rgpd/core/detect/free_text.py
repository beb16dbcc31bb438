"""Sentences and documents: read by Presidio's engine with our recognisers and spaCy's names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ckanext.rgpd.core.detect import engine, possible_name
from ckanext.rgpd.core.detect.detector import BELIEVED, Hit, without_overlaps
from ckanext.rgpd.core.detect.detectors import IN_TEXTS, Routes
from ckanext.rgpd.core.detect.gate import Shaped
from ckanext.rgpd.core.detect.secret import secrets
from ckanext.rgpd.core.errors import Unreadable

#: The language model reads pieces of this length; they overlap, so that nothing is cut in both.
_PIECE = 5_000
_OVERLAP = 300


class TextReader:
    """Reads the texts of one file, within a budget of characters for the language model.

    ``unread`` says that there were texts and no language model to read them; the detectors did.
    """

    def __init__(self, max_chars: int, use_model: bool) -> None:
        self.unread = False
        self.engine = "rgpd patterns"
        self._left = max_chars
        self._use_model = use_model
        self._routes = Routes(detectors=IN_TEXTS)

    def read(self, shaped: Shaped, settled: bool = False) -> list[list[Hit]]:
        """The hits in each of these texts; raises Unreadable where they are too many to read.

        The language model reads those that may name somebody, and none once it is ``settled`` that
        the column names persons: what has the form of a full name is one.
        """
        texts = shaped.values
        model = engine.load() if self._use_model else None
        if model is None:
            self.unread = True
            read = self._by_rules(shaped)
        elif settled:
            read = list(map(_with_names, texts, self._by_rules(shaped)))
        else:
            self.engine = model.description
            read = self._by_model(model, texts)
        return [
            hits + secrets(text, hits) if hits else hits
            for text, hits in zip(texts, read, strict=True)
        ]

    def _by_model(self, model: engine.TextEngine, texts: Sequence[str]) -> list[list[Hit]]:
        """What Presidio's engine finds; where nobody can be named the detectors alone are asked."""
        named = [text for text in texts if any(map(possible_name.may_name, _pieces(text)))]
        self._left -= sum(map(len, named))
        if self._left < 0:
            raise Unreadable("too_large", "texts")
        read = dict(zip(named, _read_pieces(model, named), strict=True))
        others = [text for text in texts if text not in read]
        read.update(zip(others, self._by_rules(Shaped(others)), strict=True))
        return [read[text] for text in texts]

    def _by_rules(self, shaped: Shaped) -> list[list[Hit]]:
        """What the detectors alone find, as Presidio's engine would with their recognisers."""
        found = self._routes.find(shaped)
        return [
            [hit for hit in found.get(text, ()) if hit.score >= BELIEVED] for text in shaped.values
        ]


def _with_names(text: str, hits: list[Hit]) -> list[Hit]:
    """The ``hits`` in ``text``, and what has the form of a full name."""
    names = [
        Hit(engine.PERSON, start, end, engine.NAME_SCORE, engine.NAMES)
        for start, end in possible_name.full_names(text)
    ]
    return without_overlaps(hits + names) if names else hits


def _read_pieces(model: engine.TextEngine, texts: Sequence[str]) -> list[list[Hit]]:
    pieces = [(number, start) for number, text in enumerate(texts) for start in _starts(text)]
    found: list[list[Hit]] = [[] for _ in texts]
    read = model.analyze(texts[number][start : start + _PIECE] for number, start in pieces)
    for (number, start), hits in zip(pieces, read, strict=True):
        found[number] += (
            hit._replace(start=hit.start + start, end=hit.end + start) for hit in hits
        )
    return [without_overlaps(hits) for hits in found]


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _PIECE] for start in _starts(text))


def _starts(text: str) -> Iterator[int]:
    yield 0
    yield from range(_PIECE - _OVERLAP, len(text) - _OVERLAP, _PIECE - _OVERLAP)
