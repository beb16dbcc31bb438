"""Made files, different at each call: nobody's names, telephones that nobody has, valid keys."""

from __future__ import annotations

import csv
import io
import random
import re
import secrets
from dataclasses import dataclass
from typing import Any

COLUMNS = ("nom", "prenom", "nir", "courriel", "telephone", "quartier")
#: The columns that hold personal data.
PERSONAL = COLUMNS[:5]

_dice = random.SystemRandom()


@dataclass(frozen=True)
class PersonalFile:
    """A CSV file of made persons, its rows, and the values that nobody else may see."""

    name: str
    content: bytes
    rows: tuple[dict[str, str], ...]
    secrets: tuple[str, ...]


def personal_file(persons: int = 6) -> PersonalFile:
    """A file of so many persons that no other test has used."""
    rows = tuple(person() for _ in range(persons))
    return PersonalFile(
        name=f"{word('habitants-')}.csv",
        content=csv_bytes([COLUMNS, *(tuple(row.values()) for row in rows)]),
        rows=rows,
        secrets=tuple(value for row in rows for value in secrets_of(row)),
    )


def person() -> dict[str, str]:
    """Somebody who does not exist."""
    name, first_name = f"Martin-{word('Zy')}", f"Jeanne-{word('Ond')}"
    values = (name, first_name, nir(), f"{name.lower()}@exemple.fr", phone(), "Centre")
    return dict(zip(COLUMNS, values, strict=True))


def secrets_of(row: dict[str, str]) -> list[str]:
    """A person's values as they stand in the file, and as other software would write them."""
    phone_digits = re.sub(r"\D", "", row["telephone"])
    return [
        *(row[key] for key in PERSONAL),
        row["nom"].partition("-")[2],
        row["prenom"].partition("-")[2],
        row["nir"][:13],
        phone_digits,
        f"+33{phone_digits[1:]}",
    ]


def word(start: str) -> str:
    """A word that can be spoken and that no dictionary, page or other test holds."""
    syllables = (_dice.choice("bdfgklmnprstvz") + _dice.choice("aeiou") for _ in range(5))
    return start + "".join(syllables) + _dice.choice(("", "l", "nec", "gnard", "mont"))


def nir() -> str:
    """A number with a valid key, of a commune and an order that are not in use."""
    number = 2_85_07_63_000_000 + secrets.randbelow(1_000_000)
    return f"{number}{97 - number % 97:02d}"


def phone() -> str:
    """A number of the range that ARCEP keeps for fiction."""
    digits = f"{secrets.randbelow(10_000):04d}"
    return f"06 39 98 {digits[:2]} {digits[2:]}"


def csv_bytes(rows: list[tuple[str, ...]]) -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def upload(file: PersonalFile) -> io.BytesIO:
    """A file as ``ckanapi`` sends it."""
    stream = io.BytesIO(file.content)
    stream.name = file.name
    return stream


def push_rows(publisher: Any, resource_id: str, file: PersonalFile) -> None:
    """Put the rows of a file into the DataStore as well."""
    fields = [{"id": column, "type": "text"} for column in COLUMNS]
    publisher.action.datastore_create(
        resource_id=resource_id, force=True, fields=fields, records=list(file.rows)
    )


def clean_file() -> tuple[str, bytes]:
    """The name and the content of a file about no one."""
    return f"{word('lieux-')}.csv", csv_bytes(
        [("lieu", "ouverture"), (word("Piscine "), "1987"), ("Marché couvert", "1902")]
    )
