"""The inbox of what comes on paper."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.ui.drawing import table_rows
from intake import paper_rows
from intake.paper_states import WAITING, EnvelopeState
from intake.policies import ENVELOPES

ROWS_PER_PAGE = 50


class Inbox(PermittedPage):
    """What waits to be sorted, the longest on top; or what was closed, the newest on top."""

    template_name = "intake/inbox.html"
    permission = Permission.PAPER_SORT

    def page(self, **more: Any) -> dict[str, Any]:
        shows_closed = "closed" in self.request.GET
        mine: Any = ENVELOPES.rows(self.user, Permission.PAPER_SORT)
        shown = (
            mine.exclude(state__in=WAITING).order_by("-closed_at", "-pk")
            if shows_closed
            else mine.waiting().longest_first()
        )
        page_obj = Paginator(shown.select_related("office"), ROWS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return {
            "shows_closed": shows_closed,
            "in_short": _in_short(mine),
            "page_obj": page_obj,
            "columns": [
                _("Came"),
                _("Age"),
                _("Where it stands"),
                _("Pages left"),
                _("Note"),
                _("Office"),
            ],
            "rows": table_rows(paper_rows.rows(list(page_obj))),
        } | more


def _in_short(mine: Any) -> str:
    """Say how many wait, and how many of them are unmatched."""
    counted = mine.waiting().aggregate(
        waiting=Count("pk"),
        unmatched=Count("pk", filter=Q(state=EnvelopeState.UNMATCHED)),
    )
    if not counted["waiting"]:
        return ""
    waiting, unmatched = counted["waiting"], counted["unmatched"]
    return " ".join(
        [
            ngettext("{count} waits.", "{count} wait.", waiting).format(count=waiting),
            ngettext("{count} is unmatched.", "{count} are unmatched.", unmatched).format(
                count=unmatched
            ),
        ]
    )
