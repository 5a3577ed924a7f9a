"""The ways to this app's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import Way, add
from intake.policies import CONDITION_REVIEWS

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def conditions_waiting(user: User) -> int:
    """Return how many conditions wait for this person."""
    mine: Any = CONDITION_REVIEWS.rows(user, P.CONDITION_REVIEW)
    count: int = mine.waiting().count()
    return count


add(
    Way(_("Applications"), "intake:queue", 10, P.APPLICATION_REVIEW),
    Way(_("Referrals"), "intake:referrals", 15, P.REFERRAL_VIEW),
    Way(_("Calls and visits"), "intake:visits", 17, P.APPLICATION_REVIEW),
    Way(
        _("Conditions to review"),
        "intake:conditions",
        16,
        P.CONDITION_REVIEW,
        count=conditions_waiting,
    ),
    Way(_("Paper mail"), "intake:inbox", 18, P.PAPER_SORT),
    Way(_("Reviews of decisions"), "intake:appeals", 19, P.APPEAL_WORK),
    Way(_("Histories"), "intake:histories", 80, P.APPLICATION_HISTORY),
)
