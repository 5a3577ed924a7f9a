"""What every page about one application shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.accounts.models import User
from cms_portal.families.rights import comes_of_age_on
from cms_portal.families.views.frames import ForBoth
from cms_portal.journeys.steps import Journey, Step
from intake.actions import answers
from intake.journeys import journey_of
from intake.journeys.kinds import HouseholdStep
from intake.models import Application, open_need_of
from intake.policies import APPLICATIONS

# Longer than a program takes to answer, twice over.
OF_AGE_SOON = timedelta(days=90)


class ApplicationPage(ObjectPage):
    """A page about one application, found by its number."""

    policy = APPLICATIONS
    permission = Permission.APPLICATION_VIEW
    lookup = "number"
    household_of = "household"

    reads: ClassVar[tuple[str, ...]] = ("child", "household", "assessment")
    """What the page reads along with the application."""

    def rows(self) -> Any:
        found = Application.objects.select_related(*self.reads)
        return found.annotate(urgent_need=Subquery(open_need_of()))

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.user.is_family and not self.may(Permission.DOCUMENT_VIEW):
            self.application.sees_own_papers = self.user

    @property
    def application(self) -> Application:
        return self.object

    @property
    def journey(self) -> Journey:
        return journey_of(self.application.program)

    @property
    def is_helpers(self) -> bool:
        """Whether this person only helps the family with it."""
        return self.user.is_family and not self.may(Permission.APPLICATION_SUBMIT)

    @property
    def own_from(self) -> date | None:
        """The day from which the youth alone is in charge of it, where a parent should know by now."""
        today = programs.get(self.application.program).today()
        day = comes_of_age_on(self.application.child)
        is_soon = today < day <= today + OF_AGE_SOON
        return day if is_soon and self.may(Permission.APPLICATION_SUBMIT) else None

    def page(self, **more: Any) -> dict[str, Any]:
        return {"application": self.application} | more


class GivingPage(ForBoth, FormPage):
    """A form of words and papers: one of them is enough, and a bad file beside good ones loses nothing."""

    permission = Permission.DOCUMENT_ADD

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form()
        is_valid = form.is_valid()
        if not form.accepted and not (is_valid and form.cleaned_data["words"]):
            self.note_who_looked()
            return self.answer(status=422, form=form)
        return self.act(form)


def hold(application: Application, steps: Iterable[Step], *, by: User) -> None:
    """Keep others from writing on these pages until this one is answered; raises AlreadySent."""
    shared = any(isinstance(step, HouseholdStep) for step in steps)
    answers.hold(application=application, by=by, household=shared)


def step_url(application: Application, step: Step) -> str:
    return reverse("intake:step", args=[application.number, step.key])


def given_in(form: Any) -> Any:
    """Return what a valid step's form holds: answers by name, or the filled rows."""
    return form.filled() if hasattr(form, "filled") else dict(form.cleaned_data)
