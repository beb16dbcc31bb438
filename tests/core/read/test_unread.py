"""What nobody looked at, and what was repaired: said with its place; whole pages stay closed."""

from __future__ import annotations

import io

import pytest

from ckanext.rgpd.core import scan
from ckanext.rgpd.core.notes import sentence
from ckanext.rgpd.core.scan import Settings
from ckanext.rgpd.core.types import COMPLETE, NOTES, PARTIAL, Note, Report
from tests.core import made, made_files

STAMP = "Envoyé en préfecture le 12/12/2023. Reçu en préfecture le 12/12/2023. ID : 042-2142-DE"
SPEECH = "La piscine municipale ouvre ses portes au mois de juin. " * 8


def read(content: bytes, name: str) -> Report:
    return scan.scan(io.BytesIO(content), name, Settings())


def pdf(text: str = "", width: float = 0, height: float = 0, size: int = 400) -> bytes:
    """A page of 210 by 297 mm with a text, and a picture of that size on it."""
    from fpdf import FPDF

    document = FPDF()
    document.add_page()
    document.set_font("Helvetica")
    if text:
        document.multi_cell(0, text=text)
    if width:
        document.image(made.picture(size, size), 0, 0, width, height)
    return bytes(document.output())


def drawn(strokes: int) -> bytes:
    """A page without a letter, with so many lines."""
    from fpdf import FPDF

    document = FPDF()
    document.add_page()
    for number in range(strokes):
        document.line(10, number, 30, number + 5)
    return bytes(document.output())


@pytest.mark.parametrize(
    ("content", "status", "notes"),
    [
        (pdf(SPEECH), COMPLETE, ()),
        (pdf(SPEECH, 40, 30), COMPLETE, (Note("pictures", 1, ("page 1",)),)),
        (pdf(SPEECH, 210, 297), COMPLETE, (Note("pictures", 1, ("page 1",)),)),
        (pdf("Un titre", 60, 60), COMPLETE, (Note("pictures", 1, ("page 1",)),)),
        (pdf("Un titre", 210, 297, size=100), COMPLETE, ()),
        (pdf(STAMP, 200, 280), PARTIAL, ()),
        (pdf("", 210, 297), PARTIAL, ()),
        (pdf("", 60, 60), PARTIAL, ()),
        (pdf(), COMPLETE, ()),
        (drawn(20), COMPLETE, ()),
        (drawn(200), PARTIAL, ()),
    ],
    ids=[
        "text",
        "logo beside text",
        "recognised text over its picture",
        "title and photograph",
        "background",
        "scan with a stamp",
        "scan",
        "a picture alone",
        "blank",
        "frame",
        "letters drawn as curves",
    ],
)
def test_a_page_is_read_unless_it_is_mostly_a_picture(
    content: bytes, status: str, notes: tuple[Note, ...]
) -> None:
    report = read(content, "a.pdf")

    assert report.status == status
    assert report.notes == notes
    if status == PARTIAL:
        assert (report.problem, report.problem_place) == ("no_text_layer", "page 1")


W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:v"'
)


def docx(drawing: str) -> bytes:
    parts = {
        "document.xml": f"<w:document {W}><w:body><w:p>{drawing}<w:r><w:t>{SPEECH}</w:t></w:r>"
        "</w:p></w:body></w:document>",
        "media/image1.png": made.picture().getvalue(),
    }
    return made_files.docx(parts)  # type: ignore[arg-type]


def drawing(cx: int, cy: int) -> str:
    return (
        f'<w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><a:graphic><a:blip/></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def slide(letters: str) -> bytes:
    picture = '<p:pic><a:blip/><a:xfrm><a:ext cx="9144000" cy="6858000"/></a:xfrm></p:pic>'
    return made_files.zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": "<presentation/>",
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="urn:p" {W}>{picture}<a:p><a:r><a:t>{letters}'
            "</a:t></a:r></a:p></p:sld>",
            "ppt/media/image1.png": made.picture().getvalue(),
        }
    )


