"""A file declared anonymised: its account, what the portal measures, and the methods document."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest

from tests.ckan import made

HEADER = ("departement", "tranche", "maladie")
SAFE = [("37", "30-39", "grippe"), ("37", "30-39", "asthme")] * 4 + [
    ("75", "40-49", "grippe"),
    ("75", "40-49", "asthme"),
] * 3
ALONE = [*SAFE, ("2A", "90 et plus", "grippe")]

ACCOUNT = {
    "anon_dissemination": "puf",
    "anon_measures": ["generalisation", "suppression_row"],
    "anon_quasi_identifiers": ["departement", "tranche"],
    "anon_sensitive": ["maladie"],
    "anon_k_declared": 5,
    "anon_software": "arx",
    "anon_software_version": "ARX 3.9.1",
    "anon_information_loss": {"suppression_rate": 0.02},
    "anon_review_date": "2999-01-01",
}
ANSWERS = {
    "dcp_publication_basis": "anonymised",
    "anon_methods_document": "https://exemple.fr/methodes",
    **dict.fromkeys(
        ("criterion_singling_out", "criterion_linkability", "criterion_inference"), "met"
    ),
}


@pytest.fixture
def pending(add_file):
    """An upload that waits for its scan."""

    def add(rows, name="enquete.csv"):
        return add_file(made.csv_text([HEADER, *rows]), name)

    return add


@pytest.fixture
def told(pending, call, people):
    """An upload of which the publisher gave the account and the answers before it was read."""

    def add(rows, **changes):
        resource = pending(rows)
        id = resource["id"]
        values = {**ACCOUNT, **changes}
        call(people.publisher, "rgpd_anonymisation_update", resource_id=id, values=values)
        call(people.publisher, "rgpd_declaration_update", resource_id=id, answers=ANSWERS)
        return resource

    return add


def content(call, user, resource):
    return call(user, "rgpd_anonymisation_show", resource_id=resource["id"])["contents"][0]


def test_a_file_that_keeps_its_word_is_published_once_measured(told, call, people, read_files):
    resource = told(SAFE)
    assert content(call, people.publisher, resource)["against"][0]["code"] == "waiting"

    read_files()

    found = content(call, people.publisher, resource)
    assert found["against"] == []
    assert (found["measured"]["k"], found["measured"]["l"]) == (6, 2)
    shown = call(None, "package_show", id=resource["package_id"])["resources"][0]
    assert shown["rgpd_anonymisation_status"] == "anonymised_verified"
    assert (shown["rgpd_anon_k"], shown["rgpd_anon_l"]) == (6, 2)
    assert shown["rgpd_anon_measures"] == ["suppression_row", "generalisation"]
    assert shown["rgpd_anon_information_loss"] == {"suppression_rate": 0.02}
    assert shown["rgpd_criterion_inference"] == "met"


def test_one_row_alone_belies_the_declaration_and_keeps_the_file_closed(
    told, call, people, read_files
):
    resource = told(ALONE)

    read_files()

    for user in (people.publisher, people.dpo):
        found = content(call, user, resource)
        assert found["measured"]["k"] == 1
        codes = [item["code"] for item in found["against"]]
        assert codes[:2] == ["unique_rows", "k_below_declared"]
    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"anon_k_declared": 7}, "k_below_declared"),
        ({"anon_l_declared": 3}, "l_below_declared"),
        (
            {
                "anon_t_declared": 0.2,
                "anon_quasi_identifiers": ["departement"],
                "anon_sensitive": ["tranche"],
            },
            "t_above_declared",
        ),
    ],
)
def test_a_figure_that_the_file_belies_keeps_it_closed(
    changes, code, told, call, people, read_files
):
    resource = told(SAFE, **changes)

    read_files()

    found = content(call, people.publisher, resource)
    assert code in [item["code"] for item in found["against"]]
    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]


def test_without_its_measure_the_file_stays_closed(told, call, people, monkeypatch, read_files):
    monkeypatch.setattr("ckanext.rgpd.jobs.enqueue_measuring", lambda id: None)
    resource = told(SAFE)
    monkeypatch.setattr("ckanext.rgpd.model.Anonymisation.unmeasured", list)

    read_files()

    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"anon_dissemination": "everyone"}, "anon_dissemination"),
        ({"anon_measures": ["magic"]}, "anon_measures"),
        ({"anon_k_declared": 5}, "anon_quasi_identifiers"),
        ({"anon_k_declared": "many", "anon_quasi_identifiers": ["tranche"]}, "anon_k_declared"),
        ({"anon_k_declared": -1, "anon_quasi_identifiers": ["tranche"]}, "anon_k_declared"),
        ({"anon_risk_after": 2, "anon_risk_method": "1/k"}, "anon_risk_after"),
        ({"anon_software": "arx"}, "anon_software_version"),
        ({"anon_information_loss": {"beauty": 1}}, "anon_information_loss"),
        ({"anon_information_loss": "much"}, "anon_information_loss"),
        ({"anon_control_date": "2999-01-01"}, "anon_control_date"),
        ({"anon_secret": "x"}, "anon_secret"),
        ({"anon_quasi_identifiers": {"a": 1}}, "anon_quasi_identifiers"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_saved(values, field, pending, call, people):
    resource = pending(SAFE)

    with pytest.raises(tk.ValidationError) as error:
        call(
            people.publisher,
            "rgpd_anonymisation_update",
            resource_id=resource["id"],
            values=values,
        )

    assert list(error.value.error_dict) == [field]
    assert content(call, people.publisher, resource)["declared"] == {}


def test_a_column_that_the_file_does_not_have_is_named(pending, call, people, read_files):
    resource = pending(SAFE)
    read_files()

    with pytest.raises(tk.ValidationError) as error:
        call(
            people.publisher,
            "rgpd_anonymisation_update",
            resource_id=resource["id"],
            values={"anon_quasi_identifiers": ["departement", "commune"]},
        )

    assert list(error.value.error_dict) == ["anon_quasi_identifiers"]


def test_a_file_replaced_meanwhile_is_not_told_of(pending, call, people):
    resource = pending(SAFE)

    with pytest.raises(tk.ValidationError) as error:
        call(
            people.publisher,
            "rgpd_anonymisation_update",
            resource_id=resource["id"],
            version_id="another",
            values={"anon_dissemination": "puf"},
        )

    assert list(error.value.error_dict) == ["version_id"]


@pytest.mark.parametrize("who", ["outsider", "member", "other_editor"])
def test_strangers_neither_tell_nor_see(who, pending, call, people):
    resource, user = pending(SAFE), getattr(people, who)

    with pytest.raises(tk.NotAuthorized):
        content(call, user, resource)
    with pytest.raises(tk.NotAuthorized):
        call(user, "rgpd_anonymisation_update", resource_id=resource["id"], values={})


def pages(resource):
    base = f"/dataset/{resource['package_id']}/resource/{resource['id']}/rgpd"
    return f"{base}/methods", f"{base}/methods.md"


def test_the_methods_document_is_for_whoever_has_the_file(told, fetch, people, read_files, call):
    resource = told(SAFE, anon_parameters="<script>alert(1)</script> [x](y)")
    html, text = pages(resource)
    assert fetch(html).status_code == 404
    assert fetch(text, people.outsider).status_code == 404
    assert "ARX 3.9.1" in fetch(html, people.publisher).body

    read_files()

    page, markdown = fetch(html).body, fetch(text).body
    for shown in (page, markdown):
        assert "Document synthétique sur les méthodes de protection" in shown
        assert "Généralisation, recodage" in shown
        assert "ARX 3.9.1" in shown
        assert "Part supprimée 0.02" in shown
        assert "<script>alert" not in shown
    assert "- **k (plus petit groupe de lignes semblables)**\u00a0: 6" in markdown.replace("\\", "")
    assert "[x](y)" not in markdown


def test_the_form_saves_the_account_and_shows_what_the_file_shows(
    pending, app, people, token_of, read_files
):
    resource = pending(ALONE)
    url = f"/dataset/{resource['package_id']}/resource/{resource['id']}/rgpd/anonymisation"
    headers = {"Authorization": token_of(people.publisher["name"])}
    form = {
        "anon_dissemination": "puf",
        "anon_measures": ["generalisation", "rounding"],
        "anon_quasi_identifiers": "departement\r\ntranche\r\n",
        "anon_information_loss.ncp": "0,25",
    }
    assert app.post(url, headers=headers, data=form, follow_redirects=False).status_code == 302

    read_files()

    page = app.get(url, headers=headers).body
    assert "departement\ntranche</textarea>" in page
    assert 'value="0.25"' in page
    assert "1 / 15" in page


def test_a_form_with_an_error_keeps_what_was_typed(pending, app, people, token_of):
    resource = pending(SAFE)
    url = f"/dataset/{resource['package_id']}/resource/{resource['id']}/rgpd/anonymisation"
    headers = {"Authorization": token_of(people.publisher["name"])}

    page = app.post(
        url, headers=headers, data={"anon_software": "arx", "anon_scenarios": "Un voisin"}
    ).body

    assert "Un voisin" in page
    assert "Nom et version du logiciel" in page or "Name and version" in page
