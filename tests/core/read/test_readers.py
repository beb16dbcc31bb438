"""Every format gives every word that was planted in it, with its place."""

from __future__ import annotations

import importlib.util
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.read import EXTENSIONS, nested, read
from ckanext.rgpd.core.read.cells import Cells, Limits
from ckanext.rgpd.core.read.source import examine
from tests.core import made, made_files

LIMITS = Limits()
WHO = "Jeanne Exempleau"
MAIL = "jeanne.exempleau@exemple.fr"


def cells(content: bytes, name: str, limits: Limits = LIMITS) -> tuple[list[Cells], str]:
    """What is read, and the problem with its place that stopped it."""
    found: list[Cells] = []
    try:
        source = examine(io.BytesIO(content), name, limits)
        for batch in read(source, limits, lambda text: "@exemple" in text):
            found += batch.cells
    except Unreadable as e:
        return found, str(e)
    return found, ""


def places(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    """Value -> column and place."""
    return {
        value: (item.name, item.place(number))
        for item in cells(content, name)[0]
        for number, value in enumerate(item.values)
    }


BODY = made_files.paragraph("Bon", "jour")
ROW = f"<w:tbl><w:tr>{made_files.paragraph('EXEMPLEAU')}{made_files.paragraph(MAIL)}</w:tr></w:tbl>"
COMMENT = made_files.word_part(f'<w:comment w:author="{WHO}">{BODY}</w:comment>')
WORD = made_files.docx({"comments.xml": COMMENT}, BODY + ROW)
DELETED = made_files.docx({}, made_files.paragraph(WHO, tag="delText"))
FOOTER = made_files.docx({"footer1.xml": made_files.word_part(BODY, "ftr")})
CSV = f"id;nom\n1;{WHO}\n"
PEOPLE = f"CREATE TABLE personnes (nom, age); INSERT INTO personnes VALUES ('{WHO}', 12)".split(";")
KML = f"<kml><Document><Placemark><name>{WHO}</name></Placemark></Document></kml>"
DATA = '<kml><Placemark><Data name="tel"><value>0639980000</value></Data></Placemark></kml>'
GPX = f'<?xml version="1.0"?><gpx><wpt lat="1"><desc>{WHO}</desc></wpt></gpx>'
MESSAGE = f"From: {WHO} <x@exemple.fr>\nSubject: avis\n\nBonjour,\n\nVu avec {WHO}.\n"
CARD = (
    "BEGIN:VCARD\r\nN:EXEMPLEAU;Jeanne;;;\r\n"
    f"EMAIL;TYPE=home:jeanne.exem\r\n {MAIL[11:]}\r\nEND:VCARD\r\n"
)
EVENT = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:avec {WHO}\nEND:VEVENT\nEND:VCALENDAR\n"
PAGE = f"<html><body><p>Vu <b>avec</b> {WHO}</p><!-- {MAIL} --></body></html>"
TABLE = f"<html><table>\n<tr><td>1</td><td>{WHO}</td></tr></table></html>"
NOTE = f"<office:annotation><text:p>{WHO}</text:p></office:annotation>"
FIRST, SECOND = made_files.ods_row("id", "nom"), made_files.ods_row("1", WHO)
HOLE = '<table:table-row table:number-rows-repeated="5"/>'


@pytest.mark.parametrize(
    ("content", "name", "value", "column", "place"),
    [
        (WORD, "a.docx", "Bonjour", "(document)", "comments, paragraph 2"),
        (WORD, "a.docx", WHO, "(document)", "comments, paragraph 1"),
        (WORD, "a.docx", f"EXEMPLEAU ; {MAIL} ;", "(document)", "document, paragraph 2"),
        (DELETED, "a.docx", WHO, "(document)", "document, paragraph 1"),
        (FOOTER, "a.docx", "Bonjour", "(document)", "footer1, paragraph 1"),
        (made_files.signed(WORD, "A B"), "a.docx", "A B", "(properties).creator", "properties"),
        (
            made_files.signed(WORD, "", f"mailto:{MAIL}"),
            "a.docx",
            f"mailto:{MAIL}",
            "(document)",
            "document, paragraph 1",
        ),
        (made_files.pptx(["x", WHO]), "a.pptx", WHO, "(document)", "slide2, paragraph 1"),
        (made_files.pptx(["x"], WHO), "a.pptx", WHO, "(document)", "notesSlide1, paragraph 1"),
        (
            made_files.opendocument("text", f"<text:p>a<text:s/>{WHO}</text:p>"),
            "a.odt",
            f"a {WHO}",
            "(document)",
            "paragraph 1",
        ),
        (
            made_files.opendocument("text", "", styles=f"<text:p>{WHO}</text:p>"),
            "a.odt",
            WHO,
            "(document)",
            "styles.xml, paragraph 1",
        ),
        (
            made_files.opendocument("text", "", author=WHO),
            "a.odt",
            WHO,
            "(properties).creator",
            "properties",
        ),
        (made_files.ods(FIRST + HOLE + SECOND), "a.ods", WHO, "Feuille!nom", "row 7"),
        (
            made_files.ods(f"<table:shapes>{NOTE}</table:shapes>{FIRST}"),
            "a.ods",
            WHO,
            "(comments)",
            "Feuille",
        ),
        (KML.encode(), "a.kml", WHO, "Document.Placemark.name", "element 1"),
        (DATA.encode(), "a.kml", "0639980000", "Placemark.tel.value", "element 1"),
        (GPX.encode(), "a.gpx", WHO, "wpt.desc", "element 1"),
        (GPX.encode(), "a", "1", "wpt.@lat", "element 1"),
        (MESSAGE.encode(), "a.eml", f"Vu avec {WHO}.\n", "(document)", "part 1"),
        (
            MESSAGE.encode(),
            "a.eml",
            f"From : {WHO} <x@exemple.fr>",
            "(document)",
            "part 1, header",
        ),
        (CARD.encode(), "a.vcf", "EXEMPLEAU Jeanne", "VCARD.N", "line 2"),
        (CARD.encode(), "a.vcf", MAIL, "VCARD.EMAIL", "line 3"),
        (EVENT.encode(), "a.ics", f"avec {WHO}", "VCALENDAR.VEVENT.SUMMARY", "line 3"),
        (PAGE.encode(), "a.html", f"Vu avec {WHO}", "(document)", "line 1"),
        (PAGE.encode(), "a.html", MAIL, "(document)", "line 1"),
        (TABLE.encode(), "a.html", f"1 ; {WHO} ;", "(document)", "line 2"),
        (made_files.zipped({"b/a.csv": CSV}), "a.zip", WHO, "b/a.csv!nom", "row 2"),
        (
            made_files.zipped({"b.zip": made_files.zipped({"a.csv": CSV})}),
            "a.zip",
            WHO,
            "b.zip!a.csv!nom",
            "row 2",
        ),
        (made_files.tarred({"a.csv": CSV.encode()}), "a.tar", WHO, "a.csv!nom", "row 2"),
        (made_files.gzipped(CSV.encode()), "a.csv.gz", WHO, "a.csv!nom", "row 2"),
        (
            made_files.gzipped(made_files.tarred({"a.csv": CSV.encode()})),
            "b.tar.gz",
            WHO,
            "b.tar!a.csv!nom",
            "row 2",
        ),
        (made_files.sqlite(*PEOPLE), "a.gpkg", WHO, "personnes!nom", "row 2"),
        (made_files.sqlite(*PEOPLE), "a.sqlite", "12", "personnes!age", "row 2"),
        (
            made_files.jpeg(made_files.tiff({0x13B: WHO})),
            "a.jpg",
            WHO,
            "(properties).Artist",
            "properties",
        ),
        (
            made_files.jpeg(made_files.tiff({}, (47, 1))),
            "a.jpg",
            "47.500000, -1.500000",
            "(properties).GPS position",
            "properties",
        ),
        (made_files.png("Author", WHO), "a.png", WHO, "(properties).Author", "properties"),
        (made_files.shp([(2.5, 47.5)]), "a.shp", "47.5", "y", "row 2"),
    ],
)
def test_a_planted_value_is_found_in_its_place(
    content: bytes, name: str, value: str, column: str, place: str
) -> None:
    assert places(content, name)[value] == (column, place)


@pytest.mark.parametrize(
    ("charset", "cpg", "mark"),
    [
        ("utf-8", "UTF-8", 0),
        ("cp1252", "1252", 0),
        ("cp1252", "ANSI 1252", 2),
        ("cp850", "", 2),
        ("cp1252", "", 3),
        ("utf-8", "", 0),
        ("cp1252", "", 0),
    ],
)
def test_the_letters_of_a_zipped_shapefile_are_right(charset: str, cpg: str, mark: int) -> None:
    table = made_files.dbf(["nom", "ville"], [["Zoé", "Rezé"], ["Émile", "Nantes"]], charset, mark)
    content = made_files.zipped(
        {"v.shp": made_files.shp([(1, 2)]), "v.dbf": table, "v.cpg": cpg or "-"}
    )

    found = places(content, "v.zip")

    assert found["Zoé"] == ("v.dbf!nom", "row 2")
    assert found["Émile"] == ("v.dbf!nom", "row 3"), "a deleted record is read"


def test_a_broken_note_on_the_letters_of_a_shapefile_is_missed_and_the_rest_is_read() -> None:
    table = made_files.dbf(["nom"], [["Zoé"]], "utf-8", 0)
    content = made_files.zipped({"v.dbf": table, "v.cpg": "UTF-8"})
    start = content.rindex(b"PK\x03\x04")

    found, problem = cells(content[:start] + b"PK\x03\x05" + content[start + 4 :], "v.zip")

    assert problem == "corrupt: v.cpg"
    assert any("Zoé" in column.values for column in found)


def test_a_workbook_gives_comments_headers_links_and_properties() -> None:
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book, file = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["id", "ville"])
    sheet.append([1, "Nantes"])
    sheet["A2"].comment = Comment("vu hier", WHO)
    sheet["A2"].hyperlink = f"mailto:{MAIL}"
    sheet.oddHeader.left.text = "Fait par Paul"
    book.properties.creator = "Zoé Modélier"
    book.save(file)

    for name in ("a.xlsx", "a.xlsm"):
        found = places(file.getvalue(), name)
        assert found[WHO][0] == found["vu hier"][0] == found[f"mailto:{MAIL}"][0] == "(comments)"
        assert found["&LFait par Paul"] == ("Sheet!(comments)", "oddHeader")
        assert found["Zoé Modélier"] == ("(properties).creator", "properties")


