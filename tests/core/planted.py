"""Files of every format and trait that are read, with one person planted in each, and its place."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import NamedTuple

from tests.core import made, made_files
from tests.core.made_files import docx, ods, ods_row, opendocument, paragraph, word_part, zipped

MAIL = "jeanne.lefebvre@gmail.com"
#: As much as fits in a field of the made dBase tables.
SHORT = "j.lefebvre@gmail.com"
FIRST = ["Hélène", "Zoé", "Aïcha", "François", "Loïc", "Noël", "Maëlle", "Rémi"]
TABLE = [["n°", "prénom", "courriel"], *([str(n), FIRST[n % 8], ""] for n in range(1, 40))]
TABLE.append(["40", "Jeanne", MAIL])
LAST = "row 41"


class Planted(NamedTuple):
    """A file, and where the person in it stands: the column, and the place of the first match."""

    trait: str
    name: str
    content: bytes
    column: str
    place: str


def csv(delimiter: str = ";", encoding: str = "utf-8", before: str = "") -> bytes:
    rows = "".join(delimiter.join(row) + "\r\n" for row in TABLE)
    return (before + rows).encode(encoding)


ENCODINGS = "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le cp1252 mac_roman cp850"
PREAMBLE = "Ville d’Exemple\r\nListe établie le 3 mars 2024\r\n\r\n"
RAGGED = "id;ville;note\n1;Rezé\n2;Orléans;vu;en plus;" + MAIL + "\n3\n" + "4;Nantes;vu\n" * 20
QUOTED = f'id;note\n1;"une ligne\nune autre\n{MAIL}"\n2;"rien ""ici"""\n'
SECOND_HEADER = (
    "Identité;;Contact\nnom;prénom;courriel\n"
    + "".join(f"MARTIN;{first};\n" for first in FIRST)
    + f"LEFEBVRE;Jeanne;{MAIL}\n"
)


def delimited() -> list[Planted]:
    """Tables of text."""
    found = [
        Planted(f"csv in {encoding}", "a.csv", csv(encoding=encoding), "courriel", LAST)
        for encoding in ENCODINGS.split()
    ]
    twice = csv().decode("cp1252", "replace").encode()
    found += [
        Planted(f"csv with {delimiter!r}", "a.csv", csv(delimiter), "courriel", LAST)
        for delimiter in ",\t|"
    ]
    return [
        *found,
        Planted("encoded twice", "a.csv", twice, "courriel", LAST),
        Planted("tsv", "a.tsv", csv("\t"), "courriel", LAST),
        Planted("preamble", "a.csv", csv(before=PREAMBLE), "courriel", "row 44"),
        Planted("second header", "a.csv", SECOND_HEADER.encode(), "Contact", "row 11"),
        Planted(
            "no header",
            "a.csv",
            "".join(f"{n};x\n" for n in range(9)).encode() + f"9;{MAIL}\n".encode(),
            "col_2",
            "row 10",
        ),
        Planted("ragged rows", "a.csv", RAGGED.encode(), "col_5", "row 3"),
        Planted("quoted newlines", "a.csv", QUOTED.encode(), "note", "row 2"),
    ]


def _workbook(change: Callable[..., None], macros: bool = False) -> bytes:
    from openpyxl import Workbook

    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].title = "Vue"
    book.worksheets[0].append(["id", "ville"])
    book.worksheets[0].append([1, "Nantes"])
    change(book)
    book.save(file)
    return _with(file.getvalue(), {"xl/vbaProject.bin": _project()}) if macros else file.getvalue()


def _with(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | dict(parts))


def _project() -> bytes:
    source = f'Attribute VB_Name = "Module1"\r\n\' Auteur : {MAIL}\r\n'
    return made_files.ole({("VBA", "Module1"): made_files.macro(source), ("PROJECT",): b"ID"})


def _comment(book: object) -> None:
    from openpyxl.comments import Comment

    book.worksheets[0]["A2"].comment = Comment(f"vu avec {MAIL}", "x")  # type: ignore[attr-defined]


def _xls() -> bytes:
    import xlwt

    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Vue")
    for number, row in enumerate(TABLE):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    sheet.visibility = 1
    book.save(file)
    return file.getvalue()


