"""Files that nobody can read: what people send by mistake."""

from __future__ import annotations

import io
from collections.abc import Callable

import fpdf
import openpyxl
import pypdf

from tests.browser import made


def binary() -> bytes:
    """The inside of some program's file, which people name as they like."""
    return bytes(range(256)) * 20


def workbook() -> bytes:
    """A good workbook."""
    book = openpyxl.Workbook()
    book.active.append(["lieu", "ouverture"])
    book.active.append(["Piscine", 1987])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def locked_pdf() -> bytes:
    """A PDF that wants a password."""
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.cell(text="Compte rendu de la commission")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(pdf.output())))
    writer.encrypt(user_password="secret", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def unknown() -> bytes:
    """A format of one program only."""
    return b"XYZ1" + bytes(range(200))


def long_cell() -> bytes:
    """A table with a cell of 100 000 characters that hide a number."""
    cell = "a" * 50_000 + f" {made.nir()} " + "b" * 50_000
    return made.csv_bytes([("note", "lieu"), (cell, "Piscine")])


#: For each mistake: the file's name, its content, and what its publisher reads about it.
FILES: dict[str, tuple[str, Callable[[], bytes], tuple[str, ...]]] = {
    "empty": ("vide.csv", lambda: b"", ("est vide", "Déposez")),
    "no columns": ("sans-colonne.csv", lambda: b"\n\n\n", ("est vide", "Déposez")),
    "wrong extension": ("classeur.csv", workbook, ("extension", "Donnez-lui")),
    "binary": ("export.csv", binary, ("autre chose", "Exportez-le")),
    "broken workbook": ("coupe.xlsx", lambda: workbook()[:-200], ("endommagé", "enregistrez-le")),
    "password": ("protege.pdf", locked_pdf, ("mot de passe", "Retirez")),
    "unknown format": ("carte.xyz", unknown, ("ne peut pas être lu", "CSV, XLSX, JSON ou PDF")),
}
