"""Links: what stands behind them is read, and looked at again."""

from __future__ import annotations

import datetime

import ckan.model as ckan_model
import pytest
from ckan.cli.cli import ckan
from ckan.exceptions import CkanConfigurationException

from ckanext.rgpd import config, escrow, gate, links
from ckanext.rgpd.model import LinkCheck, RegisterLine, Report, Version
from ckanext.rgpd.model.version import HELD, LINK, PENDING, RELEASED, WITHDRAWN
from tests.ckan import made, stand_in


@pytest.fixture
def server(ckan_config, monkeypatch):
    with stand_in.serve() as server:
        monkeypatch.setitem(ckan_config, config.LINKS_INTERNAL, [server.host])
        yield server


@pytest.fixture
def add_link(call, people, dataset, read_files):
    """A link of the dataset's publisher, read by the worker."""

    def add(url, **fields):
        resource = call(
            people.publisher, "resource_create", package_id=dataset["id"], url=url, **fields
        )
        assert not gate.is_open(resource["id"])
        read_files()
        return resource

    return add


@pytest.fixture
def sweep(cli, read_files, dataset):
    """The command of the administrator's cron, a day later, and the worker's part of it."""

    def run():
        links_of_dataset = ckan_model.Session.query(Version.id).filter_by(package_id=dataset["id"])
        ckan_model.Session.query(LinkCheck).filter(
            LinkCheck.version_id.in_(links_of_dataset)
        ).update(
            {"checked": datetime.datetime(2020, 1, 1)},  # noqa: DTZ001 - as the database stores it
            synchronize_session=False,
        )
        ckan_model.Session.commit()
        answer = cli.invoke(ckan, ["rgpd", "sweep"])
        assert answer.exit_code == 0, answer.output
        read_files()
        ckan_model.Session.expire_all()

    return run


def link_of(resource):
    (version,) = Version.current(resource["id"])
    return version


def problem_of(resource):
    return Report.get(link_of(resource).report_id).value.problem


def test_a_clean_file_behind_a_link_opens_it_by_itself(server, add_link, call):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))

    shown = call(None, "resource_show", id=resource["id"])
    assert shown["url"] == server.url + "/lieux.csv"
    dataset = call(None, "package_show", id=resource["package_id"])
    assert dataset["resources"][0]["rgpd_file_checksum"] == link_of(resource).sha256


def test_personal_data_behind_a_link_keeps_it_closed(server, add_link, call, people):
    resource = add_link(server.page("/habitants.csv", made.PERSONAL))

    report = call(people.publisher, "rgpd_report_show", resource_id=resource["id"])["reports"][0]
    assert {finding["column"] for finding in report["findings"]} >= {"nom", "nir", "courriel"}
    assert link_of(resource).state == HELD
    assert "habitants.csv" not in str(call(None, "package_show", id=resource["package_id"]))


@pytest.mark.ckan_config("ckan.plugins", "rgpd activity datastore resource_proxy")
def test_the_proxy_refuses_a_closed_link_to_strangers(server, add_link, fetch, people):
    """CKAN's view lets the refusal pass: it is an answer of the portal's, not an error."""
    resource = add_link(server.page("/habitants.csv", made.PERSONAL))
    url = f"/dataset/{resource['package_id']}/resource/{resource['id']}/proxy"

    for user in (None, people.member):
        answer = fetch(url, user)
        assert answer.status_code == 403
        assert "en cours d’examen" in answer.body


def test_what_was_fetched_is_not_kept(server, add_link):
    resource = add_link(server.page("/habitants.csv", made.PERSONAL + "x"))

    assert not escrow.path(link_of(resource).sha256).exists()
    assert not list(config.escrow_path().glob("link-*"))


