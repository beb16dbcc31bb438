"""Reasons: what each code leads to, and how it is explained to the publisher."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ckanext.rgpd.core.legal.vocabulary import entries, text
from ckanext.rgpd.core.types import PUBLISHING, Reason

_OPEN = (None, *PUBLISHING)


@dataclass(frozen=True, slots=True)
class Article:
    """A text of law: its usual name and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason in words: the sentence, what would change it, and the articles behind it."""

    code: str
    sentence: str
    remedy: str
    articles: tuple[Article, ...]


def because(code: str, columns: Iterable[str] = (), field: str | None = None) -> Reason:
    """The reason ``code``, with the outcome that the rules give it."""
    return Reason(code, entries("reasons")[code].get("outcome"), tuple(columns), field)


def field_of(reason: Reason) -> str | None:
    """The answer that the reason is about, where it is about one."""
    return reason.field or entries("reasons")[reason.code].get("field")


def explain(code: str, lang: str) -> Explanation:
    """The words of a reason; raises :class:`KeyError` for a code that does not exist."""
    return Explanation(
        code=code,
        sentence=text("reasons", code, "label", lang),
        remedy=text("reasons", code, "remedy", lang),
        articles=tuple(article(key, lang) for key in entries("reasons")[code]["articles"]),
    )


def article(key: str, lang: str) -> Article:
    """The article ``key`` of ``articles.yaml``."""
    return Article(text("articles", key, "label", lang), entries("articles")[key]["url"])


def opens(reason: Reason) -> bool:
    """Whether the reason, alone, would not keep the file closed."""
    return reason.outcome in _OPEN


def most_severe(reasons: Iterable[Reason]) -> str:
    """The outcome that wins, in the order of ``outcomes``; closed where no reason has one."""
    order = list(entries("outcomes"))
    collected = {reason.outcome for reason in reasons if reason.outcome}
    return min(collected, key=order.index, default="quarantine")