def workbooks() -> list[Planted]:
    """XLSX, XLSM, XLS, ODS."""
    note = f"<office:annotation><text:p>{MAIL}</text:p></office:annotation>"
    cell = f"<table:table-cell><text:p>a</text:p>{note}</table:table-cell>"
    noted = f"<table:table-row>{cell}</table:table-row>"
    return [
        Planted("sheet", "a.xlsx", made.workbook({"Vue": TABLE}).getvalue(), "Vue!courriel", LAST),
        Planted(
            "hidden sheet",
            "a.xlsx",
            made.workbook({"V": [["id"], [1]], "Caché": TABLE}, ["Caché"]).getvalue(),
            "Caché!courriel",
            LAST,
        ),
        Planted("comment", "a.xlsx", _workbook(_comment), "(comments)", "comment1, paragraph 2"),
        Planted(
            "author of a workbook",
            "a.xlsx",
            _workbook(lambda book: setattr(book.properties, "creator", MAIL)),
            "(properties).creator",
            "properties",
        ),
        Planted(
            "hidden sheet of xlsm",
            "a.xlsm",
            made.workbook({"V": [["id"], [1]], "C": TABLE}, ["C"]).getvalue(),
            "C!courriel",
            LAST,
        ),
        Planted(
            "macro of xlsm",
            "a.xlsm",
            _workbook(lambda _: None, macros=True),
            "(macros)",
            "macro Module1",
        ),
        Planted("hidden sheet of xls", "a.xls", _xls(), "Vue!courriel", LAST),
        Planted(
            "ods", "a.ods", ods("".join(ods_row(*row) for row in TABLE)), "Feuille!courriel", LAST
        ),
        Planted(
            "note of ods", "a.ods", ods(ods_row("id", "v") + noted), "(comments)", "Feuille, row 2"
        ),
        Planted(
            "author of ods",
            "a.ods",
            opendocument("spreadsheet", "", MAIL),
            "(properties).creator",
            "properties",
        ),
    ]


NESTED = {"service": {"agents": [{"id": 1}, {"id": 2, "contact": {"mel": ["", MAIL]}}]}}
FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [1, 2]},
    "properties": {"nom": "Parc", "contact": MAIL},
}
XML = f"<?xml version='1.0'?><liste><agent id='1'/><agent><mel>{MAIL}</mel></agent></liste>"
KML = (
    "<kml><Document><Placemark><name>Parc</name><ExtendedData><Data name='mel'>"
    f"<value>{MAIL}</value></Data></ExtendedData></Placemark></Document></kml>"
)
GPX = f"<?xml version='1.0'?><gpx><metadata><author><email>{MAIL}</email></author></metadata></gpx>"
RDF = (
    "<?xml version='1.0'?><rdf:RDF xmlns:rdf='urn:r' xmlns:v='urn:v'><rdf:Description>"
    f"<v:hasEmail rdf:resource='mailto:{MAIL}'/></rdf:Description></rdf:RDF>"
)
PEOPLE = "CREATE TABLE agents (id, mel)", f"INSERT INTO agents VALUES (1, ''), (2, '{MAIL}')"


def trees() -> list[Planted]:
    """JSON, XML and databases."""
    lines = f'{{"id": 1}}\n{{"id": 2, "mel": "{MAIL}"}}\n'
    features = {"type": "FeatureCollection", "features": [FEATURE]}
    return [
        Planted(
            "nested json",
            "a.json",
            json.dumps(NESTED).encode(),
            "service.agents.contact.mel",
            "$.service.agents[1].contact.mel[1]",
        ),
        Planted("json lines", "a.jsonl", lines.encode(), "mel", "$[1].mel"),
        Planted(
            "geojson",
            "a.geojson",
            json.dumps(features).encode(),
            "contact",
            "$.features[0].properties.contact",
        ),
        Planted("xml", "a.xml", XML.encode(), "agent.mel", "element 2"),
        Planted(
            "kml", "a.kml", KML.encode(), "Document.Placemark.ExtendedData.mel.value", "element 1"
        ),
        Planted(
            "kmz",
            "a.kmz",
            zipped({"doc.kml": KML}),
            "doc.kml!Document.Placemark.ExtendedData.mel.value",
            "element 1",
        ),
        Planted("gpx", "a.gpx", GPX.encode(), "metadata.author.email", "element 1"),
        Planted("rdf", "a.rdf", RDF.encode(), "Description.hasEmail.@resource", "element 1"),
        Planted("sqlite", "a.sqlite", made_files.sqlite(*PEOPLE), "agents!mel", "row 3"),
        Planted("geopackage", "a.gpkg", made_files.sqlite(*PEOPLE), "agents!mel", "row 3"),
        Planted("shapefile", "a.zip", _shapefile(), "a.dbf!mel", "row 3"),
    ]


