"""Made files: invented persons, numbers with valid keys, telephones that nobody has."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import FileStorage

CLEAN = "lieu,ouverture\nPiscine,1987\nMarché couvert,1902\n"


def nir(figures: str) -> str:
    """Thirteen figures followed by their key."""
    return f"{figures}{97 - int(figures) % 97:02d}"


def never_read() -> str:
    """A clean file that no scan has seen before."""
    return f"lieu,ouverture\nPiscine {uuid4().hex},1987\n"


#: Raw values that must never be seen outside the file itself.
SECRETS = (
    nir("2850763999042"),
    nir("1900263999117"),
    "zenobie.tartempion@exemple.fr",
    "06 39 98 41 27",
    "Tartempion",
)

PERSONAL_ROWS = [
    ("nom", "nir", "courriel", "telephone", "quartier"),
    (SECRETS[4], SECRETS[0], SECRETS[2], SECRETS[3], "Centre"),
    ("Quidam", SECRETS[1], "leon.quidam@exemple.fr", "06 39 98 52 16", "Nord"),
]


def csv_text(rows: list[tuple[str, ...]]) -> str:
    """Rows as the text of a CSV file."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


PERSONAL = csv_text(PERSONAL_ROWS)


def upload(content: str | bytes, filename: str) -> FileStorage:
    """A file as a form sends it."""
    data = content.encode() if isinstance(content, str) else content
    return FileStorage(io.BytesIO(data), filename=filename)


def file_layer(name: str, folder: Path) -> dict[str, Any]:
    """The options of a storage of CKAN 2.12's file layer that takes any file."""
    options = {"type": "ckan:fs", "path": str(folder), "initialize": True}
    options |= {"supported_types": [], "max_size": 1_000_000}
    return {f"ckan.files.storage.{name}.{key}": value for key, value in options.items()}


def elected(**changes: Any) -> dict[str, Any]:
    """Answers that lawfully publish a list of elected members."""
    return {
        "dcp_publication_basis": "d312_1_3",
        "d312_category": "d312_6_political_life",
        "public_need_statement": "Les habitants doivent savoir qui les représente.",
        "register_status": "entered",
        "register_risk": "low",
        **changes,
    }


def by_law(**changes: Any) -> dict[str, Any]:
    """Answers that declare a law ordering the publication online."""
    return {
        "dcp_publication_basis": "specific_law",
        "legal_reference": "loi n° 0000-000, article 1",
        "legal_reference_url": "https://www.legifrance.gouv.fr/",
        "text_nature": "law",
        "text_scope": "online_publication",
        "register_status": "entered",
        "register_risk": "low",
        **changes,
    }
