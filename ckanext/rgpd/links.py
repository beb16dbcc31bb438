"""Links: what stands behind them is read as an upload is, and looked at again as time passes.

What is remembered of a link is its fingerprint; the content itself is not kept. A page or a
service is no file: unless the portal's options say otherwise, its link is a reviewer's to decide.
"""

from __future__ import annotations

import mimetypes
import re
import tempfile
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import config, escrow, fetch
from ckanext.rgpd.core import scan
from ckanext.rgpd.model import LinkCheck, Version
from ckanext.rgpd.model.columns import utcnow

NOT_A_FILE = "not_a_file"
PAGE_TYPES = ("text/html", "application/xhtml+xml")
SERVICES = frozenset("api rest sparql wms wfs wmts wcs csw wps tms esri ogc".split())
#: How much of both ends of a JSON answer is searched for the sign of a further page.
ENDS = 1 << 16
NEXT_PAGE = re.compile(
    rb'"(?:next|nextPage|next_page|next_url|nextPageToken|nextLink|@odata\.nextLink)"'
    rb'\s{0,9}:\s{0,9}(?:"[^"]|[1-9{])|"rel"\s{0,9}:\s{0,9}"next"'
)
#: One look in so many asks for the whole content, though the server may say that nothing changed.
WHOLE_EVERY = 7
#: So many looks in a row without an answer, and the link is closed.
MAX_FAILURES = 3


@dataclass(frozen=True)
class Seen:
    """What stood behind an address: a content, or the problem that there is none to read."""

    problem: str = ""
    passing: bool = False
    unchanged: bool = False
    sha256: str | None = None
    size: int | None = None
    filename: str = ""
    remembered: dict[str, str] = field(default_factory=dict)


def folder_file() -> Any:
    """A file in the escrow's folder that is gone when it is closed."""
    return tempfile.NamedTemporaryFile(dir=escrow.folder(), prefix="link-", suffix=".part")


def read_into(version: Version, target: IO[bytes]) -> Seen:
    """Write what stands behind a link to ``target``, and remember in the database what it was."""
    check = LinkCheck.of(version.id)
    seen = _look(version, target, {})
    check.remember(seen.remembered, seen.problem)
    version.sha256, version.size = seen.sha256, seen.size
    version.filename = seen.filename or None
    ckan_model.Session.commit()
    return seen


def has_changed(version: Version) -> bool:
    """Look again, and say whether something else stands there than what was read.

    A server that does not answer is asked again some times before that counts as a change;
    a link that never could be read stays as its reviewer left it until it can be.
    """
    check = LinkCheck.of(version.id)
    whole = check.checks % WHOLE_EVERY == WHOLE_EVERY - 1
    with folder_file() as target:
        seen = _look(version, target, {} if whole else check.conditions())
    if seen.passing:
        check.failures += 1
        gone = check.failures >= MAX_FAILURES and not check.problem
        check.checked = utcnow()
    else:
        gone = not seen.unchanged and (seen.sha256, seen.problem) != (version.sha256, check.problem)
        check.remember(check.headers if seen.unchanged else seen.remembered, check.problem)
    ckan_model.Session.commit()
    return gone


def _look(version: Version, target: IO[bytes], conditions: dict[str, str]) -> Seen:
    url = version.url or ""
    reviewed = config.links_pages() == config.REVIEW
    if reviewed and _is_service(url, _format_of(version)):
        return Seen(problem=NOT_A_FILE)
    ckan_model.Session.commit()  # no transaction stays open while the server takes its time
    try:
        answer = fetch.fetch(url, target, config.links_bounds(), conditions)
    except fetch.NotFetched as refusal:
        return Seen(problem=refusal.problem, passing=refusal.passing)
    if answer.sha256 is None:
        return Seen(unchanged=True)
    if reviewed and (_is_page(answer) or _goes_on(answer, target)):
        return Seen(problem=NOT_A_FILE)
    headers = {name: answer.headers.get(name) or "" for name in LinkCheck.HEADERS}
    return Seen(
        sha256=answer.sha256,
        size=answer.size,
        filename=_filename(version, answer),
        remembered=headers,
    )


def _is_service(url: str, resource_format: str) -> bool:
    """Whether an address is of a service that is asked questions (WMS, WFS, an API)."""
    asked = {key.lower(): value.lower() for key, value in parse_qsl(urlsplit(url).query)}
    words = set(re.split(r"[^a-z]+", resource_format.lower()))
    return asked.get("service") in SERVICES or bool(words & SERVICES)


def _is_page(answer: fetch.Answer) -> bool:
    return answer.headers.get_content_type() in PAGE_TYPES


def _goes_on(answer: fetch.Answer, target: IO[bytes]) -> bool:
    """Whether an answer is one page of several, which says so in a header or in its JSON."""
    if re.search(r'rel="?next\b', answer.headers.get("Link") or "", re.IGNORECASE):
        return True
    if not answer.headers.get_content_subtype().endswith("json"):
        return False
    with Path(target.name).open("rb") as content:
        ends = content.read(ENDS)
        content.seek(max(0, answer.size - ENDS))
        return bool(NEXT_PAGE.search(ends) or NEXT_PAGE.search(content.read(ENDS)))


def _filename(version: Version, answer: fetch.Answer) -> str:
    """A name whose extension says how to read the content: the first that there is a reader for.

    Asked in turn: the name that the server gives, both addresses, the resource's format, the
    media type. Without an extension the content itself tells.
    """
    disposition = Message()
    disposition["Content-Disposition"] = answer.headers.get("Content-Disposition") or ""
    resource_format = re.sub(r"[^a-z0-9]", "", _format_of(version).lower())
    names = (
        disposition.get_filename() or "",
        _last_part(answer.url),
        _last_part(version.url or ""),
        f"lien.{resource_format}",
        f"lien{mimetypes.guess_extension(answer.headers.get_content_type()) or ''}",
    )
    return next((name for name in names if scan.supported(name)), "lien")


def _last_part(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).name


def _format_of(version: Version) -> str:
    resource = ckan_model.Resource.get(version.resource_id)
    return (resource.format if resource else "") or ""


def refuse_unsafe() -> None:
    """Stop CKAN from starting where links may lead into its own network: that is for tests."""
    if config.links_internal() and not tk.asbool(tk.config.get("testing")):
        raise CkanConfigurationException(
            f"{config.LINKS_INTERNAL} lets links read this server's own network. It is for "
            "tests only: remove it, or reach internal servers through a proxy."
        )
