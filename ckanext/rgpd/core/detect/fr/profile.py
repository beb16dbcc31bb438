"""Addresses of personal profiles on networks that give organisations pages of another form.

On the others a page may be anybody's: see :mod:`ckanext.rgpd.core.detect.fr.account`.

>>> [hit.entity_type for hit in DETECTOR.find("https://www.linkedin.com/in/jeanne-exempleau/")]
['username']
>>> list(DETECTOR.find("https://www.linkedin.com/company/exemple/"))
[]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import STRONG, Detector

_PATTERN = re.compile(
    r"(?<![\w@-])(?:linkedin\.com/in/|viadeo\.com/(?:fr/)?profile/"
    r"|researchgate\.net/profile/)[\w.%-]{3,100}",
    re.IGNORECASE,
)


def _gate(text: str) -> bool:
    low = text.lower()
    return "/in/" in low or "profile" in low


DETECTOR = Detector(
    rule="profile",
    entity_types=("username",),
    pattern=_PATTERN,
    validate=lambda _: ("username", STRONG),
    mask=lambda value: mask.shape(value, 8),
    gate=_gate,
    examples=(
        "https://www.linkedin.com/in/jeanne-exempleau/",
        "fr.viadeo.com/fr/profile/jeanne.exempleau",
    ),
    counterexamples=(
        "https://www.linkedin.com/company/exemple/",
        "https://www.facebook.com/profile.php?id=100001234567890",  # or a restaurant's
        "https://exemple.fr/in/jeanne",
    ),
)
