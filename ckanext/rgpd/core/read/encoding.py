"""Which letters the bytes of a text are, and the repair of those that were encoded twice."""

from __future__ import annotations

import codecs
from collections import Counter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: UTF-8 that was taken for cp1252 and written as UTF-8 again.
DOUBLE = "utf-8 twice"
#: What a text's wrong bytes become: cp1252's letters, as that is where they come from.
AS_CP1252 = "rgpd.cp1252"
_KEEP = "rgpd.keep"

#: In order of preference where nothing tells them apart.
_EIGHT_BITS = ("cp1252", "mac_roman", "cp850")
_COMMON = "éèàêçùôîâûëïüœÉÈÀ"
_POSSIBLE = "’«»°€“”–—…ÊÔÎÇæÂÜñöä²³\xa0"
_ASCII = bytes(range(128))
#: As many bytes above ASCII tell the encoding.
_ENOUGH = 200_000
#: As many accents tell whether they were encoded twice.
_ENOUGH_ACCENTS = 50_000
#: How accents and signs begin that were encoded twice.
_DOUBLED = (b"\xc3\x83", b"\xc3\x82\xc2", b"\xc3\xa2\xe2", b"\xc3\x85")


class Census:
    """Counts what tells the encodings from each other, chunk by chunk."""

    def __init__(self, head: bytes) -> None:
        self._mark = next((name for bom, name in _MARKS if head.startswith(bom)), None)
        self._head = head
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._nul = False
        self._errors = self._accents = self._letters = self._doubled = 0
        self._high: Counter[int] = Counter()

    def add(self, chunk: bytes) -> None:
        """Count the bytes of one chunk."""
        if self._mark or chunk.isascii():
            return
        if self._nul or b"\0" in chunk:
            self._nul = True
            return
        text = self._decoder.decode(chunk)
        self._errors += text.count("\ufffd")
        self._accents += max(0, len(chunk) - len(text))
        if self._letters < _ENOUGH_ACCENTS:
            self._doubled += sum(map(chunk.count, _DOUBLED))
            self._letters += chunk.count(b"\xc3")
        if self._errors and self._high.total() < _ENOUGH:
            self._high.update(chunk.translate(None, _ASCII))

    def encoding(self) -> str | None:
        """The encoding, None where the bytes are no text.

        A few wrong bytes do not make a UTF-8 file something else.
        """
        if self._mark:
            return self._mark
        if self._nul or b"\0" in self._head:
            return _wide(self._head)
        if not _is_text(self._head):
            return None
        if self._accents < 10 * self._errors:
            return max(_EIGHT_BITS, key=self._likely)
        return DOUBLE if self._doubled > 0.9 * self._letters else "utf-8"

    def _likely(self, encoding: str) -> float:
        """How French the letters would be."""
        score = 0.0
        for byte, count in self._high.items():
            letter = bytes((byte,)).decode(encoding, "replace")
            score += count * (1 if letter in _COMMON else 0.3 if letter in _POSSIBLE else -1)
        return score


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark, told by the letters it gives; None for other bytes."""
    order = "le" if head[1::2].count(0) > head[::2].count(0) else "be"
    for encoding in (f"utf-32-{order}", "utf-32-be", f"utf-16-{order}"):
        text = head[: len(head) // 4 * 4].decode(encoding, errors="replace")
        latin = sum(char.isprintable() or char in "\t\r\n" for char in text if char < "\u0250")
        if latin > 0.8 * len(text) > 0 and "\ufffd" not in text[:-1]:
            return encoding
    return None


def _is_text(head: bytes) -> bool:
    controls = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b\x1c")
    return controls <= len(head) / 100


def codec(encoding: str | None) -> str:
    """The name that Python knows an encoding by."""
    return "utf-8" if encoding in (DOUBLE, None) else str(encoding)


class Repair:
    """Undoes the second encoding, chunk by chunk; what was encoded once is kept."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(AS_CP1252)

    def feed(self, chunk: bytes, final: bool = False) -> bytes:
        """The bytes as they were before."""
        return self._decoder.decode(chunk, final).encode("cp1252", _KEEP)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _keep(error: UnicodeError) -> tuple[bytes, int]:
    """A letter that cp1252 has not: one of its holes, or a letter that was encoded once."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    whole = "".join(letters)
    return whole.encode("latin-1" if max(whole) < "\xa0" else "utf-8", "replace"), error.end


codecs.register_error(AS_CP1252, _as_cp1252)
codecs.register_error(_KEEP, _keep)