def test_what_is_no_cell_of_a_sheet_is_in_a_column_of_its_own() -> None:
    found, _ = cells(made_files.signed(WORD, WHO), "a.docx")

    author = [item for item in found if item.name == "(properties).creator"]

    assert [(item.index, item.header) for item in author] == [(1, "auteur")]


@pytest.mark.parametrize("signature", ["Microsoft Office User", "openpyxl", "Adobe PDF Library"])
def test_a_program_that_signs_is_nobody(signature: str) -> None:
    found, _ = cells(made_files.signed(WORD, signature), "a.docx")

    assert [item.header for item in found if item.name == "(properties).creator"] == ["creator"]


def test_a_pdf_gives_its_properties_notes_links_and_attached_files() -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_author(WHO)
    pdf.set_font("Helvetica")
    pdf.add_page()
    pdf.multi_cell(0, text="bonjour")
    pdf.link(1, 1, 5, 5, f"mailto:{MAIL}")
    pdf.text_annotation(1, 1, "a revoir", title="Paul")
    pdf.embed_file(bytes=CSV.encode(), basename="a.csv")

    found = places(bytes(pdf.output()), "a.pdf")

    assert found["a revoir"] == ("(document)", "page 1, note")
    assert found[f"mailto:{MAIL}"] == ("(document)", "page 1, note")
    assert found[WHO][0] in ("(properties).Author", "a.csv!nom")
    assert found["1"] == ("a.csv!id", "row 2")


