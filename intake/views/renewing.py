"""Renewing once a year: confirm what is still right, change what is not."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView
from intake import renewals
from intake.actions import renewals as acts
from intake.actions.carrying import last_told
from intake.evidence import proofs_of
from intake.forms.sending import SignForm
from intake.journeys import journey_of
from intake.living import ChildDied
from intake.models import Application
from intake.views.enrolled import EnrollmentPage
from intake.views.frames import ApplicationPage
from intake.words import signed_words


class Renew(EnrollmentPage):
    """Last year's answers on one page: sign and send if nothing changed, or change what did."""

    permission = Permission.APPLICATION_SUBMIT
    template_name = "intake/renew.html"

    def rows(self) -> Any:
        return super().rows().select_related("application__assessment", "application__child")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if (answer := self._elsewhere()) is not None:
            return answer
        return self.answer(form=SignForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if (answer := self._elsewhere()) is not None:
            return answer
        try:
            return self._change() if "change" in request.POST else self._send()
        except (acts.NotNow, ChildDied):
            return self._not_now()  # it ended at this moment

    def _send(self) -> HttpResponse:
        request = self.request
        form = SignForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        application = acts.renew_unchanged(
            enrollment=self.object,
            name=form.cleaned_data["name"],
            words=signed_words(self.object.application),
            by=self.user,
            at=timezone.now(),
        )
        if application.is_draft:
            notes.info(
                request, _("There are questions we did not ask last year. Then you can send.")
            )
            return redirect(application)
        return redirect("intake:receipt", number=application.number)

    def _change(self) -> HttpResponse:
        today = programs.get(self.object.program).today()
        application = acts.begin(enrollment=self.object, on=today, by=self.user)
        page = "intake:phone" if self.user.is_staff_member else "intake:check"
        return redirect(page, number=application.number)

    def _elsewhere(self) -> HttpResponse | None:
        """Return where to go if there is nothing to renew now: it is begun or sent, too early or too late."""
        open_one = Application.objects.open().filter(
            child=self.object.child, household=self.object.household
        )
        if (application := open_one.first()) is not None:
            return redirect(application)
        if renewals.can_renew(self.object, programs.get(self.object.program).today()):
            return None
        return self._not_now()

    def _not_now(self) -> HttpResponse:
        notes.info(self.request, self._why_not(programs.get(self.object.program).today()))
        return redirect(self.object)

    def _why_not(self, today: date) -> str:
        opens_on = renewals.opens_on(self.object)
        lives = self.object.child.died_on is None
        if lives and self.object.is_open and today < opens_on:
            return _("You can renew from {day} on.").format(day=date_format(opens_on))
        return _("You cannot renew this now.")

    def page(self, **more: Any) -> dict[str, Any]:
        # What is shown is what will be sent, also where a later application was begun and taken back.
        told = last_told(child=self.object.child, household=self.object.household)
        before = told or self.object.application
        return super().page(
            sections=[
                {"title": step.title, "answers": step.answers(before)}
                for step in journey_of(before.program).for_subject(before)
            ],
            told_on=before.submitted_at or before.started_at,
            proofs=list(proofs_of(before, programs.get(before.program).today()).values()),
            words=signed_words(before),
            **more,
        )


class ConfirmCarried(ApplicationPage, ActionView):
    """All that was told before, and was not looked at yet, is still right."""

    permission = Permission.APPLICATION_EDIT

    def act(self, application: Application) -> HttpResponse:
        if application.is_draft:
            acts.confirm_carried(application=application, by=self.user, at=timezone.now())
        return redirect("intake:check", number=application.number)