@pytest.mark.parametrize(
    ("path", "headers", "fields"),
    [
        ("/lieux.csv", {}, {}),
        ("/export.php?id=3", {"Content_Disposition": 'attachment; filename="lieux.csv"'}, {}),
        ("/export.php?id=4", {"Content_Type": "text/csv; charset=utf-8"}, {}),
        ("/export/lieux", {}, {"format": "CSV"}),
        ("/export/sans-nom", {"Content_Type": "application/octet-stream"}, {}),
    ],
)
def test_the_name_format_or_type_tells_how_to_read(server, add_link, path, headers, fields):
    resource = add_link(server.page(path, made.CLEAN, **headers), **fields)

    assert gate.is_open(resource["id"])


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"body": "<html><p>Piscine</p></html>", "Content_Type": "text/html"}, links.NOT_A_FILE),
        (
            {"body": '{"next": "/page2", "lieux": ["a"]}', "Content_Type": "application/json"},
            links.NOT_A_FILE,
        ),
        (
            {"body": "[1]", "Content_Type": "application/json", "Link": '</p2>; rel="next"'},
            links.NOT_A_FILE,
        ),
        ({"body": b"\x00\x01\x02" * 99, "Content_Type": "text/csv"}, "binary"),
        ({"body": b"x", "Content_Type": "video/mp4"}, "unknown_format"),
    ],
)
def test_what_is_no_file_waits_for_the_reviewer(server, add_link, call, people, answer, problem):
    resource = add_link(server.page("/donnees", **answer))

    assert problem_of(resource) == problem
    assert link_of(resource).state == HELD
    waiting = call(people.dpo, "rgpd_review_list", limit=1000)["results"]
    assert resource["id"] in [case["resource_id"] for case in waiting]


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/ows?SERVICE=WFS&request=GetFeature", {}), ("/donnees.json", {"format": "API REST"})],
)
def test_a_service_is_not_even_asked(server, add_link, path, fields):
    resource = add_link(server.page(path, made.CLEAN), **fields)

    assert problem_of(resource) == links.NOT_A_FILE
    assert server.asked == []


@pytest.mark.ckan_config(config.LINKS_PAGES, "scan")
def test_a_portal_may_have_pages_scanned(server, add_link):
    html = "<html><body><p>La piscine ouvre en 1987.</p></body></html>"
    resource = add_link(server.page("/page", html, Content_Type="text/html"))

    assert gate.is_open(resource["id"])


@pytest.mark.parametrize(
    ("lead", "problem"),
    [
        (lambda server: "http://169.254.169.254/latest/meta-data/", "not_public"),
        (lambda server: server.redirect("/a", "http://127.0.0.1:1/"), "not_public"),
        (lambda server: server.redirect("/b", "http://[::ffff:127.0.0.1]:1/"), "not_public"),
        (lambda server: server.url + "/absent.csv", "not_fetched"),
    ],
    ids=["metadata", "redirect", "mapped", "absent"],
)
def test_a_link_that_cannot_be_read_stays_closed_with_one_sentence(
    server, add_link, call, people, lead, problem
):
    resource = add_link(lead(server))

    assert problem_of(resource) == problem
    status = call(people.publisher, "rgpd_status_show", resource_id=resource["id"])
    assert not status["released"]
    assert status["versions"][0]["problem"].endswith(".")


def test_a_link_behind_which_nothing_changed_stays_open(server, add_link, sweep):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    before = link_of(resource).id
    sweep()

    assert link_of(resource).id == before
    assert gate.is_open(resource["id"])
    assert len(server.asked) == 2


def test_a_link_is_not_looked_at_before_it_is_due(server, add_link, cli, read_files):
    add_link(server.page("/lieux.csv", made.CLEAN))
    cli.invoke(ckan, ["rgpd", "sweep"])
    read_files()

    assert len(server.asked) == 1


