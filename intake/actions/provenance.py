"""Keeping who said the answers of a page, and who said that they still hold."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cms_portal.audit.tracking import save_tracked
from intake import told
from intake.models import AnsweredPage, Application, Channel

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def note_answered(
    *, application: Application, step: str, is_new: bool, by: User, at: datetime
) -> AnsweredPage:
    """Keep that a page was answered; sent again as it stood, that its answers still hold.

    `is_new` says whether the answers differ from those kept before.
    """
    pages = told.answered_pages(application)
    page = pages.get(step)
    if page is None or is_new:
        page = page or AnsweredPage(application=application, step=step)
        page.said_by, page.said_at = by, at
        page.said_name, page.channel = _said(application, by)
        page.confirmed_by = page.confirmed_at = None
    else:
        page.confirmed_by, page.confirmed_at = by, at
    pages[step] = save_tracked(page, by=by, reason=f"answered: {step}")
    return page


def _said(application: Application, by: User) -> tuple[str, str]:
    """Return the name of who speaks, empty for the account's own, and the channel."""
    if application.telling is not None:
        return application.telling
    if not by.is_staff_member:
        return "", Channel.WEB
    return "", Channel.PHONE if application.channel == Channel.WEB else application.channel
