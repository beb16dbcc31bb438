"""What one request that only reads asks twice is asked of the database once."""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context, request

_KEPT = "rgpd_once"


def kept(what: str) -> dict[Any, Any]:
    """What the present request knows already under a name, to be read and filled.

    It is empty, and not kept, where nobody reads: in a request that may write, in a job.
    """
    if not has_request_context():
        return {}
    known: dict[str, dict[Any, Any]] | None = g.get(_KEPT)
    if known is None:
        if request.method not in ("GET", "HEAD"):
            return {}
        known = {}
        setattr(g, _KEPT, known)
    return known.setdefault(what, {})


def forget(*_session: Any) -> None:
    """A transaction has ended: what was known may not hold any more."""
    if has_request_context():
        g.pop(_KEPT, None)
