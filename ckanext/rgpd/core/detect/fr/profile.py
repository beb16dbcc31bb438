"""Addresses of personal profiles: the page of one person at a network, by that network's own form.

A page that may be a company's as well (most of Facebook, Twitter, Instagram) is left out.

>>> [hit.entity_type for hit in DETECTOR.find("https://www.linkedin.com/in/jeanne-exemple/")]
['username']
>>> list(DETECTOR.find("https://www.linkedin.com/company/exemple"))
[]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect.detector import STRONG, Detector
from ckanext.rgpd.core.detect.gate import shape

_PATTERN = re.compile(
    r"(?<![\w-])(?ai:linkedin\.com/in/|viadeo\.com/\w{2}/profile/|orcid\.org/(?=\d{4}-)"
    r"|researchgate\.net/profile/)[\w%.-]{2,100}"
)
_NETWORKS = ("linkedin.com/in/", "viadeo.com/", "orcid.org/", "researchgate.net/profile/")


def _validate(_match: re.Match[str]) -> tuple[str, float]:
    return "username", STRONG


def _mask(value: str) -> str:
    return f"{value[:4]}***/***"


def _names_network(text: str) -> bool:
    return "/" in text and any(
        name in text.lower()
        for name in ("linkedin.", "viadeo.", "orcid.", "researchgate.", "facebook.")
    )


DETECTOR = Detector(
    rule="profile",
    entity_types=("username",),
    pattern=_PATTERN,
    validate=_validate,
    mask=_mask,
    gate=_names_network,
    shape=shape(r"[.][Aa]{3}/"),
    examples=(
        "https://www.linkedin.com/in/jeanne-exemple/",
        "fr.linkedin.com/in/jexemple",
        "https://orcid.org/0000-0002-1825-0097",
    ),
    counterexamples=(
        "https://www.linkedin.com/company/exemple",
        "https://www.facebook.com/profile.php?id=100000000000000",
        "https://orcid.org/about",
    ),
)
