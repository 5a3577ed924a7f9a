"""Starting an application: for whom, and by whom."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages as notes
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FamilyPage, PublicPage
from cms_portal.families import standing
from cms_portal.families.models import Household
from cms_portal.families.policies import CHILDREN
from cms_portal.families.rights import RIGHT_FOR
from eligibility import screening
from intake import quick_check
from intake.actions import applications, kept_answers
from intake.actions.coming_of_age import OWN
from intake.forms.start import MYSELF, NEW_CHILD, NewChildForm, OneselfForm, WhoForm
from intake.living import NOTHING_BEGINS, ChildDied
from intake.models import Application, Channel
from intake.prefilled import pages_from


class StartWithAnswers(PublicPage):
    """The button below the quick check: its answers come along to the application for that child.

    Pressed again, after going back to choose another child, it brings them again.
    """

    acts_once = False
    http_method_names = ["post", "options"]

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.user.is_authenticated and not self.user.is_family:
            raise PermissionDenied

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.program
        if answers := self._answers_sent():
            quick_check.carry(request, self.program.code, answers)
        else:
            notes.warning(request, _("Your answers were no longer there. So we ask again."))
        return redirect("intake:start", program=self.program.code)

    def _answers_sent(self) -> quick_check.Answers:
        assert self.program
        sent = self.request.POST.get("answers", "")
        try:
            return screening.resume(self.program.code, sent, self.program.today()).answers
        except signing.BadSignature:
            return {}


class StartingPage(FamilyPage):
    """A page on which a family begins; staff begin with a caller, and by their own permission."""

    permission = Permission.APPLICATION_START

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.program = programs.get_or_404(kwargs["program"])
        self.request.program = self.program  # type: ignore[attr-defined]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.begin(self.make_form(request.POST))
        except ChildDied:  # written down at this moment
            notes.info(request, NOTHING_BEGINS)
            return redirect("home")

    def make_form(self, data: Any = None) -> Any:
        raise AssertionError(f"{type(self).__name__} says what it asks")

    def begin(self, form: Any) -> HttpResponse:
        """Go on from what was sent; raises ChildDied."""
        raise AssertionError(f"{type(self).__name__} says what begins")

    def go_on_with(self, application: Application) -> HttpResponse:
        """Open the application, with what the quick check was told about this very child."""
        born = application.child.date_of_birth
        answers = quick_check.take_for(self.request, self.program.code, born)
        if answers is None:
            notes.info(
                self.request,
                _("The quick check was about a child born on another day. So we ask again."),
            )
        elif answers:
            kept_answers.keep(
                application=application,
                pages=pages_from(answers, application.program),
                by=self.user,
                at=timezone.now(),
            )
        return redirect(application)


class Start(StartingPage):
    """For whom is the application?"""

    template_name = "intake/start.html"

    def begin(self, form: WhoForm) -> HttpResponse:
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if form.cleaned_data["who"] == NEW_CHILD:
            return redirect("intake:new_child", program=self.program.code)
        if form.cleaned_data["who"] == MYSELF:
            new = reverse("intake:new_child", args=[self.program.code])
            return redirect(f"{new}?who={MYSELF}")
        child = next(c for c in self.children if str(c.pk) == form.cleaned_data["who"])
        application = applications.start(
            child=child,
            household=self._home_of(child),
            channel=Channel.WEB,
            # Going back to choose another child is not the same page sent twice.
            start_key=uuid.uuid5(form.cleaned_data["start_key"], str(child.pk)),
            by=self.user,
        )
        return self.go_on_with(application)

    def page(self, **more: Any) -> dict[str, Any]:
        return {"form": self.make_form()} | more

    def make_form(self, data: Any = None) -> WhoForm:
        return WhoForm(
            data,
            children=self.children,
            has_own_record=self._has_own_record(),
            initial={"start_key": uuid.uuid4()},
        )

    def _has_own_record(self) -> bool:
        holds = standing.of(self.user).in_force(self.program.today(), [self.program.code])
        return any(hold.kind in OWN for hold in holds)

    @cached_property
    def children(self) -> list[Any]:
        """The children in this program for whom the person may apply."""
        rows = CHILDREN.rows(self.user, Permission.APPLICATION_START)
        rows = rows.filter(died_on__isnull=True)
        return list(rows.filter(program=self.program.code).order_by("date_of_birth", "pk"))

    def _home_of(self, child: Any) -> Any:
        today, code = self.program.today(), self.program.code
        mine = standing.of(self.user)
        right = RIGHT_FOR[Permission.APPLICATION_START]
        open_homes = set(mine.homes(today, [code]))
        speaks_from = {
            hold.household
            for hold in mine.in_force(today, [code])
            if hold.child == child.pk and right in hold.rights
        }
        household = Household.objects.filter(pk__in=speaks_from & open_homes).order_by("pk").first()
        if household is None:
            raise Http404
        return household


class NewChild(StartingPage):
    """Who is the child, and who are you to the child? Or, for an adult: who are you?"""

    template_name = "intake/new_child.html"

    def begin(self, form: NewChildForm) -> HttpResponse:
        if not form.is_valid():
            return self.answer(status=422, form=form)
        return self.go_on_with(self._start(form.cleaned_data))

    def _start(self, told: dict[str, Any]) -> Application:
        first, _space, last = self.user.name.partition(" ")
        return applications.open_record_and_start(
            program=self.program.code,
            child={key: told[key] for key in ("first_name", "last_name", "date_of_birth")},
            guardian={
                "first_name": first,
                "last_name": last,
                "phone": self.user.phone or "",
                "email": self.user.email or "",
                "written_language": self.user.language or "en",
                "spoken_language": self.user.language or "en",
            },
            relation=told["relation"],
            channel=Channel.WEB,
            start_key=told["start_key"],
            on=self.program.today(),
            by=self.user,
            user=self.user,
        )

    def page(self, **more: Any) -> dict[str, Any]:
        brings = bool(quick_check.answers_in(self.request, self.program.code))
        return {
            "form": self.make_form(),
            "brings_answers": brings,
            "is_for_oneself": self.is_for_oneself,
        } | more

    @property
    def is_for_oneself(self) -> bool:
        return self.request.GET.get("who") == MYSELF

    def make_form(self, data: Any = None) -> NewChildForm:
        born = quick_check.birth_date_to_show(self.request, self.program.code)
        asks = OneselfForm if self.is_for_oneself else NewChildForm
        return asks(
            data,
            program=self.program,
            on=self.program.today(),
            initial={"start_key": uuid.uuid4(), "date_of_birth": born},
        )
