"""The reviewers' queue."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.common import current_user

PAGE = 50


def queue() -> str:
    """The files that wait for a decision, those waiting longest first."""
    page = max(1, int(tk.request.args.get("page", "1"))) if _is_page() else 1
    context: Any = {"user": getattr(current_user, "name", ""), "auth_user_obj": current_user}
    try:
        waiting = tk.get_action("rgpd_review_list")(
            context, {"limit": PAGE, "offset": PAGE * (page - 1)}
        )
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only data protection officers see this page."))
    return tk.render("rgpd/review.html", {"waiting": waiting, "page": page, "page_size": PAGE})


def _is_page() -> bool:
    return tk.request.args.get("page", "1").isdecimal()
