"""The pages of the mail room: letters to print, and printed letters to mail."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.audit.actions import note_access, note_access_to_told
from cms_portal.audit.models import AccessEvent
from cms_portal.families.actions import NotAllowedHere
from cms_portal.notifications import mailing
from cms_portal.notifications.forms import PrintForm
from cms_portal.notifications.letters import as_attachment, pdf_of
from cms_portal.notifications.models import Message, MessageQuerySet
from cms_portal.notifications.policies import MESSAGES

# As many as a printer's tray holds, and a page shows.
MOST_AT_ONCE = 200


class Letters(PermittedPage):
    """What every page of the mail room works on: the letters of the families this person serves."""

    permission = Permission.LETTER_PRINT

    def letters(self) -> MessageQuerySet:
        rows = MESSAGES.rows(self.user, Permission.LETTER_PRINT)
        return Message.objects.filter(pk__in=rows).select_related(
            "child", "to_guardian__household", "printed_by"
        )


class MailRoom(Letters):
    """The letters that wait to be printed, and the printed batches that wait for the mail."""

    template_name = "notifications/letters.html"

    def page(self, **more: Any) -> dict[str, Any]:
        waiting = self.letters().to_print().order_by("-is_urgent", "queued_at", "pk")
        to_print = list(waiting[:MOST_AT_ONCE])
        printed = list(self.letters().to_mail().order_by("printed_at", "batch", "pk"))
        note_access_to_told(
            by=self.user,
            page="notifications:letters",
            rows=[*to_print, *printed],
        )
        batches = [list(letters) for _batch, letters in groupby(printed, lambda one: one.batch)]
        return {"to_print": to_print, "batches": batches, "form": self.make_form(), **more}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        mailing.print_letters(
            letters=form.cleaned_data["letters"][:MOST_AT_ONCE],
            dated_on=form.cleaned_data["dated_on"],
            by=self.user,
            at=timezone.now(),
        )
        return redirect("notifications:letters")

    def make_form(self, data: Any = None) -> PrintForm:
        return PrintForm(data, letters=self.letters().to_print(), today=today())


class BatchPage(Letters):
    """One batch of printed letters that is not mailed yet."""

    def load(self, **kwargs: Any) -> None:
        super().load()
        self.batch = list(self.letters().to_mail().filter(batch=kwargs["batch"]).order_by("pk"))
        if not self.batch:
            raise Http404


class BatchPdf(BatchPage):
    """The letters of a batch, to send to the printer."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        letters = mailing.may_still_go(self.batch, today())
        if not letters:
            raise Http404
        for letter in letters:
            note_access(
                by=self.user,
                page="notifications:batch",
                child=letter.child,
                program=letter.program,
                household_id=letter.household_id,
                subject=letter,
                action=AccessEvent.Action.PRINT,
            )
        return as_attachment(pdf_of(letters), "letters.pdf")


class BatchMailed(BatchPage):
    """Keeps that a batch went into the mail on the day its letters bear."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        for letter in mailing.take_out(letters=self.batch, on=today(), by=self.user):
            words = _(
                "Take out the letter to %(name)s: it may not be mailed like this any more. If it has gone"
                " already, tell your supervisor."
            )
            notes.error(request, words % {"name": letter.to_guardian})
        try:
            count = mailing.mark_mailed(
                letters=self.batch, by=self.user, at=timezone.now(), today=today()
            )
        except NotAllowedHere:
            notes.error(request, _("These letters bear a later day. Mail them on that day."))
        else:
            words = ngettext(
                "%(count)d letter was mailed.", "%(count)d letters were mailed.", count
            )
            if count:
                notes.success(request, words % {"count": count})
        return redirect("notifications:letters")


class BatchPutBack(BatchPage):
    """Returns a batch that was not mailed to the queue, for another day."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mailing.put_back(letters=self.batch, by=self.user)
        notes.success(request, _("These letters wait again, for another day."))
        return redirect("notifications:letters")


def today() -> date:
    """Return the day in the mail rooms of every program: the earlier one where midnight parts them."""
    return min(program.today() for program in programs.all_programs())