def test_an_attached_file_is_read_like_any_other() -> None:
    import email.message

    message = email.message.EmailMessage()
    message["From"] = "x@exemple.fr"
    message.set_content("Bonjour")
    message.add_attachment(CSV.encode(), "text", "csv", filename="a.csv")
    message.add_attachment(
        made_files.zipped({"b.csv": CSV}), "application", "zip", filename="a.zip"
    )

    assert places(bytes(message), "a.eml")[WHO] == ("a.zip!b.csv!nom", "row 2")


def test_rows_that_were_deleted_from_a_database_are_read() -> None:
    content = made_files.sqlite(
        "PRAGMA secure_delete = OFF",
        "CREATE TABLE a (nom)",
        *("INSERT INTO a VALUES (printf('%.2000c', 'x'))",) * 20,
        f"INSERT INTO a VALUES ('{WHO}')",
        "DROP TABLE a",
        "CREATE TABLE b (id)",
        "INSERT INTO b VALUES (1)",
    )

    found, problem = cells(content, "a.db")

    deleted = [value for item in found if item.name == "(deleted)" for value in item.values]
    assert any(WHO in value for value in deleted)
    assert not problem


@pytest.mark.skipif(not importlib.util.find_spec("pyarrow"), reason="pyarrow is not installed")
def test_parquet_is_read_where_pyarrow_is() -> None:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"nom": ["x", WHO], "b": [b"\xff\0", None]}), file)

    found, problem = cells(file.getvalue(), "a.parquet")

    assert places(file.getvalue(), "a.parquet")[WHO] == ("nom", "row 3")
    assert found[0].heading
    assert problem == "binary: cells"
    assert cells(b"PAR1 and then nothing", "a.parquet")[1] == "corrupt"


