"""HTML: what is shown, and what is not: attributes, scripts, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read.cells import Batch, Limits
from ckanext.rgpd.core.read.source import Source
from ckanext.rgpd.core.read.text import documents

_CHUNK = 64 * 1024
#: Elements that do not end a paragraph.
_INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i ins kbd label mark q s samp small "
    "span strike strong sub sup td th time tt u var wbr".split()
)
_CELLS = frozenset(("td", "th"))
#: Attributes in which people write.
_ATTRIBUTES = frozenset(
    "href alt title content value placeholder aria-label summary label cite action".split()
)
_LONGEST = 20_000


def read(source: Source, limits: Limits, is_value: Callable[[str], bool]) -> Iterator[Batch]:
    """Each paragraph and each row of a table, at the line where it ends."""
    lines = source.text(longest_line=limits.max_cell_chars * 4)
    yield from documents(_paragraphs(iter(lambda: lines.read(_CHUNK), "")))


def texts_in(html: str) -> Iterator[str]:
    """The texts of a page that is at hand."""
    return (text for text, _ in _paragraphs(iter([html])))


def _paragraphs(chunks: Iterator[str]) -> Iterator[tuple[str, str]]:
    page = _Page()
    for chunk in chunks:
        page.parse(chunk)
        yield from page.take()
    page.parse("", last=True)
    page.end()
    yield from page.take()


class _Page(HTMLParser):
    """Gathers the words of a page into paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._length = 0
        self._done: list[tuple[str, str]] = []

    def parse(self, chunk: str, last: bool = False) -> None:
        """Read on; raises Unreadable at what the standard library asserts that nobody writes."""
        try:
            self.feed(chunk)
            if last:
                self.close()
        except AssertionError as e:
            raise Unreadable("corrupt", f"line {self.getpos()[0]}") from e

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Some attributes are read; an element that is no part of a line begins another."""
        if tag not in _INLINE:
            self.end()
        elif tag == "br":
            self._parts.append("\n")
        for name, value in attrs:
            written = name in _ATTRIBUTES or name.startswith("data-")
            if value and written and (" " in value or "@" in value or ":" in value):
                self._add_apart(unquote(value))

    def handle_endtag(self, tag: str) -> None:
        """The cells of a row stay together."""
        if tag in _CELLS:
            self._parts.append(" ; ")
        elif tag not in _INLINE:
            self.end()

    def handle_data(self, data: str) -> None:
        """What is shown, and scripts too."""
        self._parts.append(data)
        self._length += len(data)
        if self._length > _LONGEST:
            self.end()

    def handle_comment(self, data: str) -> None:
        """What is not shown is read too."""
        self._add_apart(data)

    def end(self) -> None:
        """A paragraph ends here."""
        self._add_apart("".join(self._parts))
        self._parts, self._length = [], 0

    def _add_apart(self, text: str) -> None:
        if text.strip(" ;\r\n\t"):
            self._done.append((text.strip(), f"line {self.getpos()[0]}"))

    def take(self) -> list[tuple[str, str]]:
        """What was gathered since the last time."""
        done, self._done = self._done, []
        return done