def _shapefile() -> bytes:
    table = made_files.dbf(["nom", "mel"], [["Été", ""], ["Hé", SHORT], ["", ""]], "cp850")
    return zipped({"a.shp": made_files.shp([(1, 2)]), "a.dbf": table, "a.cpg": "850"})


def _pdf(where: str) -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.set_compression(False)
    document.set_font("Helvetica")
    document.add_page()
    document.multi_cell(0, text="La piscine est ouverte.")
    document.add_page()
    if where == "page":
        document.multi_cell(0, text=f"Ecrire a {MAIL}.")
    elif where == "metadata":
        document.set_author(MAIL)
    elif where == "note":
        document.text_annotation(20, 20, text=f"vu avec {MAIL}")
    elif where == "link":
        document.link(10, 10, 20, 20, f"mailto:{MAIL}")
    elif where == "attached":
        document.embed_file(bytes=csv(), basename="liste.csv")
    return bytes(document.output())


def _form() -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject
    from pypdf.generic import TextStringObject as Text

    writer = PdfWriter(clone_from=io.BytesIO(_pdf("")))
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): Text("mel"),
            NameObject("/V"): Text(MAIL),
        }
    )
    fields = ArrayObject([writer._add_object(field)])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


PAGE = "<!doctype html><html><body><p>Bonjour</p>\n<p>{}</p></body></html>"


def documents() -> list[Planted]:
    """Texts and documents."""
    said = f"Ecrire a {MAIL} svp."
    text, end = "(document)", "paragraph 1"
    return [
        Planted("text", "a.txt", f"Bonjour\n\n{said}\n".encode(), text, "line 3"),
        Planted("markdown", "a.md", f"# Titre\n\n- {said}\n".encode(), text, "line 3"),
        Planted("html", "a.html", PAGE.format(said).encode(), text, "line 2"),
        Planted(
            "comment of html", "a.html", PAGE.format(f"<!-- {said} -->").encode(), text, "line 2"
        ),
        Planted(
            "link of html",
            "a.html",
            PAGE.format(f'<a href="mailto:{MAIL}">x</a>').encode(),
            text,
            "line 2",
        ),
        Planted(
            "docx",
            "a.docx",
            docx({}, paragraph("Bonjour") + paragraph(said)),
            text,
            "document, paragraph 2",
        ),
        Planted(
            "header of docx",
            "a.docx",
            docx({"header1.xml": word_part(paragraph(said), "hdr")}),
            text,
            "header1, " + end,
        ),
        Planted(
            "comment of docx",
            "a.docx",
            docx({"comments.xml": word_part(f"<w:comment>{paragraph(said)}</w:comment>")}),
            text,
            "comments, " + end,
        ),
        Planted(
            "change of docx",
            "a.docx",
            docx({}, paragraph(said, tag="delText")),
            text,
            "document, " + end,
        ),
        Planted(
            "author of docx",
            "a.docx",
            made_files.signed(docx({}), MAIL),
            "(properties).creator",
            "properties",
        ),
        Planted(
            "odt",
            "a.odt",
            opendocument("text", f"<text:p>a</text:p><text:p>{said}</text:p>"),
            text,
            "paragraph 2",
        ),
        Planted("slide", "a.pptx", made_files.pptx(["Bonjour", said]), text, "slide2, " + end),
        Planted(
            "notes of a slide",
            "a.pptx",
            made_files.pptx(["Bonjour"], said),
            text,
            "notesSlide1, " + end,
        ),
        Planted("page of pdf", "a.pdf", _pdf("page"), text, "page 2"),
        Planted("author of pdf", "a.pdf", _pdf("metadata"), "(properties).Author", "properties"),
        Planted("note of pdf", "a.pdf", _pdf("note"), text, "page 2, note"),
        Planted("link of pdf", "a.pdf", _pdf("link"), text, "page 2, note"),
        Planted("form of pdf", "a.pdf", _form(), text, "form"),
        Planted("file in pdf", "a.pdf", _pdf("attached"), "liste.csv!courriel", LAST),
    ]


