"""``block`` mode: personal data without a legal basis is refused at the door."""

from __future__ import annotations

import ckan.model as ckan_model
import ckan.plugins.toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.rgpd import config, jobs, judgements, uploader, wording
from ckanext.rgpd.core import types
from ckanext.rgpd.model import DatasetField


def check(package: ckan_model.Package, upload: FileStorage, resource_id: str) -> None:
    """Raise a form error that names the columns, when this portal refuses such a file.

    A dataset that declares a basis may take the file: it is then held until the answers
    are complete. So is a file that takes longer to read than an upload waits. ``resource_id``
    is empty for a new resource.
    """
    if not in_force(package):
        return
    stored = uploader.keep(upload)
    filename = upload.filename or ""
    jobs.enqueue_content(stored.sha256, filename)
    report = jobs.wait_for_content(stored.sha256, filename)
    left = judgements.judged(resource_id, report.value).report if report else None
    if left and left.personal:
        raise tk.ValidationError({"upload": [_sentence(left)]})


def in_force(package: ckan_model.Package | None) -> bool:
    """Whether this portal refuses personal data in a dataset: it declares no basis, or is new."""
    if config.mode() != config.BLOCK:
        return False
    declared = DatasetField.all_of(package.id) if package else {}
    return declared.get("dcp_publication_basis", "") in ("", "not_personal", "unknown")


def _sentence(report: types.Report) -> str:
    columns = ", ".join(
        f"{finding.column} ({wording.entity_type(finding.entity_type)})"
        for finding in report.personal
    )
    message = tk._(
        "This file holds personal data and was not published: {columns}. Remove these columns, "
        "or declare in the dataset's form the legal basis of their publication, then send the "
        "form again: your file is kept."
    )
    return message.format(columns=columns)
