"""The detectors one by one: every example, every look-alike, each in a text and in a table."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ckanext.rgpd.core.detect import detectors, fr, gate, mask, sentence
from ckanext.rgpd.core.detect.detector import BELIEVED, HINT, REJECTED, Hit, without_overlaps
from ckanext.rgpd.core.detect.detectors import BY_RULE, DETECTORS
from ckanext.rgpd.core.detect.gate import Shaped
from tests.core import made

EXAMPLES = [(d.rule, text) for d in DETECTORS for text in d.examples]
LOOK_ALIKES = [(d.rule, text) for d in DETECTORS for text in d.counterexamples]

MODULES = [module.name for module in pkgutil.iter_modules(fr.__path__)]


def believed(rule: str, text: str) -> list[Hit]:
    return [hit for hit in BY_RULE[rule].find(text) if hit.score >= BELIEVED]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_an_example_is_found_and_its_gate_is_open(rule: str, text: str) -> None:
    assert len(believed(rule, text)) == 1
    assert BY_RULE[rule].gate(text)


@pytest.mark.parametrize(("rule", "text"), LOOK_ALIKES)
def test_a_look_alike_is_not_believed(rule: str, text: str) -> None:
    assert believed(rule, text) == []


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_a_mask_never_shows_what_was_found(rule: str, text: str) -> None:
    hit = believed(rule, text)[0]
    value = text[hit.start : hit.end]

    masked = BY_RULE[rule].mask(value)

    assert value not in masked
    shown = [char for char in masked if char.isalnum()]
    assert len(shown) <= max(4, len(value) // 3)


@pytest.mark.parametrize(
    "module",
    [
        *(f"fr.{module}" for module in MODULES),
        *"gate mask before public_role scatter secret sensitive sentence subject word_list".split(),
    ],
)
def test_the_examples_in_a_docstring_hold(module: str) -> None:
    loaded = importlib.import_module(f"ckanext.rgpd.core.detect.{module}")

    results = doctest.testmod(loaded)

    assert results.attempted
    assert not results.failed


@pytest.mark.parametrize("number", made.nirs(60))
def test_every_right_nir_is_found(number: str) -> None:
    assert believed("nir", number)


@pytest.mark.parametrize("number", made.wrong_nirs(60))
def test_no_nir_with_a_wrong_key_is_found(number: str) -> None:
    assert believed("nir", number) == []


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("jeanne.exempleau@gmail.com", "email_personal"),
        ("jexempleau63@orange.fr", "email_personal"),
        ("jeanne.exempleau@ville-exemple.fr", "email_work"),
        ("exempleau@ville-exemple.fr", "email_work"),
        ("mairie@exemple.fr", "email_generic"),
        ("service.urbanisme@exemple.fr", "email_generic"),
        ("etat-civil@exemple.fr", "email_generic"),
        ("lesflots@les-flots.fr", "email_generic"),
        ("mairie.exemple@wanadoo.fr", "email_generic"),
        ("2024@exemple.fr", "email_generic"),
    ],
)
def test_an_address_is_a_persons_or_a_functions(address: str, kind: str) -> None:
    assert [hit.entity_type for hit in believed("email", address)] == [kind]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("06 39 98 00 12", "phone_mobile"),
        ("+33 7 39 98 00 12", "phone_mobile"),
        ("0692 12 34 56", "phone_mobile"),
        ("+262 692 12 34 56", "phone_mobile"),
        ("01 99 00 12 34", "phone_fixed"),
        ("09.99.00.12.34", "phone_fixed"),
        ("+33199001234", "phone_fixed"),
        ("+32 2 555 12 12", "phone_fixed"),
    ],
)
def test_a_telephone_is_mobile_or_fixed(number: str, kind: str) -> None:
    assert [hit.entity_type for hit in believed("phone", number)] == [kind]


def test_a_number_in_spaced_pairs_inside_a_nir_is_not_a_telephone() -> None:
    hits = [hit for hit in detectors.find("1 85 05 78 006 084 91") if hit.score >= BELIEVED]

    assert [hit.entity_type for hit in hits] == ["nir"]


def test_of_overlapping_hits_the_best_and_longest_stays() -> None:
    short, long, sure = Hit("a", 2, 5, 0.4, "r"), Hit("b", 0, 9, 0.4, "r"), Hit("c", 7, 9, 0.9, "r")

    assert without_overlaps([short, long]) == [long]
    assert without_overlaps([short, long, sure]) == [short, sure]


PIECES = st.sampled_from(
    "06| 39 98 00 12|jeanne@|exemple.fr|FR76|30006000011234567890189|M. |Mme|Paul|"
    "185057800608491|\n|.|@|2A|é|-|\x00|1|rue du |AB-123-CD|12AB34567|120890177FH|X4RTPFW42|"
    "3023217600053|203.0.113.7|:|5E|plaque |PDL 09123456789012|Jeanne| DUBOIS|\u00a0|(0)|+33|"
    "LEFEBVRE Élise|Dr|12 rue des |Appt |bât. n° 3|orcid.org/|0000-0002-1825-0097|\r|É|34".split(
        "|"
    )
)
CELLS = st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=12)


@settings(max_examples=300)
@given(CELLS)
@example(["M.", "Paul", "Mme Paul"])
@example(["FR76X4RTPFW4206"])
@example(["consorts", "x", "EPOUX EXEMPLE", "x1", "Durand"])  # a match through three values
def test_a_column_holds_what_its_values_hold_one_by_one(values: list[str]) -> None:
    one_by_one = {
        value: hits
        for value in values
        if (hits := [hit for hit in detectors.find(value) if hit.score != HINT])
    }

    # In two batches: what the first teaches of shapes must not hide anything in the second.
    distinct = list(dict.fromkeys(values))
    routes = detectors.Routes()
    found = [routes.find(Shaped(part)) for part in (distinct[::2], distinct[1::2])]

    assert found[0] | found[1] == one_by_one


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_closed_gate_never_hides_a_match(text: str) -> None:
    for detector in DETECTORS:
        assert detector.gate(text) or all(hit.score == REJECTED for hit in detector.find(text))


@settings(max_examples=300)
@given(st.lists(PIECES.filter(lambda piece: piece != "\n"), max_size=8).map("".join))
def test_a_shape_never_hides_a_match(text: str) -> None:
    shape = gate.lines(Shaped([text]).shapes)

    for detector in DETECTORS:
        assert detector.shape.search(shape) or not list(detector.find(text))


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "@", "a@", "a.", "a-", "M. A", "FR76 ", "06 ", "+", "0", "Mme ", "Dr Aa "],
)
def test_no_text_makes_a_pattern_slow(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = time.perf_counter()

    detectors.find(text)

    assert time.perf_counter() - begin < 10


def test_a_header_that_is_personal_data_is_told_from_one_that_is_not() -> None:
    assert detectors.holds_value("jeanne@exemple.fr")
    assert detectors.holds_value("0639980012")
    assert not detectors.holds_value("Téléphone du demandeur")


def test_masks_and_gates_are_documented_by_examples() -> None:
    assert mask.shape("AB-12", 1) == "A*-**"
    assert not gate.has_digits(3)("c1d2")
    assert not sentence.is_sentence("")
