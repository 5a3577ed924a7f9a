"""Reading messages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FamilyPage, ObjectPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.families.actions import NotAllowedHere
from cms_portal.notifications import mailing
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.letters import as_attachment, pdf_of
from cms_portal.notifications.models import Message
from cms_portal.notifications.paragraphs import parts_of
from cms_portal.notifications.policies import MESSAGES

MOST_SHOWN = 200


class Mine(FamilyPage):
    """What we wrote to a family, to its own household only."""

    permission = Permission.MESSAGE_VIEW
    template_name = "notifications/mine.html"

    def page(self, **more: Any) -> dict[str, Any]:
        found = list(
            Message.objects.filter(pk__in=MESSAGES.rows(self.user, Permission.MESSAGE_VIEW))
            .without_hints()
            .to_read()
            .select_related("child", "to_guardian", "hint")
            .newest_first()[:MOST_SHOWN]
        )
        self.dress_as(message.program for message in found)
        note_access_to_told(by=self.user, page="notifications:mine", rows=found)
        return {"messages_to_us": found, **more}


class MessagePage(ObjectPage):
    """One message in full."""

    policy, permission = MESSAGES, Permission.MESSAGE_VIEW
    household_of = "household"
    template_name = "notifications/message.html"

    def rows(self) -> models.QuerySet:
        found = Message.objects.select_related("child", "household", "to_guardian", "hint")
        is_staff = self.user.is_staff_member
        return found if is_staff else found.to_read()

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "message": self.object,
            "parts": parts_of(text_of(self.object)),
            "frame": "base_staff.html" if self.user.is_staff_member else "base_family.html",
            "may_note_return": self.user.is_staff_member and self.may(Permission.LETTER_PRINT),
            **more,
        }


class MessageAsLetter(MessagePage):
    """One message as a letter to print or keep."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return as_attachment(pdf_of([self.object]), f"message-{self.object.pk}.pdf")


class Returned(ActionView):
    """Keeps that a letter or an email came back."""

    policy, permission = MESSAGES, Permission.LETTER_PRINT

    def act(self, message: Message) -> HttpResponse:
        today = programs.get(message.program).today()
        try:
            mailing.mark_returned(message=message, on=today, by=self.user)
        except NotAllowedHere:
            notes.error(self.request, _("Only what was sent can come back."))
        else:
            notes.success(self.request, _("Kept. The office has a task to find the right address."))
        return redirect("notifications:message", pk=message.pk)