def odt(width: str, height: str) -> bytes:
    frame = (
        f'<draw:frame xmlns:draw="urn:d" xmlns:svg="urn:s" svg:width="{width}" '
        f'svg:height="{height}"><draw:image/></draw:frame><text:p>{SPEECH}</text:p>'
    )
    return made_files.opendocument("text", frame)


VML = '<w:pict><v:shape style="width:{}pt;height:{}pt"><v:imagedata/></v:shape></w:pict>'
NOTED = (Note("pictures", 1, ("image1.png",)),)


@pytest.mark.parametrize(
    ("content", "name", "status", "notes"),
    [
        (docx(""), "a.docx", COMPLETE, NOTED),
        (docx(drawing(1_800_000, 1_800_000)), "a.docx", COMPLETE, NOTED),
        (docx(drawing(6_120_000, 8_640_000)), "a.docx", PARTIAL, NOTED),
        (docx(VML.format(100, 100)), "a.docx", COMPLETE, NOTED),
        (docx(VML.format(500, 700)), "a.docx", PARTIAL, NOTED),
        (slide("Organigramme"), "a.pptx", PARTIAL, NOTED),
        (slide(SPEECH), "a.pptx", COMPLETE, NOTED),
        (odt("4cm", "3cm"), "a.odt", COMPLETE, ()),
        (odt("18cm", "250mm"), "a.odt", PARTIAL, ()),
    ],
)
def test_a_picture_as_large_as_a_page_is_a_page_that_nobody_read(
    content: bytes, name: str, status: str, notes: tuple[Note, ...]
) -> None:
    report = read(content, name)

    assert report.status == status
    assert report.notes == notes
    if status == PARTIAL:
        assert report.problem == "no_text_layer"
        assert report.problem_place.endswith("pictures as large as a page: 1")


def test_what_a_picture_in_a_document_says_of_itself_is_read() -> None:
    photo = made_files.jpeg(made_files.tiff({0x013B: "Jeanne Lefebvre"}, (48, 2)))
    content = made_files.docx({"media/image1.jpg": photo})  # type: ignore[dict-item]

    report = read(content, "a.docx")

    assert {finding.column: finding.entity_type for finding in report.personal} == {
        "image1.jpg!(properties).Artist": "person_name",
    }
    assert report.complete


def test_text_that_was_encoded_twice_is_repaired_and_the_report_says_so() -> None:
    twice = "prénom;ville\nZoé;Rezé\nAïcha;Orléans\n".encode().decode("cp1252").encode()
    once = "prénom;ville\nZoé;Rezé\nAïcha;Orléans\n".encode()

    report = read(twice, "a.csv")

    assert report.notes == (Note("repaired", 1, ()),)
    assert [column.name for column in report.columns] == ["prénom", "ville"]
    assert read(once, "a.csv").notes == ()


def test_the_member_of_an_archive_that_was_repaired_is_named() -> None:
    twice = "prénom;ville\nZoé;Rezé\n".encode().decode("cp1252").encode()

    report = read(made_files.zipped({"a.csv": twice, "b.csv": "x\n1\n"}), "a.zip")

    assert report.notes == (Note("repaired", 1, ("a.csv",)),)
    assert Report.from_dict(report.as_dict()) == report


XFA = (
    '<xdp:xdp xmlns:xdp="urn:xdp"><xfa:datasets xmlns:xfa="urn:xfa"><xfa:data><demande>'
    "<nom_usager>EXEMPLEAU</nom_usager><courriel>jeanne.exempleau@gmail.com</courriel>"
    "</demande></xfa:data></xfa:datasets></xdp:xdp>"
)