def test_parquet_is_left_to_a_reviewer_where_pyarrow_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    assert cells(b"PAR1 and then nothing", "a.parquet")[1] == "unknown_format"


def test_a_long_member_is_kept_on_disk_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "_IN_MEMORY", 100)
    monkeypatch.setattr(nested, "_CHUNK", 50)
    content = made_files.zipped({"a.csv": "id;nom\n" + "1;x\n" * 99 + f"2;{WHO}\n"})

    assert places(content, "a.zip")[WHO] == ("a.csv!nom", "row 101")


def test_old_workbooks_are_read() -> None:
    xlwt = pytest.importorskip("xlwt")
    book, file = xlwt.Workbook(), io.BytesIO()
    for title in ("Vue", "Cachée"):
        sheet = book.add_sheet(title)
        sheet.write(0, 0, "id")
        sheet.write(0, 1, "nom")
        sheet.write(1, 0, 612345678)
        sheet.write(1, 1, f"{WHO} {title}")
    sheet.visibility = 2
    book.save(file)

    found = places(file.getvalue(), "a.xls")

    assert found[f"{WHO} Cachée"] == ("Cachée!nom", "row 2")
    assert found["612345678"][0] == "Cachée!id"


BOMB = made_files.gzipped(made_files.gzipped(bytes(30_000_000)))
DEEP = made_files.zipped({"a.csv": CSV})
for _ in range(6):
    DEEP = made_files.zipped({"a.zip": DEEP})
LOCKED = bytearray(made_files.zipped({"a.csv": CSV, "b.csv": "id;v\n1;x\n"}))
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
X = "<table:table-cell{}><text:p>x</text:p></table:table-cell></table:table-row>"
SPARSE = '<table:table-row table:number-rows-repeated="99999999">' + X.format("")
WIDE = "<table:table-row>" + X.format(' table:number-columns-repeated="9999999"')


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (made_files.zipped({"a.csv": CSV, "b.7z": "?"}), "a.zip", "unknown_format: b.7z"),
        (made_files.zipped({"a.csv": CSV, "b.csv": b"\0\1\2"}), "a.zip", "binary: b.csv"),
        (bytes(LOCKED), "a.zip", "encrypted: a.csv"),
        (made_files.zipped({f"{MAIL}.7z": "?"}), "a.zip", "unknown_format: *"),
        (DEEP, "a.zip", f"too_large: {'a.zip, ' * 5}more than 4 files in one another"),
        (BOMB, "a.gz.gz", "too_large: unpacked size"),
        (made_files.gzipped(CSV.encode())[:-9], "a.csv.gz", "corrupt"),
        (made_files.tarred({"a.csv": CSV.encode()})[:600], "a.tar", "corrupt"),
        (ENTITIES.encode(), "a.xml", "corrupt"),
        (b"<?xml version='1.0'?><a><b>", "a.xml", "corrupt"),
        (b"<x>" * 300, "a.xml", "too_large: nesting of more than 200"),
        (made_files.docx({"x.bin": "?"}, BODY), "a.docx", "unknown_format: word/x.bin"),
        (made_files.docx({"vbaProject.bin": "?"}), "a.docm", "corrupt: word/vbaProject.bin"),
        (made_files.docx({"media/i.png": "?"}, BODY), "a.docx", ""),
        (made_files.docx({"x.xml": ENTITIES}), "a.docx", "corrupt: word/x.xml"),
        (made_files.ods(SPARSE), "a.ods", "corrupt: content.xml"),
        (made_files.ods(WIDE), "a.ods", "corrupt: content.xml"),
        (b"id : x\n\nrien", "a.eml", "wrong_extension"),
        (b"BEGIN:VCARD\nrien\n", "a.vcf", "corrupt: line 2"),
        (made_files.sqlite("CREATE TABLE a (b)")[:2000], "a.db", "corrupt"),
        (
            made_files.sqlite("CREATE TABLE a (b)", "INSERT INTO a VALUES (x'ff00')"),
            "a.db",
            "binary: a, cells",
        ),
        (made_files.dbf(["a"], [["b"]], "ascii")[:70], "a.dbf", "corrupt: last record"),
        (b"\3" + bytes(99), "a.dbf", "corrupt: header"),
        (made_files.shp([(1, 2)])[:-4], "a.shp", "corrupt: record"),
        (made_files.png("Title", "x"), "a.png", "no_text_layer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "corrupt"),
    ],
)
def test_what_was_not_read_is_said(content: bytes, name: str, problem: str) -> None:
    assert cells(content, name, Limits(max_unpacked_bytes=20_000_000))[1] == problem


