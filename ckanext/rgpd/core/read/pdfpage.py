"""What a page of a PDF shows beside its text: pictures and drawings, which nobody here looks at.

Operators: ISO 32000-1, annex A. A picture fills the unit square that the matrix in force makes.
"""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ckanext.rgpd.core.read.illustration import FEW_LETTERS

_LOG = logging.getLogger("pypdf")
# What it says quotes the content, and goes nowhere but to who listens below.
_LOG.propagate = False
_LOG.addHandler(logging.NullHandler())

if TYPE_CHECKING:
    from pypdf import PageObject

#: A page is a picture from this share of its surface on, if it has no more text than a stamp.
_MOST = 0.6
#: Smaller pictures (points in all) hold no words: logos, lines, the grain of a background.
_TOO_SMALL = 40_000
#: So many strokes can be a frame or a signature line, not words drawn as curves.
_STROKES_OF_A_FRAME = 60
_DRAWS = frozenset((b"l", b"c", b"v", b"y", b"re", b"sh"))
_WRITES = frozenset((b"Tj", b"TJ", b"'", b'"'))
_DEEPEST = 8
#: How pypdf says that it left out a part that is drawn on the page.
_LOST = ("Impossible to decode", "Exceeded", "Detected cyclic")
_UNREADABLE = frozenset(("Co", "Cn", "Cs", "Cc"))


class PageText:
    """The text of one page, and whether it is all that the page says.

    ``is_broken`` where a part of it could not be read.
    """

    def __init__(self, page: PageObject) -> None:
        self._scales = [1.0]
        self._covered = 0.0
        self._operators = Counter[bytes]()
        self._objects = _objects(page.get("/Resources"), _DEEPEST)
        with _listening() as losses:
            self.text = page.extract_text(
                visitor_operand_before=self._before, visitor_operand_after=self._after
            )
        self.is_broken = bool(losses)
        self._surface = abs(float(page.mediabox.width) * float(page.mediabox.height)) or 1.0

    @property
    def has_pictures(self) -> bool:
        """Whether there is a picture large enough to hold words."""
        return self._covered > 0

    @property
    def is_hidden(self) -> bool:
        """Whether the page shows words that its text does not hold, as far as can be told."""
        text = self.text.strip()
        if not text:
            drawn = sum(self._operators[name] for name in _DRAWS)
            written = any(self._operators[name] for name in _WRITES)
            return self.has_pictures or written or drawn > _STROKES_OF_A_FRAME
        if len(text) < FEW_LETTERS and self._covered > _MOST * self._surface:
            return True
        return _is_unreadable(text)

    def _before(self, operator: bytes, operands: Any, matrix: Any, _: Any) -> None:
        self._operators[operator] += 1
        if operator == b"INLINE IMAGE":
            self._covered += self._scales[-1] * _scale(matrix)
        elif operator == b"Do" and operands:
            kind, measure = self._objects.get(operands[0], ("", 0.0))
            scale = self._scales[-1] * _scale(matrix)
            if kind == "/Image" and measure > _TOO_SMALL:
                self._covered += scale
            self._scales.append(scale * measure if kind == "/Form" else self._scales[-1])

    def _after(self, operator: bytes, operands: Any, *_: Any) -> None:
        if operator == b"Do" and operands:
            self._scales.pop()


class _Losses(logging.Handler):
    """Hears which parts of a page the library passed over; its words quote the content."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[None] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a loss, and repeat nothing."""
        if str(record.msg).startswith(_LOST):
            self.found.append(None)


@contextmanager
def _listening() -> Iterator[list[None]]:
    losses = _Losses()
    _LOG.addHandler(losses)
    try:
        yield losses.found
    finally:
        _LOG.removeHandler(losses)


def _objects(resources: Any, deep: int) -> dict[str, tuple[str, float]]:
    """Name -> ``/Image`` with its points, or ``/Form`` with the scale of its matrix."""
    found: dict[str, tuple[str, float]] = {}
    objects = (resources.get_object() if resources else {}).get("/XObject")
    for name, reference in (objects.get_object() if objects else {}).items():
        item = reference.get_object()
        kind = item.get("/Subtype")
        if kind == "/Form":
            found[name] = (kind, _scale(item.get("/Matrix", (1, 0, 0, 1, 0, 0))))
            if deep:
                found = _objects(item.get("/Resources"), deep - 1) | found
        elif kind == "/Image":
            found[name] = (kind, float(item.get("/Width", 0)) * float(item.get("/Height", 0)))
    return found


def _scale(matrix: Any) -> float:
    """How much larger a surface becomes."""
    a, b, c, d = (float(number) for number in matrix[:4])
    return abs(a * d - b * c)


def _is_unreadable(text: str) -> bool:
    """Whether a font's letters were given no meaning: signs that nobody writes."""
    signs = [char for char in text if not char.isspace()]
    strange = sum(c == "\ufffd" or unicodedata.category(c) in _UNREADABLE for c in signs)
    return strange > 0.2 * len(signs)
