"""The text of a PDF, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..errors import Unreadable
from .cells import Batch, Limits
from .document import page
from .source import Source


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Each page's text; raises Unreadable after the last page where some are only pictures."""
    without_text = []
    number = 0
    for number, text in _pages(source, limits):
        if not text.strip():
            without_text.append(number)
        source.done = source.size * number // limits.max_pages
        yield page(text, f"page {number}")
    if without_text:
        raise Unreadable("no_text_layer", f"page {', '.join(map(str, without_text[:20]))}")
