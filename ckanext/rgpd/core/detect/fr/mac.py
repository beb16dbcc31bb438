"""MAC addresses: the number of a network card, and so of the telephone or computer that bears it.

Six pairs of hexadecimal digits (IEEE 802). Personal data where the device is a person's (CNIL,
délibération 2015-255, JCDecaux). The examples are IEEE's range for documentation (RFC 7042).

>>> texts = ("00:00:5E:00:53:AF", "01-02-03-04-05-06")
>>> [hit.score for text in texts for hit in DETECTOR.find(text)]
[0.9, 0.2]
"""

from __future__ import annotations

import re

from ckanext.rgpd.core.detect import mask
from ckanext.rgpd.core.detect.detector import HINT, STRONG, Detector
from ckanext.rgpd.core.detect.gate import shape

_PATTERN = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?P<mark>[:-])(?:[0-9A-Fa-f]{2}(?P=mark)){4}[0-9A-Fa-f]{2}(?![\w:-])",
    re.ASCII,
)
_LETTER = re.compile("[A-Fa-f]")


def _validate(match: re.Match[str]) -> tuple[str, float] | None:
    if len(set(match.group())) < 4:
        return None
    # Pairs of digits alone may be a date, an hour or a telephone.
    return "mac_address", STRONG if _LETTER.search(match.group()) else HINT


DETECTOR = Detector(
    rule="mac",
    entity_types=("mac_address",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: mask.shape(value, 2),
    gate=lambda text: ":" in text or "-" in text,
    shape=shape(r":(?:[9Aa]{2}:){4}[9Aa]{2}R", r"-(?:[9Aa]{2}-){4}[9Aa]{2}R"),
    context=frozenset("mac bssid macaddress".split()),
    things=frozenset(
        "capteur capteurs sensor borne bornes serveur switch routeur passerelle gateway station "
        "equipement equipements antenne device deveui iot objet".split()
    ),
    examples=(
        "00:00:5E:00:53:AF",
        "00-00-5e-00-53-af",
        "AA:BB:CC:DD:EE:FF",
        "MAC 01-02-03-04-05-06",
    ),
    counterexamples=("01-02-03-04-05-06", "FF:FF:FF:FF:FF:FF", "12:30:45", "00:00:5E:00:53:AF:01"),
)
