"""Who is told what: the publisher of the decision, the reviewers of what waits."""

from __future__ import annotations

from tests.ckan import made

DECLARED = {"covered_columns": ["nom", "nir", "courriel", "telephone"]}


def activities(call, user, resource):
    listed = call(user, "package_activity_list", id=resource["package_id"])
    return [item["activity_type"] for item in listed]


def decide(call, people, resource, decision):
    call(
        people.dpo,
        "rgpd_decision_create",
        resource_id=resource["id"],
        decision=decision,
        reason="Le motif écrit.",
    )


def test_the_publisher_finds_the_decision_in_the_activity_stream(people, held, call, fetch):
    decide(call, people, held, "refuse")

    assert "rgpd refused package" in activities(call, people.publisher, held)
    page = fetch(f"/dataset/activity/{held['package_id']}", people.publisher)
    assert "rgpd-refused-package" in page.body


def test_nobody_else_finds_it_there(people, held, call, fetch):
    decide(call, people, held, "refuse")

    stream = f"/api/3/action/package_activity_list?id={held['package_id']}"
    for who in (None, "outsider", "other_editor"):
        answer = fetch(stream, getattr(people, who) if who else None)
        kinds = [item["activity_type"] for item in answer.json["result"]]
        assert not [kind for kind in kinds if kind.startswith("rgpd")], who


def test_the_publisher_gets_a_mail_with_the_reason_and_no_value(people, held, call, mail_server):
    decide(call, people, held, "refuse")

    mails = [m for m in mail_server.get_smtp_messages() if people.publisher["email"] in m[2]]
    assert len(mails) == 1
    text = decoded(mails[0][3])
    assert "Le motif écrit." in text
    for secret in made.SECRETS:
        assert secret not in text


def test_the_reviewer_gets_a_mail_when_a_file_waits(people, held, call, mail_server):
    call(
        people.publisher,
        "rgpd_declaration_update",
        resource_id=held["id"],
        answers=made.by_law(**DECLARED),
    )

    mails = [m for m in mail_server.get_smtp_messages() if "dpo@exemple.fr" in m[2]]
    assert len(mails) == 1
    assert "/rgpd/review" in decoded(mails[0][3])


def test_a_mail_server_that_fails_stops_no_decision(people, held, call, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("no answer")

    monkeypatch.setattr("smtplib.SMTP", fail)

    decide(call, people, held, "release")

    assert call(people.publisher, "rgpd_status_show", resource_id=held["id"])["released"]


def decoded(message: str) -> str:
    import email

    parsed = email.message_from_string(message)
    parts = [part for part in parsed.walk() if part.get_content_maintype() == "text"]
    return "\n".join(part.get_payload(decode=True).decode() for part in parts)