def test_a_link_behind_which_personal_data_appeared_is_closed(server, add_link, sweep, call):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    before = link_of(resource)
    server.page("/lieux.csv", made.PERSONAL)
    sweep()

    assert link_of(resource).state == HELD
    assert Version.get(before.id).state == WITHDRAWN
    assert server.url not in str(call(None, "package_show", id=resource["package_id"]))
    events = ckan_model.Session.query(RegisterLine).filter_by(resource_id=resource["id"])
    order = [line.event for line in events.order_by(RegisterLine.number)]
    assert order == ["link", "scan", "release", "withdraw", "link", "scan", "hold"]


def test_a_link_is_closed_before_its_new_content_is_read(server, add_link, sweep, monkeypatch):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    server.page("/lieux.csv", made.never_read())
    monkeypatch.setattr("ckanext.rgpd.jobs._enqueue_ticket", lambda id, lane: None)
    monkeypatch.setattr("ckanext.rgpd.jobs.requeue", lambda: 0)
    sweep()

    assert link_of(resource).state == PENDING


def test_another_clean_content_is_read_and_opens_again(server, add_link, sweep):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    before = link_of(resource).sha256
    server.page("/lieux.csv", made.never_read())
    sweep()

    assert gate.is_open(resource["id"])
    assert link_of(resource).sha256 != before


def test_the_fingerprint_decides_and_not_what_the_server_says(server, add_link, sweep):
    """It is asked with its own mark; but one time in seven it must show the whole content."""
    content = [made.CLEAN]

    def page(request):
        same = request.headers.get("If-None-Match") == '"a1"'
        body = b"" if same else content[0].encode()
        stand_in.send(request, 304 if same else 200, body, ETag='"a1"')

    resource = add_link(server.trick("/lieux.csv", page))
    sweep()
    assert server.asked[1][1]["If-None-Match"] == '"a1"'
    content[0] = made.PERSONAL
    for _ in range(links.WHOLE_EVERY):
        sweep()

    assert link_of(resource).state == HELD


def test_a_server_that_is_down_for_a_while_changes_nothing(server, add_link, sweep):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    page = server.pages.pop("/lieux.csv")
    for _ in range(links.MAX_FAILURES - 1):
        sweep()
    assert gate.is_open(resource["id"])
    server.pages["/lieux.csv"] = page
    sweep()
    assert gate.is_open(resource["id"])
    assert LinkCheck.of(link_of(resource).id).failures == 0


def test_a_server_that_is_gone_closes_the_link(server, add_link, sweep):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    del server.pages["/lieux.csv"]
    for _ in range(links.MAX_FAILURES):
        sweep()

    assert link_of(resource).state == HELD
    assert problem_of(resource) == "not_fetched"


def test_a_link_that_leads_inside_meanwhile_is_closed_at_once(server, add_link, sweep):
    resource = add_link(server.page("/lieux.csv", made.CLEAN))
    server.redirect("/lieux.csv", "http://169.254.169.254/latest/meta-data/")
    sweep()

    assert problem_of(resource) == "not_public"
    assert link_of(resource).state == HELD


def test_a_page_that_the_reviewer_opened_stays_open_until_it_is_a_file(
    server, add_link, sweep, call, people
):
    resource = add_link(server.page("/page", "<p>Lundi</p>", Content_Type="text/html"))
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=resource["id"],
        decision="release",
        reason="Une page d'accueil.",
    )
    server.page("/page", "<p>Mardi</p>", Content_Type="text/html")
    sweep()
    assert link_of(resource).state == RELEASED

    server.page("/page", made.PERSONAL, Content_Type="text/csv")
    sweep()

    assert link_of(resource).state == HELD


def test_reading_the_own_network_is_for_tests_only(ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, config.LINKS_INTERNAL, ["127.0.0.1:80"])
    links.refuse_unsafe()
    monkeypatch.setitem(ckan_config, "testing", False)

    with pytest.raises(CkanConfigurationException):
        links.refuse_unsafe()


def test_the_kind_is_a_link(server, add_link):
    assert link_of(add_link(server.page("/lieux.csv", made.CLEAN))).kind == LINK
