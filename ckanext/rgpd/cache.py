"""No cache between the portal and its reader may keep what only that reader may see."""

from __future__ import annotations

from flask import Response, g, has_request_context, request


def forbid() -> None:
    """Mark the answer to the present request, if there is one, as its reader's own."""
    if has_request_context():
        g.rgpd_no_store = True


def apply(response: Response) -> Response:
    """Write the headers of a marked answer: ``private, no-store``."""
    if g.get("rgpd_no_store"):
        request.environ["__no_cache__"] = True  # CKAN then writes "private", not "public"
        response.cache_control.no_store = True
    return response