@pytest.mark.parametrize("cut", [0, 60])
def test_a_form_written_in_xml_beside_the_pages_is_read(cut: int) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject
    from pypdf.generic import TextStringObject as Text

    writer = PdfWriter(clone_from=io.BytesIO(pdf("Veuillez patienter...")))
    streams = []
    for piece in (XFA[:cut], XFA[cut:]) if cut else (XFA,):
        stream = StreamObject()
        stream.set_data(piece.encode())
        streams.append(writer._add_object(stream))
    named = [item for stream in streams for item in (Text("part"), stream)]
    form = DictionaryObject({NameObject("/XFA"): ArrayObject(named) if cut else streams[0]})
    writer._root_object[NameObject("/AcroForm")] = form
    file = io.BytesIO()
    writer.write(file)

    report = read(file.getvalue(), "a.pdf")

    assert "email_personal" in {finding.entity_type for finding in report.personal}
    assert any(column.name.endswith("nom_usager") for column in report.columns)


MODULE = 'Attribute VB_Name = "Module1"\r\n\' Auteur : jeanne.exempleau@gmail.com\r\n'


def test_macros_are_read() -> None:
    project = made_files.ole({("VBA", "Module1"): made_files.macro(MODULE), ("PROJECT",): b"ID"})
    content = made_files.docx({"vbaProject.bin": project})  # type: ignore[dict-item]

    report = read(content, "a.docm")

    assert report.complete
    (finding,) = report.personal
    assert (finding.column, finding.entity_type) == ("(macros)", "email_personal")
    assert finding.first_at == "macro Module1"


def test_an_object_of_another_program_is_not_read_and_named() -> None:
    content = made_files.docx({"embeddings/oleObject1.bin": made_files.ole({("Native",): b"?"})})  # type: ignore[dict-item]

    report = read(content, "a.docx")

    assert not report.complete
    assert report.problem_place == "word/embeddings/oleObject1.bin"


def test_a_picture_that_says_where_it_was_taken_is_noted_even_in_a_document() -> None:
    photo = made_files.jpeg(made_files.tiff({}, (48, 2)))
    content = made_files.docx({"media/image1.jpg": photo})  # type: ignore[dict-item]

    assert read(photo, "a.jpg").notes == (Note("place_taken", 1, ()),)
    assert read(content, "a.docx").notes == (
        Note("pictures", 1, ("image1.jpg",)),
        Note("place_taken", 1, ("image1.jpg",)),
    )


@pytest.mark.parametrize("kind", sorted(NOTES))
def test_every_note_has_its_words_in_both_languages(kind: str) -> None:
    note = Note(kind, 30, ("page 2", "sheet 3"))

    assert sentence(note, "fr").endswith(" (page 2; feuille 3… 30)")
    assert sentence(note, "en").endswith(" (page 2; sheet 3… 30)")


def test_the_name_of_a_part_that_is_personal_data_is_not_shown() -> None:
    mail = "jeanne.lefebvre@gmail.com"
    content = made_files.docx({f"media/{mail}.png": "", f"{mail}.xml": "<a>"})

    report = read(content, "a.docx")

    assert (report.problem, report.problem_place) == ("corrupt", "*")
    assert report.notes == (Note("pictures", 1, ("*",)),)
    assert mail not in str(read(made_files.png(mail, "x"), "a.png"))


def test_a_page_with_a_part_that_cannot_be_read_is_not_read_whole() -> None:
    """The library passes over it, and only its log says so."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter(clone_from=io.BytesIO(pdf(SPEECH)))
    part = StreamObject()
    part.set_data(b"BT (Jeanne) Tj ET")
    part[NameObject("/Subtype")] = NameObject("/Form")
    part[NameObject("/Filter")] = NameObject("/Unknown")
    resources = writer.pages[0]["/Resources"].get_object()
    part[NameObject("/Resources")] = DictionaryObject(resources)  # type: ignore[arg-type]
    parts = DictionaryObject({NameObject("/X"): writer._add_object(part)})
    resources[NameObject("/XObject")] = parts  # type: ignore[index]
    contents = StreamObject()
    contents.set_data(writer.pages[0].get_contents().get_data() + b" /X Do")  # type: ignore[union-attr]
    writer.pages[0][NameObject("/Contents")] = writer._add_object(contents)
    file = io.BytesIO()
    writer.write(file)

    report = read(file.getvalue(), "a.pdf")

    assert (report.problem, report.problem_place) == ("corrupt", "page 1")
