"""Delimited files: delimiter, encoding, header, ragged rows, places."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read import read
from ckanext.rgpd.core.read.cells import Cells, Limits
from ckanext.rgpd.core.read.header import column_name, header_row
from ckanext.rgpd.core.read.source import examine
from tests.core import made


def cells(content: bytes, name: str = "a.csv") -> list[Cells]:
    source = examine(io.BytesIO(content), name, Limits())
    return [item for batch in read(source, Limits(), lambda t: "@" in t) for item in batch.cells]


def columns(content: bytes, name: str = "a.csv") -> dict[str, list[str]]:
    """Column -> values, the heading left out."""
    found: dict[str, list[str]] = {}
    for item in cells(content, name):
        found.setdefault(item.name, []).extend(() if item.heading else item.values)
    return found


ROWS = [["id", "commune"], ["1", "Nantes"], ["2", "Rezé"], ["3", "a\nb;,c"]]
READ = {"id": ["1", "2", "3"], "commune": ["Nantes", "Rezé", "a\nb;,c"]}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter_is_found(delimiter: str) -> None:
    assert columns(made.table(ROWS, delimiter).getvalue()) == READ


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "cp1252",
        "mac_roman",
        "cp850",
    ],
)
def test_any_usual_encoding_is_found(encoding: str) -> None:
    assert columns(made.table(ROWS, ";", encoding).getvalue()) == READ


def test_one_wrong_byte_does_not_spoil_the_accents_of_a_utf8_file() -> None:
    content = "id;commune\n" + "1;Rezé\n" * 50
    spoilt = content.encode() + b"2;Rez\xe9\n"

    assert columns(spoilt)["commune"][0] == "Rezé"


def test_letters_that_were_encoded_twice_are_repaired() -> None:
    rows = [["id", "libellé", "été"], *([n, "Écoles à l’œuvre", "n° 1 → é"] for n in range(5000))]
    once = made.table(rows).getvalue()
    twice = b"".join(
        byte.to_bytes(1, "big").decode("cp1252", "replace").encode()
        if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
        else chr(byte).encode()
        for byte in once
    )

    assert columns(twice) == columns(once)
    assert columns(twice)["libellé"][-1] == "Écoles à l’œuvre"


def test_a_letter_that_was_encoded_once_among_them_is_kept() -> None:
    content = ("id;ville\n" + "1;RezÃ©\n" * 50 + "2;Nîmes €\n").encode()

    assert columns(content)["ville"][-1] == "Nîmes €"


def test_wrong_bytes_in_a_utf8_file_are_read_as_the_letters_they_were() -> None:
    content = b"id;commune\n" + "1;Rezé\n".encode() * 50 + b"2;Rez\xe9\n"

    assert columns(content)["commune"][-1] == "Rezé"


@pytest.mark.parametrize(
    ("second", "headers"),
    [
        (["identifiant", "nom de famille", "valeur"], ["id identifiant", "a nom de famille"]),
        (["texte", "texte", "nombre"], ["id texte", "a texte"]),
        (["7", "EXEMPLEAU", "12"], ["id", "a"]),
        (["7", "nom", "absent"], ["id", "a"]),
        (["x", "jeanne@exemple.fr", "montant"], ["id", "a"]),
        (["Nantes", "Rezé", ""], ["id", "a"]),
    ],
)
def test_a_second_header_is_told_from_data(second: list[str], headers: list[str]) -> None:
    rows = [["id", "a", "b"], second, *([n, "TESTARD", 10 * n] for n in range(9))]

    found = cells(made.table(rows).getvalue())

    assert [item.header for item in found if not item.heading][:2] == headers
    assert [item.name for item in found if item.heading] == ["id", "a", "b"]


def test_a_first_line_that_names_the_delimiter_is_obeyed() -> None:
    assert columns(b"sep=|\nid|ville\n1|a;b\n2|c;d\n") == {
        "id": ["1", "2"],
        "ville": ["a;b", "c;d"],
    }


def test_a_single_column_is_not_cut_at_its_commas() -> None:
    content = "remarque\nbonjour, merci\nrien\nvu\nfait, bien, tôt\nrien\nrien\nrien\n"

    assert list(columns(content.encode())) == ["remarque"]


def test_a_text_whose_lines_are_rows_is_a_table() -> None:
    rows = "".join(f"{number}|Nantes|44000|x, y\n" for number in range(9))
    note = "Vu, revu, corrigé\nBonjour, merci\nÀ lundi\nVu, ce jour, à Nantes\n"

    assert list(columns(("id|ville|cp|note\n" + rows).encode(), "a.txt")) == [
        "id",
        "ville",
        "cp",
        "note",
    ]
    assert list(columns(note.encode(), "a.txt")) == ["(document)"]


def test_a_rare_delimiter_is_found_where_it_cuts_all_lines_alike() -> None:
    names = ["Monet, Jean", "Rey", "Claviere, Charles, dit le Roux", "Archer"]
    rows = "".join(f"{number}${name}$Die$x; y\n" for number, name in enumerate(names))

    assert columns(("n$nom$domicile$note\n" + rows).encode())["nom"] == names
    assert list(columns(b"prix\n1 $\n2 $\n3 $\n4 $\n")) == ["prix"]


def test_ragged_rows_lose_nothing() -> None:
    found = columns(b"id;ville\n1;Nantes;en trop\n2\n3;Rez\n")

    assert found == {
        "id": ["1", "2", "3"],
        "ville": ["Nantes", "", "Rez"],
        "col_3": ["en trop", "", ""],
    }


def test_rows_above_the_header_are_read_as_heading() -> None:
    content = b"Export du 3 mai;;;\nContact : jeanne@exemple.fr;;;\n;;;\nid;nom;cp;ville\n1;x;4;v\n"

    heading = [item for item in cells(content) if item.heading]

    assert "Contact : jeanne@exemple.fr" in heading[0].values
    assert [item.name for item in heading] == ["id", "nom", "cp", "ville"]
    assert heading[0].place(1) == "row 2"


def test_places_are_rows_as_a_spreadsheet_counts_them() -> None:
    body = [item for item in cells(b"id;ville\n" + b"1;x\n" * 300) if not item.heading]

    assert body[0].place(0) == "row 2"
    assert body[-1].place(len(body[-1].values) - 1) == "row 301"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["id", "commune"], ["1", "Nantes"]], 0),
        ([["x", "y"], ["1", "2"]], 0),
        ([["c1", "c2"], ["1", "abc"], ["2", "def"]], 0),
        ([["Nom", "Prénom"], ["EXEMPLEAU", "Jeanne"]], 0),
        ([["1", "Nantes"], ["2", "Rezé"]], None),
        ([["EXEMPLEAU", "Jeanne"], ["FICTIVET", "Paul"], ["TESTARD", "Zoé"]], None),
        ([["EXEMPLEAU", "jeanne@exemple.fr"], ["FICTIVET", "paul@exemple.fr"]], None),
        ([["2024-01-01", "12,5"], ["2024-01-02", "13"]], None),
        ([[], []], None),
        ([], None),
        ([["message", "canal"], *[["Le banc est cassé depuis hier.", "web"]] * 9], 0),
        ([["Récipient", "Échelon"], *[["Argent", "Or"], ["Or", "Argent"]] * 5], 0),
        ([["Argent", "Or"], *[["Argent", "Argent"], ["Or", "Argent"]] * 5], None),
    ],
)
def test_a_header_is_told_from_data(rows: list[list[str]], expected: int | None) -> None:
    assert header_row(rows, lambda text: "@" in text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nom de l'élu", "Nom de l'élu"),
        (" id ", "id"),
        ("", "col_3"),
        ("  ", "col_3"),
        ("jeanne@exemple.fr", "col_3"),
        ("x" * 201, "col_3"),
    ],
)
def test_a_column_is_called_by_its_header_unless_that_is_personal(
    title: str, expected: str
) -> None:
    assert column_name(title, 2, lambda text: "@" in text) == expected


def test_a_cell_of_100_000_characters_is_read() -> None:
    assert columns(b"id;texte\n1;" + b"x" * 100_000 + b"\n")["texte"] == ["x" * 100_000]


def test_the_row_where_a_limit_stopped_is_said() -> None:
    limits = Limits(max_cell_chars=50)
    source = examine(io.BytesIO(b"id;texte\n1;a\n2;" + b"x" * 60 + b"\n"), "a.csv", limits)

    with pytest.raises(Unreadable) as stopped:
        list(read(source, limits, lambda text: False))

    assert stopped.value.place == "line 3"


@given(
    st.binary(max_size=300), st.sampled_from(["a.csv", "a.txt", "a.json", "a.xlsx", "a.pdf", ""])
)
def test_no_content_raises_anything_but_unreadable(content: bytes, name: str) -> None:
    source = examine(io.BytesIO(content), name, Limits())
    try:
        for batch in read(source, Limits(), lambda text: "@" in text):
            for item in batch.cells:
                assert all(item.place(number) for number in range(len(item.values)))
    except Unreadable:
        pass


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters='\0\x1f\r\n;,\t|"'), min_size=1, max_size=9
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=8))
def test_every_cell_of_every_row_is_read(rows: list[list[str]]) -> None:
    content = made.table(rows, encoding="utf-8-sig").getvalue()
    assert content.startswith(codecs.BOM_UTF8)

    read_values = [value for item in cells(content) for value in item.values if value]

    joined = "\n".join(read_values)
    assert all(value in joined for row in rows for value in row)
