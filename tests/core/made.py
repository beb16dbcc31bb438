"""Made data: names nobody bears together, numbers whose keys are right and that nobody was given.

Telephones are from the ranges that ARCEP keeps for fiction; the IBANs are the registry's examples.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from stdnum import luhn
from stdnum.fr import nif
from stdnum.fr import nir as stdnum_nir

FIRST_NAMES = ("Jeanne", "Paul", "Aïcha", "Loïc", "Marie-Odile", "Zoé", "Émile", "Yann")
SURNAMES = ("EXEMPLEAU", "MODÉLIER", "FICTIVET", "D'INVENTON", "LE FAUX", "ESSAYEUR", "TESTARD")
IBANS = (
    "FR7630006000011234567890189",
    "FR1420041010050500013M02606",
    "DE89370400440532013000",
    "GB82WEST12345698765432",
)


def nirs(count: int) -> list[str]:
    """``count`` different NIRs of fifteen characters, right keys, Corsica among them."""
    places = ("78006", "44109", "2A004", "2B033", "75056", "97411")
    found = []
    for number in range(count):
        place = places[number % len(places)]
        start = (
            f"{1 + number % 2}{50 + number % 40}{1 + number % 12:02}{place}{1 + number % 999:03}"
        )
        found.append(start + stdnum_nir.calc_check_digits(start))
    return found


def wrong_nirs(count: int) -> list[str]:
    """The same numbers, each with a wrong key."""
    return [f"{number[:13]}{int(number[13:]) % 97 + 1:02}" for number in nirs(count)]


def with_luhn(starts: Sequence[str]) -> list[str]:
    """Each of ``starts`` with Luhn's key after it."""
    return [start + luhn.calc_check_digit(start) for start in starts]


def rpps(count: int) -> list[str]:
    """``count`` numbers of health professionals that were never given out."""
    return with_luhn([f"10{99000000 + 7 * number}" for number in range(count)])


def sirets(count: int) -> list[str]:
    """``count`` SIRETs whose SIREN INSEE has not reached."""
    sirens = with_luhn([f"{99000000 + 37 * number}" for number in range(count)])
    return with_luhn([f"{siren}0001" for siren in sirens])


def tax_numbers(count: int) -> list[str]:
    """``count`` tax numbers with right keys."""
    starts = [
        f"{number % 4}{n:09}" for number, n in enumerate(range(7, 7 + 9876543 * count, 9876543))
    ]
    return [start + nif.calc_check_digits(start) for start in starts]


def ribs(count: int) -> list[str]:
    """``count`` bank accounts with right keys, in groups."""
    found = []
    for number in range(count):
        bank, branch, account = 30006, 11 + number, 12345678901 + 97531 * number
        key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        found.append(f"{bank} {branch:05} {account:011} {key:02}")
    return found


def shaped(shape: str, count: int) -> list[str]:
    """``count`` values of a shape: 9 a digit, A a letter that registers use; scattered."""
    random = Random(shape)  # the same every time
    kinds = {"9": "0123456789", "A": "CDFGHJKLMNPRTVWXYZ", "2": "012"}
    return ["".join(random.choice(kinds.get(c, c)) for c in shape) for _ in range(count)]


def birth_dates(count: int) -> list[str]:
    """``count`` dates spread over fifty years, as births are."""
    day = date(1941, 3, 5)
    return [f"{day + timedelta(days=number * 18250 // count):%d/%m/%Y}" for number in range(count)]


def mobiles(count: int) -> list[str]:
    """``count`` mobile numbers, ten digits without spaces."""
    return [f"063998{number:04}" for number in range(count)]


def people(count: int) -> Iterator[tuple[str, str]]:
    """``count`` pairs of surname and first name."""
    for number in range(count):
        yield SURNAMES[number % len(SURNAMES)], FIRST_NAMES[number % len(FIRST_NAMES)]


def table(
    rows: Sequence[Sequence[object]], delimiter: str = ";", encoding: str = "utf-8"
) -> io.BytesIO:
    """A delimited file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()
) -> io.BytesIO:
    """An XLSX file; the ``hidden`` sheets are not shown."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "veryHidden"
    file = io.BytesIO()
    book.save(file)
    return file


def picture(width: int = 300, height: int = 400) -> io.BytesIO:
    """A grey picture."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("L", (width, height), 128).save(file, "PNG")
    file.seek(0)
    return file


def pdf(pages: Sequence[str], password: str = "") -> io.BytesIO:
    """A PDF with one text a page; an empty text makes a page that is only a picture."""
    from fpdf import FPDF
    from fpdf.enums import EncryptionMethod

    document = FPDF()
    document.set_font("Helvetica")
    if password:
        document.set_encryption(
            owner_password="o" + password,
            user_password=password,
            encryption_method=EncryptionMethod.RC4,
        )
    for text in pages:
        document.add_page()
        if text:
            document.multi_cell(0, text=text)
        else:
            document.image(picture(), 0, 0, document.w, document.h)
    return io.BytesIO(bytes(document.output()))
