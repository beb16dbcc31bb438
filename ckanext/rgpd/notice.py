"""Tells the people concerned: the publisher of a decision, the reviewers of a request."""

from __future__ import annotations

import logging

import ckan.model as ckan_model
import ckan.plugins as plugins
import ckan.plugins.toolkit as tk
from ckan.lib.mailer import MailerException, mail_user

from ckanext.rgpd import config
from ckanext.rgpd.model import Decision, Version
from ckanext.rgpd.model.version import RELEASED

log = logging.getLogger(__name__)

# CKAN heeds an entry's permission labels only where its type ends with "package".
RELEASED_ACTIVITY = "rgpd released package"
REFUSED_ACTIVITY = "rgpd refused package"
REVIEW_ACTIVITY = "rgpd review package"


def tell_publisher(version: Version, decision: Decision) -> None:
    """Tell the publisher what a reviewer has decided."""
    package = ckan_model.Package.get(version.package_id)
    kind = RELEASED_ACTIVITY if version.state == RELEASED else REFUSED_ACTIVITY
    _activity(kind, version, decision, package)
    _mail_publisher(version, decision, package)


def tell_reviewers(version: Version, decision: Decision) -> None:
    """Tell the reviewers that it is their turn."""
    package = ckan_model.Package.get(version.package_id)
    _activity(REVIEW_ACTIVITY, version, decision, package)
    _mail_reviewers(package)


def _activity(kind: str, version: Version, decision: Decision, package: ckan_model.Package) -> None:
    """An entry in CKAN's activity stream that only the dataset's editors are shown."""
    if not plugins.plugin_loaded("activity"):
        return
    from ckanext.activity.model import Activity

    entry = Activity(
        user_id=decision.user_id or version.user_id or package.creator_user_id or "",
        object_id=package.id,
        activity_type=kind,
        data={
            "package": {"id": package.id, "name": package.name, "title": package.title},
            "resource_id": version.resource_id,
            "outcome": decision.outcome,
        },
        permission_labels=_labels(version, package),
    )
    ckan_model.Session.add(entry)
    ckan_model.Session.commit()


def _labels(version: Version, package: ckan_model.Package) -> list[str]:
    labels = [f"creator-{id}" for id in {version.user_id, package.creator_user_id} if id]
    if package.owner_org:
        labels.append(f"member-{package.owner_org}")
    return labels


def _mail_publisher(version: Version, decision: Decision, package: ckan_model.Package) -> None:
    publisher = ckan_model.User.get(version.user_id) if version.user_id else None
    if version.state == RELEASED:
        subject = tk._("Your file can be published: {title}")
        verdict = tk._("The data protection officer has released your file.")
    else:
        subject = tk._("Your file cannot be published as it is: {title}")
        verdict = tk._("The data protection officer has refused the publication of your file.")
    reason = tk._("Reason given: {reason}").format(reason=decision.note or "-")
    link = _case_link(version, package)
    _mail(publisher, subject.format(title=package.title), f"{verdict}\n\n{reason}\n\n{link}")


def remind_reviewers(versions: list[Version]) -> None:
    """Tell those who decide that files have waited too long: how many, and where."""
    link = tk.url_for("rgpd.review", _external=True)
    late: dict[str, int] = {}
    for version in versions:
        for name in _deciders(ckan_model.Package.get(version.package_id)):
            late[name] = late.get(name, 0) + 1
    for name, number in late.items():
        subject = tk.ungettext(
            "A file has waited too long for your opinion",
            "{number} files have waited too long for your opinion",
            number,
        ).format(number=number)
        _mail(ckan_model.User.get(name), subject, link)


def _deciders(package: ckan_model.Package) -> frozenset[str]:
    """The names of the reviewers, and of the delegates of the dataset's organisation."""
    organisation = ckan_model.Group.get(package.owner_org) if package.owner_org else None
    delegates = {
        user for name, user in config.delegates() if organisation and name == organisation.name
    }
    return config.reviewers() | delegates


def _mail_reviewers(package: ckan_model.Package) -> None:
    subject = tk._("A file waits for your opinion: {title}").format(title=package.title)
    link = tk.url_for("rgpd.review", _external=True)
    for name in _deciders(package):
        _mail(ckan_model.User.get(name), subject, link)


def _case_link(version: Version, package: ckan_model.Package) -> str:
    return tk.url_for("rgpd.case", id=package.name, resource_id=version.resource_id, _external=True)


def _mail(user: ckan_model.User | None, subject: str, body: str) -> None:
    """Send a message where the portal sends mail at all; a failure stops nothing."""
    portal_sends = tk.config.get("smtp.server") and tk.config.get("smtp.mail_from")
    if not portal_sends or not user or not user.email:
        return
    try:
        mail_user(user, subject, body)
    except (MailerException, OSError) as error:
        log.warning("Mail to user %s not sent (%s).", user.id, type(error).__name__)
