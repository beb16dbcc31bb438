"""What reviewers judged not personal, with a button to take each back."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from werkzeug.wrappers.response import Response

from ckanext.rgpd.views.review import PAGE, page_number, reader

Page = str | Response


def listing() -> Page:
    """All that stands, the newest first."""
    page = page_number()
    try:
        found = tk.get_action("rgpd_judgement_list")(
            reader(), {"limit": PAGE, "offset": PAGE * (page - 1)}
        )
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only data protection officers see this page."))
    return tk.render("rgpd/judgements.html", {"found": found, "page": page, "page_size": PAGE})


def revoke(id: str) -> Page:
    """Take one back."""
    try:
        answer = tk.get_action("rgpd_judgement_revoke")(reader(), {"id": id})
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only data protection officers see this page."))
    except tk.ObjectNotFound as error:
        tk.h.flash_error(str(error))
        return tk.redirect_to("rgpd.judgements")
    count = answer["decided"]
    message = tk.ungettext(
        "The judgement is revoked; {num} file was decided on again.",
        "The judgement is revoked; {num} files were decided on again.",
        count,
    )
    tk.h.flash_success(message.format(num=count))
    return tk.redirect_to("rgpd.judgements")