SEEDS = [
    (WORD, "docx"),
    (made_files.pptx([WHO]), "pptx"),
    (made_files.ods(FIRST + SECOND), "ods"),
    (made_files.opendocument("text", f"<text:p>{WHO}</text:p>"), "odt"),
    (made_files.sqlite(*PEOPLE), "db"),
    (made_files.dbf(["nom"], [[WHO]], "utf-8"), "dbf"),
    (made_files.shp([(1, 2)]), "shp"),
    (made_files.jpeg(made_files.tiff({0x13B: WHO}, (1, 2))), "jpg"),
    (made_files.png("Author", WHO), "png"),
    (made_files.tarred({"a.csv": CSV.encode()}), "tar"),
    (made_files.zipped({"a.csv": CSV}), "zip"),
    (made_files.gzipped(CSV.encode()), "gz"),
    (MESSAGE.encode(), "eml"),
    (CARD.encode(), "vcf"),
    (KML.encode(), "kml"),
    (PAGE.encode(), "html"),
    (made.pdf([WHO]).getvalue(), "pdf"),
    (made.workbook({"s": [["id", "nom"], [1, WHO]]}).getvalue(), "xlsx"),
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), max_size=6),
    st.floats(0, 1),
)
def test_a_spoilt_file_raises_nothing_but_our_own(
    seed: tuple[bytes, str], changes: list[tuple[float, bytes]], end: float
) -> None:
    content = bytearray(seed[0])
    for where, new in changes:
        at = int(where * len(content))
        content[at : at + len(new)] = new
    if end < 0.5:
        del content[int(2 * end * len(content)) :]

    found, _ = cells(bytes(content), f"a.{seed[1]}")

    assert all(item.place(n) for item in found for n in range(len(item.values)))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(EXTENSIONS)))
def test_no_bytes_raise_anything_but_our_own(content: bytes, end: str) -> None:
    cells(content, f"a.{end}")


def test_names_that_a_workbook_defines_are_read() -> None:
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].append(["id", "ville"])
    book.defined_names["qui"] = DefinedName("qui", attr_text=f'"{WHO}"')
    book.save(file)

    assert places(file.getvalue(), "a.xlsx")[f'"{WHO}"'] == ("Sheet!(comments)", "defined name")


def test_a_needle_in_the_last_row_of_the_last_member_is_found_with_its_place() -> None:
    lines = ["id;remarque\n", *(f"{n};RAS {n % 7}\n" for n in range(49_000)), f"x;{WHO}\n"]
    content = made_files.zipped({"a.csv": "id;v\n1;2\n", "b.csv": "".join(lines)})

    assert places(content, "a.zip")[WHO] == ("b.csv!remarque", "row 49002")


def test_a_member_that_looks_like_a_folder_hides_nothing() -> None:
    content = made_files.zipped({"a.csv": CSV, "b/": f"id;nom\n2;{WHO}\n"})

    assert [item.name for item in cells(content, "a.zip")[0] if WHO in item.values] == [
        "a.csv!nom",
        "b/!nom",
    ]
