"""The reviewers' queue."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user
from werkzeug.wrappers.response import Response

PAGE = 50
# Pages beyond are no typing error: the database takes no larger number.
LAST_PAGE = 1_000_000


def queue() -> str:
    """The files that wait for a decision, those waiting longest first."""
    page = page_number()
    try:
        waiting = tk.get_action("rgpd_review_list")(
            reader(), {"limit": PAGE, "offset": PAGE * (page - 1)}
        )
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only data protection officers see this page."))
    return tk.render("rgpd/review.html", {"found": waiting, "page": page, "page_size": PAGE})


def decide() -> str | Response:
    """One decision on like files."""
    form = tk.request.form
    given = {key: form.get(key, "") for key in ("decision", "reason")}
    ids = form.getlist("version_ids")
    try:
        tk.get_action("rgpd_decision_bulk_create")(reader(), {"version_ids": ids, **given})
    except tk.ValidationError as error:
        for messages in error.error_dict.values():
            tk.h.flash_error(" ".join(messages))
    except (tk.NotAuthorized, tk.ObjectNotFound):
        tk.abort(403, tk._("Only data protection officers see this page."))
    else:
        tk.h.flash_success(tk._("Your decisions are recorded, and the publishers are told."))
    return tk.redirect_to("rgpd.review")


def page_number() -> int:
    """The page that the address asks for, the first one where it asks for none."""
    asked = tk.request.args.get("page", "1")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < len(str(LAST_PAGE))
    return max(1, int(asked)) if is_number else 1


def reader() -> Any:
    """The context of an action in the reader's name."""
    return {"user": getattr(current_user, "name", ""), "auth_user_obj": current_user}
