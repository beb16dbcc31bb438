"""IP addresses, which are personal data (CJEU C-582/14 Breyer; Cass. 1re civ., 3 nov. 2016).

IPv4 looks like a version or a section number: the header, the words before or the column decide.
Addresses of private networks are believed under a header only; loopback, multicast and the
unspecified address are nobody's. Sources: RFC 791, 1918, 4291, 5952; examples from RFC 5737, 3849.

>>> [hit.score for text in ("IP 203.0.113.7", "version 203.0.113.7") for hit in DETECTOR.find(text)]
[0.9, 0.0]
>>> [hit.score for hit in DETECTOR.find("2001:db8:85a3:8d3:1319:8a2e:370:7348")]
[0.9]
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from itertools import islice

from ckanext.rgpd.core.detect.detector import HINT, STRONG, WEAK, Detector
from ckanext.rgpd.core.detect.gate import any_digit, shape

_PATTERN = re.compile(
    r"(?<![\w.:])(?:(?P<four>(?:\d{1,3}\.){3}\d{1,3})(?![\w])(?!\.\d)"
    r"|(?=[0-9A-Fa-f:]{0,30}:[0-9A-Fa-f:]{0,30}:)[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})"
    r"(?![\w:])",
    re.ASCII,
)
#: What follows the address in the log of a web server.
_LOG = " - - ["
_LARGE = re.compile(r"\b[12]\d\d\b")
_SAMPLE = 2_000
_PRIVATE = tuple(
    ipaddress.ip_network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_NOBODYS = tuple(
    ipaddress.ip_network(network) for network in ("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3")
)


def _validate(match: re.Match[str]) -> tuple[str, float] | None:
    try:
        address = ipaddress.ip_address(match.group())
    except ValueError:
        return None
    if address.version == 6:
        if int(address) < 2**64 or address.is_multicast or match.group().count(":") < 3:
            return None
        return "ip_address", STRONG if match.group().count(":") == 7 else WEAK
    if any(address in network for network in _NOBODYS):
        return None
    if match.string.startswith(_LOG, match.end()):
        return "ip_address", STRONG
    return "ip_address", HINT if any(address in network for network in _PRIVATE) else WEAK


def are_addresses(values: Iterable[str]) -> bool:
    """Whether the parts of a column's values go up to 255; those of versions stay small.

    >>> are_addresses(["203.0.113.7", "1.2.3.4"]), are_addresses(["1.2.3.4", "10.3.96.1"])
    (True, False)
    """
    sample = list(islice(values, _SAMPLE))
    return sum(":" in value or _LARGE.search(value) is not None for value in sample) >= 0.3 * len(
        sample
    )


DETECTOR = Detector(
    rule="ip",
    entity_types=("ip_address",),
    pattern=_PATTERN,
    validate=_validate,
    mask=lambda value: re.sub(r"[0-9A-Fa-f]+", "*", value),
    gate=lambda text: ":" in text or any_digit(text),
    shape=shape(r"9(?<![9Aa.:]9)9{0,2}(?:[.]9{1,3}){3}", r":[9Aa]{0,4}:[9Aa]{0,4}:"),
    share=0.8,
    least=3,
    whole=are_addresses,
    context=frozenset("ip ips ipv4 ipv6 adresseip ipaddress ipclient clientip remote addr".split()),
    against=frozenset(
        "version versions v firmware release agent useragent article section chapitre paragraphe "
        "ref reference code nomenclature rubrique rv".split()
    ),
    things=frozenset(
        "serveur serveurs server dns switch routeur passerelle equipement poste postes pc "
        "imprimante borne salle parc materiel".split()
    ),
    examples=(
        "IP 203.0.113.7",
        "adresse IP : 198.51.100.24.",
        "ipv4 10.1.2.3",
        '203.0.113.7 - - [10/Oct/2024:13:55:36 +0200] "GET / HTTP/1.1" 200',
        "2001:db8:85a3:8d3:1319:8a2e:370:7348",
        "ipv6 2001:db8:1::8a2e:370:7348",
        "ipv6 fe:ed::beef:cafe",
    ),
    counterexamples=(
        "203.0.113.7",
        "version 1.2.3.4",
        "IP 10.3.96",
        "IP 300.1.2.3",
        "IP 127.0.0.1",
        "12:30:45",
        "std::vector",
        "1.2.3.4.5",
    ),
)
