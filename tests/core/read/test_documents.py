"""Workbooks, JSON, PDF and texts: every cell, sheet, path and page, each with its place."""

from __future__ import annotations

import datetime
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read import read
from ckanext.rgpd.core.read.cells import Cells, Limits
from ckanext.rgpd.core.read.source import examine
from tests.core import made


def cells(content: bytes, name: str) -> list[Cells]:
    source = examine(io.BytesIO(content), name, Limits())
    return [item for batch in read(source, Limits(), lambda t: "@" in t) for item in batch.cells]


def columns(content: bytes, name: str) -> dict[str, list[str]]:
    """Column -> values, the heading and the properties of the file left out."""
    found: dict[str, list[str]] = {}
    for item in cells(content, name):
        if not item.table.startswith("(properties)"):
            found.setdefault(item.name, []).extend(() if item.heading else item.values)
    return found


def places(content: bytes, name: str) -> dict[str, str]:
    return {
        value: item.place(number)
        for item in cells(content, name)
        for number, value in enumerate(item.values)
    }


def altered(book: io.BytesIO, path: str, old: str, new: str) -> bytes:
    """The workbook with ``old`` replaced in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(file, "w") as target:
        for member in source.namelist():
            data = source.read(member).decode()
            assert member != path or old in data
            target.writestr(member, data.replace(old, new) if member == path else data)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_all_sheets_are_read_hidden_ones_too() -> None:
    book = made.workbook(
        {"Vue": [["id", "ville"], [1, "Nantes"]], "Notes": [["id", "nom"], [2, "X"]]}, ["Notes"]
    )

    assert columns(book.getvalue(), "a.xlsx") == {
        "Vue!id": ["1"],
        "Vue!ville": ["Nantes"],
        "Notes!id": ["2"],
        "Notes!nom": ["X"],
    }


def test_the_title_of_a_sheet_that_is_personal_data_is_not_shown() -> None:
    book = made.workbook({"a@exemple.fr": [["id"], [1]]})

    assert list(columns(book.getvalue(), "a.xlsx")) == ["sheet 1!id"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("texte", "texte"),
        (612345678, "612345678"),
        (185057800608491, "185057800608491"),
        (12.5, "12.5"),
        (True, "1"),
        (datetime.date(1985, 5, 17), "1985-05-17"),
        (datetime.datetime.fromisoformat("1985-05-17 08:30"), "1985-05-17 08:30:00"),
        ('=HYPERLINK("mailto:x@exemple.fr","Contact")', '="mailto'),
        (None, ""),
    ],
)
def test_a_cell_is_read_as_people_see_it(value: object, expected: str) -> None:
    book = made.workbook({"s": [["id", "valeur"], [1, value], [2, "fin"]]})

    first = columns(book.getvalue(), "a.xlsx")["s!valeur"][0]

    assert first == expected or (expected.startswith("=") and "x@exemple.fr" in first)


def test_a_figure_in_powers_of_ten_is_read_whole() -> None:
    book = made.workbook({"s": [["id", "nir"], [1, 185057800608491]]})
    content = altered(book, SHEET, "185057800608491", "1.85057800608491E+14")

    assert columns(content, "a.xlsx")["s!nir"] == ["185057800608491"]


def test_rows_out_of_order_and_sizes_that_lie_hide_nothing() -> None:
    book = made.workbook({"s": [["id"], ["un"], ["deux"], ["trois"]]})
    content = altered(book, SHEET, '<row r="4"', '<row r="2"')
    content = altered(io.BytesIO(content), SHEET, 'ref="A1:A4"', 'ref="A1:A1"')

    assert columns(content, "a.xlsx")["s!id"] == ["un", "deux", "trois"]


STRINGS = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>ville</t></si><si><r><t>Re</t></r><r><t>zé</t></r><rPh><t>re</t></rPh></si></sst>"""
SHARED = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row></sheetData></worksheet>"""


def test_shared_strings_are_read_in_all_their_runs() -> None:
    book = made.workbook({"s": [["id"]]})
    link = '<Relationship Id="rIdS" Target="sharedStrings.xml" Type="x/sharedStrings"/>'
    relations = "xl/_rels/workbook.xml.rels"
    content = altered(book, relations, "</Relationships>", link + "</Relationships>")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for member in set(source.namelist()) - {SHEET, "xl/sharedStrings.xml"}:
            target.writestr(member, source.read(member))
        target.writestr(SHEET, SHARED)
        target.writestr("xl/sharedStrings.xml", STRINGS)

    assert columns(file.getvalue(), "a.xlsx") == {"s!ville": ["Rezé"]}


def test_the_row_of_a_sheet_with_gaps_is_its_own() -> None:
    book = made.workbook({"s": [["id"], ["un"], ["deux"]]})
    content = altered(book, SHEET, '<row r="3"', '<row r="9000"')
    content = altered(io.BytesIO(content), SHEET, 'r="A3"', 'r="A9000"')

    assert places(content, "a.xlsx")["deux"] == "row 9000"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="1"', '<row r="99999999"'),
        ('<c r="A1"', '<c r="ZZZ1"'),
        ("<sheetData>", "<sheetData"),
        ("<worksheet", '<!DOCTYPE x [<!ENTITY e "e">]><worksheet'),
        ('t="inlineStr"', 't="s"><v>77</v></c><c t="s"'),
    ],
)
def test_a_sheet_that_breaks_the_rules_is_corrupt(old: str, new: str) -> None:
    content = altered(made.workbook({"s": [["id"]]}), SHEET, old, new)

    with pytest.raises(Unreadable) as stopped:
        cells(content, "a.xlsx")

    assert (stopped.value.problem, stopped.value.place) == ("corrupt", "sheet 1")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("_rels/.rels", "/officeDocument", "/other"),
        ("xl/_rels/workbook.xml.rels", "/worksheet", "/other"),
        ("xl/workbook.xml", "r:id", "other"),
    ],
)
def test_a_workbook_whose_sheets_cannot_be_reached_is_corrupt(
    path: str, old: str, new: str
) -> None:
    content = altered(made.workbook({"s": [["id"]]}), path, old, new)

    with pytest.raises(Unreadable) as stopped:
        cells(content, "a.xlsx")

    assert stopped.value.problem == "corrupt"


def test_json_paths_are_columns_without_their_indexes() -> None:
    data = [
        {"nom": "X", "contacts": [{"mail": "a"}, {"mail": "b"}]},
        {"nom": "Y", "contacts": [], "actif": True, "note": None, "prix": 1.5},
    ]

    assert columns(json.dumps(data).encode(), "a.json") == {
        "nom": ["X", "Y"],
        "contacts.mail": ["a", "b"],
        "actif": ["True"],
        "note": [""],
        "prix": ["1.5"],
    }


def test_keys_that_read_as_a_value_together_are_not_quoted() -> None:
    content = json.dumps({"jeanne@exemple": {"fr": "x"}}).encode()

    source = examine(io.BytesIO(content), "a.json", Limits())

    found = read(source, Limits(), "jeanne@exemple.fr".__eq__)

    assert [cells.name for batch in found for cells in batch.cells] == ["*.fr"]


def test_a_number_that_is_none_is_the_files_fault() -> None:
    with pytest.raises(Unreadable) as stopped:
        columns(b'{"a": 1e9999999999999999999999y1}', "a.json")

    assert stopped.value.problem == "corrupt"


def test_the_place_of_a_json_value_is_its_path() -> None:
    found = places(b'{"a": [{"b": "x"}, {"b": ["y", "z"]}]}', "a.json")

    assert found == {"x": "$.a[0].b", "y": "$.a[1].b[0]", "z": "$.a[1].b[1]"}


def test_geojson_columns_are_the_properties() -> None:
    data = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"nom": "Parc"}, "geometry": None}],
    }

    assert columns(json.dumps(data).encode(), "a.geojson")["nom"] == ["Parc"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_json_is_read_in_any_usual_encoding(encoding: str) -> None:
    assert columns('[{"ville": "Rezé"}]'.encode(encoding), "a.json") == {"ville": ["Rezé"]}


def test_json_lines_are_read_one_after_the_other() -> None:
    assert columns(b'{"a": 1}\n{"a": 2}\n', "a.jsonl") == {"a": ["1", "2"]}


def test_a_doubled_key_hides_nothing() -> None:
    assert columns(b'{"a": "x", "a": "y"}', "a.json") == {"a": ["x", "y"]}


def test_keys_that_are_personal_data_are_values() -> None:
    found = columns(b'{"par": {"a@exemple.fr": {"n": 1}, "b@exemple.fr": {"n": 2}}}', "a.json")

    assert found == {"par.(key)": ["a@exemple.fr", "b@exemple.fr"], "par.*.n": ["1", "2"]}


def test_an_object_of_very_many_keys_is_a_table_of_them() -> None:
    found = columns(json.dumps({f"k{n}": n for n in range(700)}).encode(), "a.json")

    assert len(found["(key)"]) == len(found["*"]) == 200


SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text("abc@é", max_size=4)
TREES = st.recursive(
    SCALARS, lambda t: st.lists(t, max_size=3) | st.dictionaries(st.text("xyz", max_size=2), t)
)


def leaves(tree: object) -> list[str]:
    if isinstance(tree, dict):
        return [leaf for value in tree.values() for leaf in leaves(value)]
    if isinstance(tree, list):
        return [leaf for value in tree for leaf in leaves(value)]
    return ["" if tree is None else str(tree)]


@given(st.lists(TREES, min_size=1, max_size=3).map(lambda trees: [{"a": tree} for tree in trees]))
def test_every_value_of_a_tree_is_read(trees: list[object]) -> None:
    content = json.dumps(trees).encode()

    values = [value for item in cells(content, "a.json") for value in item.values]

    assert sorted(values) == sorted(leaves(trees))


def test_each_page_of_a_pdf_is_read() -> None:
    found = places(made.pdf(["premiere page", "seconde page"]).getvalue(), "a.pdf")

    assert {value.strip(): place for value, place in found.items()} == {
        "premiere page": "page 1",
        "seconde page": "page 2",
    }


def test_a_pdf_with_a_password_is_encrypted() -> None:
    with pytest.raises(Unreadable) as stopped:
        cells(made.pdf(["secret"], password="x").getvalue(), "a.pdf")

    assert stopped.value.problem == "encrypted"


def test_pages_without_text_are_named_after_the_others_were_read() -> None:
    content = made.pdf(["texte", "", "fin", ""]).getvalue()
    source = examine(io.BytesIO(content), "a.pdf", Limits())
    pages = read(source, Limits(), lambda text: False)

    assert [next(pages).rows for _ in range(4)] == [1, 1, 1, 1]
    with pytest.raises(Unreadable) as stopped:
        next(pages)
    assert (stopped.value.problem, stopped.value.place) == ("no_text_layer", "page 2, 4")


def test_a_text_is_read_paragraph_by_paragraph() -> None:
    content = b"Un titre\n\n\nPremier\nparagraphe.\n\nFin." + b"\n\n" + b"x y\n" * 3000

    found = places(content, "a.md")

    assert found["Un titre\n"] == "line 1"
    assert found["Premier\nparagraphe.\n"] == "line 4"
    assert "".join(columns(content, "a.md")["(document)"]).count("x y") == 3000
