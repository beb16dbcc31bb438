"""What one request that only reads asks twice is asked of the database once."""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context, request

_KEPT = "rgpd_once"


def reading() -> bool:
    """Whether this is a request that only reads."""
    return has_request_context() and request.method in ("GET", "HEAD")


def kept(what: str) -> dict[Any, Any]:
    """What the present request knows already under a name, to be read and filled.

    It is empty, and not kept, where nobody reads: in a request that may write, in a job.
    """
    if not reading():
        return {}
    known: dict[str, dict[Any, Any]] | None = g.get(_KEPT)
    if known is None:
        known = {}
        setattr(g, _KEPT, known)
    return known.setdefault(what, {})


def forget(*_session: Any) -> None:
    """A transaction has ended: what was known may not hold any more."""
    if has_request_context():
        g.pop(_KEPT, None)
