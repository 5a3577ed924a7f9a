"""The notice of what was decided: read before it is sent, and sent."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage
from cms_portal.families.models import Channel
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.letters import as_attachment, goes_out_plain, pdf_of
from cms_portal.notifications.models import Message
from cms_portal.notifications.paragraphs import parts_of
from cms_portal.notifications.ways import ways_beside_paper
from intake.actions import clock, notices
from intake.forms.asking_family import SeenForm
from intake.forms.clock import ClockForm
from intake.notices import ToldService, outgrown, preview, ready_to_tell
from intake.views.reviewing import StaffApplicationPage

# The versions of a letter: all of it, and without what names an illness.
FULL, PLAIN = "full", "plain"


class NoticePage(StaffApplicationPage):
    """What a family would be told now."""

    permission = Permission.DECISION_MAKE
    reads = ("child", "household", "assessment", "worker")

    @cached_property
    def told(self) -> list[ToldService]:
        today = programs.get(self.application.program).today()
        return ready_to_tell(self.application, today) if self.application.is_open else []

    def nothing_to_tell(self) -> HttpResponse:
        today = programs.get(self.application.program).today()
        if self.application.is_open and outgrown(self.application, today):
            words = _(
                "A birthday has passed since the rules were asked. Ask them again, then decide."
            )
        elif self.application.is_open:
            words = _("Nothing is ready to tell: decide first, and have it countersigned.")
        else:
            words = _("This application was closed meanwhile. Nothing was changed.")
        notes.error(self.request, words)
        return redirect("intake:review", number=self.application.number)


class TellFamily(NoticePage):
    """The notice as the family will read it, with the button that sends it."""

    template_name = "intake/tell_family.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer() if self.told else self.nothing_to_tell()

    def page(self, **more: Any) -> dict[str, Any]:
        message = preview(self.application, self.told)
        keys = ",".join(str(key) for key in notices.decisions_in(self.told))
        return super().page(
            message=message,
            ways=_ways(message),
            letters=_letters(message),
            parts=parts_of(text_of(message)),
            form=SeenForm(initial={"seen": keys}),
            **more,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SeenForm(request.POST)
        try:
            notices.tell_family(
                application=self.application,
                seen=form.cleaned_data["seen"] if form.is_valid() else [],
                by=self.user,
                at=timezone.now(),
            )
        except notices.NothingToTell:
            return self.nothing_to_tell()
        except notices.NotAsRead:
            notes.error(request, _("A decision changed meanwhile. Read the notice again."))
            return redirect("intake:tell_family", number=self.application.number)
        notes.success(request, _("The notice is on its way to the family."))
        return redirect("intake:review", number=self.application.number)


def _ways(message: Message) -> str:
    """Return by which ways the notice and the news of it go; nothing where no way is safe."""
    on = programs.get(message.program).today()
    ways = ways_beside_paper(message.to_guardian, on) if message.to_guardian else []
    return ", ".join(str(Channel(way.channel).label) for way in ways)


def _letters(message: Message) -> list[dict[str, Any]]:
    """Return the versions of the letter, the one that goes out first; one where it names no illness."""
    if not message.plain_text:
        return [{"version": "", "is_plain": False, "goes_out": True}]
    is_plain = goes_out_plain(message)
    return [
        {"version": PLAIN if plain else FULL, "is_plain": plain, "goes_out": plain == is_plain}
        for plain in (is_plain, not is_plain)
    ]


class SetTime(StaffApplicationPage, FormPage):
    """How long the answer may take, and why it is late."""

    template_name = "intake/set_time.html"
    form_class = ClockForm

    def form_arguments(self) -> dict[str, Any]:
        names = ClockForm.base_fields
        return {"initial": {name: getattr(self.application, name) for name in names}}

    def act(self, form: ClockForm) -> HttpResponse:
        if self.application.is_open and not self.application.is_draft:
            by: Any = self.user
            today = programs.get(self.application.program).today()
            clock.set_time(application=self.application, by=by, on=today, **form.cleaned_data)
            notes.success(self.request, _("Saved."))
        return redirect("intake:review", number=self.application.number)


class NoticeAsLetter(NoticePage):
    """The notice as the letter it will be, or in the `version` that is asked for."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.told:
            return self.nothing_to_tell()
        message, version = preview(self.application, self.told), request.GET.get("version")
        plain = {FULL: False, PLAIN: True}.get(version or "")
        named = ["notice", self.application.number, message.language]
        if plain is not None and version:
            named.append(version)
        return as_attachment(pdf_of([message], plain=plain), f"{'-'.join(named)}.pdf")