def _message() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "mairie@exemple.fr", "Liste"
    message.set_content("Voir la pièce jointe.", cte="quoted-printable")
    message.add_attachment(csv(), maintype="application", subtype="octet-stream", filename="l.csv")
    return message.as_bytes()


CARD = f"BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL;TYPE=home:{MAIL[:9]}\r\n {MAIL[9:]}\r\nEND:VCARD\r\n"
EVENT = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n"
    f"ATTENDEE:mailto:{MAIL}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _outlook(where: str) -> bytes:
    """A message of Outlook, with a text and an attached table."""
    wide = {
        ("__substg1.0_0037001F",): "Liste",
        ("__substg1.0_1000001F",): f"Ecrire a {MAIL} svp." if where == "text" else "Bonjour",
        ("__substg1.0_0C1F001F",): MAIL if where == "sender" else "x",
        ("__attach", "__substg1.0_3707001F"): "l.csv",
    }
    streams = {path: text.encode("utf-16-le") for path, text in wide.items()}
    table = csv() if where == "attached" else b"id;n\n1;2\n"
    streams["__attach", "__substg1.0_37010102"] = table + b"\n" * 4096
    return made_files.ole(streams)


def others() -> list[Planted]:
    """Messages, cards, archives, pictures."""
    inside = zipped({"dossier/b.csv": csv()})
    exif = made_files.tiff({0x013B: MAIL}, (48, 2))
    artist = "(properties).Artist"
    return [
        Planted(
            "message",
            "a.eml",
            f"From: x@exemple.fr\nTo: {MAIL}\n\nBonjour\n".encode(),
            "(document)",
            "part 1, header",
        ),
        Planted("attached to a message", "a.eml", _message(), "l.csv!courriel", LAST),
        Planted("text of Outlook", "a.msg", _outlook("text"), "(document)", "text"),
        Planted("sender of Outlook", "a.msg", _outlook("sender"), "(document)", "header"),
        Planted("attached in Outlook", "a.msg", _outlook("attached"), "l.csv!courriel", LAST),
        Planted("vcard", "a.vcf", CARD.encode(), "VCARD.EMAIL", "line 3"),
        Planted("icalendar", "a.ics", EVENT.encode(), "VCALENDAR.VEVENT.ATTENDEE", "line 4"),
        Planted("zip", "a.zip", inside, "dossier/b.csv!courriel", LAST),
        Planted("tar", "a.tar", made_files.tarred({"b.csv": csv()}), "b.csv!courriel", LAST),
        Planted("gz", "a.csv.gz", made_files.gzipped(csv()), "a.csv!courriel", LAST),
        Planted(
            "zip in tar in gz",
            "a.tar.gz",
            made_files.gzipped(made_files.tarred({"c.zip": inside})),
            "a.tar!c.zip!dossier/b.csv!courriel",
            LAST,
        ),
        Planted("author of a jpeg", "a.jpg", made_files.jpeg(exif), artist, "properties"),
        Planted("author of a tiff", "a.tif", exif, artist, "properties"),
        Planted(
            "author of a png",
            "a.png",
            made_files.png("Author", MAIL),
            "(properties).Author",
            "properties",
        ),
        Planted(
            "author of a picture in docx",
            "a.docx",
            docx({"media/image1.jpg": made_files.jpeg(exif)}),  # type: ignore[dict-item]
            "image1.jpg!" + artist,
            "properties",
        ),
    ]


PLANTED = [*delimited(), *workbooks(), *trees(), *documents(), *others()]
