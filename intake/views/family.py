"""The pages on which a family applies: one question a page, saved at each."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, ObjectPage, OwnPage
from cms_portal.families.models import Guardian
from cms_portal.families.policies import CHILDREN
from cms_portal.journeys.rows import RowsStep
from cms_portal.journeys.steps import Journey, Step
from intake.actions import answers, applications
from intake.cases import service_cases
from intake.forms.answers import SignForm
from intake.forms.start import NEW_CHILD, NewChildForm, WhoForm
from intake.journeys import journey_of
from intake.models import Application, Channel, Signature
from intake.policies import APPLICATIONS
from intake.words import signed_words


class ProgramOwnPage(OwnPage):
    """A signed-in person's page within one program."""

    def load(self, **kwargs: Any) -> None:
        self.program = programs.get_or_404(kwargs["program"])
        self.request.program = self.program  # type: ignore[attr-defined]


class Start(ProgramOwnPage):
    """For whom is the application?"""

    template_name = "intake/start.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if form.cleaned_data["who"] == NEW_CHILD:
            return redirect("intake:new_child", program=self.program.code)
        child = next(c for c in self.children if str(c.pk) == form.cleaned_data["who"])
        application = applications.start(
            child=child,
            household=self._home_of(child),
            channel=Channel.WEB,
            start_key=form.cleaned_data["start_key"],
            by=request.user,  # type: ignore[arg-type]
        )
        return redirect(application)

    def page(self, **more: Any) -> dict[str, Any]:
        return {"form": self.make_form(), "has_children": bool(self.children)} | more

    def make_form(self, data: Any = None) -> WhoForm:
        return WhoForm(data, children=self.children, initial={"start_key": uuid.uuid4()})

    @cached_property
    def children(self) -> list[Any]:
        """The children in this program for whom the person may apply."""
        rows = CHILDREN.rows(self.request.user, Permission.APPLICATION_START)
        return list(rows.filter(program=self.program.code).order_by("date_of_birth", "pk"))

    def _home_of(self, child: Any) -> Any:
        user: Any = self.request.user
        guardian = (
            Guardian.objects.filter(user=user, authorities__child=child)
            .select_related("household")
            .order_by("pk")
            .first()
        )
        if guardian is None:
            raise Http404
        return guardian.household


class NewChild(ProgramOwnPage):
    """Who is the child, and who are you to the child?"""

    template_name = "intake/new_child.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        return redirect(self._start(form.cleaned_data))

    def _start(self, told: dict[str, Any]) -> Application:
        user: Any = self.request.user
        first, _space, last = user.name.partition(" ")
        return applications.open_record_and_start(
            program=self.program.code,
            child={key: told[key] for key in ("first_name", "last_name", "date_of_birth")},
            guardian={
                "first_name": first,
                "last_name": last,
                "phone": user.phone or "",
                "email": user.email or "",
                "written_language": user.language or "en",
                "spoken_language": user.language or "en",
            },
            relation=told["relation"],
            channel=Channel.WEB,
            start_key=told["start_key"],
            on=self.program.today(),
            by=user,
            user=user,
        )

    def page(self, **more: Any) -> dict[str, Any]:
        return {"form": self.make_form()} | more

    def make_form(self, data: Any = None) -> NewChildForm:
        return NewChildForm(
            data,
            program=self.program,
            on=self.program.today(),
            initial={"start_key": uuid.uuid4()},
        )


class ApplicationPage(ObjectPage):
    """A page about one application, found by its number."""

    policy = APPLICATIONS
    permission = Permission.APPLICATION_VIEW
    lookup = "number"

    def rows(self) -> Any:
        return Application.objects.select_related(
            "child", "household", "assessment", "office", "worker"
        )

    @property
    def application(self) -> Application:
        return self.object

    @property
    def journey(self) -> Journey:
        return journey_of(self.application.program)

    def page(self, **more: Any) -> dict[str, Any]:
        return {"application": self.application} | more


class Tasks(ApplicationPage):
    """The task list of a draft; what was sent has its own page."""

    template_name = "intake/tasks.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.application.is_draft:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        states = self.journey.states(self.application)
        done = sum(state.is_done for state in states)
        return super().page(
            tasks=[self._task(state) for state in states],
            done=done,
            total=len(states),
            is_complete=done == len(states),
            next_url=self._next_url(),
            **more,
        )

    def _task(self, state: Any) -> dict[str, Any]:
        return {
            "title": state.step.title,
            "url": step_url(self.application, state.step),
            "state": "done" if state.is_done else "now" if state.is_next else "todo",
            "state_label": state.words,
        }

    def _next_url(self) -> str:
        step = self.journey.first_open(self.application)
        if step is None:
            return reverse("intake:check", args=[self.application.number])
        return step_url(self.application, step)


def step_url(application: Application, step: Step) -> str:
    return reverse("intake:step", args=[application.number, step.key])


class StepPage(ApplicationPage):
    """One question a page. The answer is saved before the next page shows."""

    template_name = "intake/step.html"
    permission = Permission.APPLICATION_EDIT

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        step = self.journey.step(self.application, kwargs["key"])
        if step is None:
            raise Http404
        self.step = step

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.application.is_draft:
            return redirect("intake:receipt", number=self.application.number)
        if isinstance(self.step, RowsStep):
            return self.answer(
                form=self.step.form(self.application, another="another" in request.GET)
            )
        return self.answer(form=self.step.form(self.application))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.step.form(self.application, request.POST, request.FILES)
        try:
            if not form.is_valid():
                self.step.save_part(self.application, form, by=request.user)  # type: ignore[arg-type]
                return self.answer(status=422, form=form)
            self.step.save(self.application, given_in(form), by=request.user)  # type: ignore[arg-type]
        except answers.AlreadySent:
            return redirect("intake:receipt", number=self.application.number)
        return redirect(self._go_on())

    def _go_on(self) -> str:
        if isinstance(self.step, RowsStep) and "another" in self.request.POST:
            query = self.request.GET.copy()
            query["another"] = "1"
            row = len(self.step.rows(self.application)) + 1
            return f"{step_url(self.application, self.step)}?{query.urlencode()}#row-{row}"
        if "check" in self.request.GET and not self._opens_a_page():
            return f"{reverse('intake:check', args=[self.application.number])}#{self.step.key}"
        following = self.journey.after(self.application, self.step)
        if following is None:
            return reverse("intake:check", args=[self.application.number])
        return step_url(self.application, following)

    def _opens_a_page(self) -> bool:
        """A changed answer can open a page that was not asked before."""
        return self.journey.first_open(self.application) is not None

    def page(self, **more: Any) -> dict[str, Any]:
        number, total = self.journey.place(self.application, self.step)
        before = self.journey.before(self.application, self.step)
        return super().page(
            step=self.step,
            number=number,
            total=total,
            is_rows=isinstance(self.step, RowsStep),
            back_url=step_url(self.application, before)
            if before
            else reverse("intake:tasks", args=[self.application.number]),
            saved_at=self.application.assessment.saved_at,
            **self.step.shows(self.application),
            **more,
        )


def given_in(form: Any) -> Any:
    """Return what a valid step's form holds: answers by name, or the filled rows."""
    return form.filled() if hasattr(form, "filled") else dict(form.cleaned_data)


class Check(ApplicationPage):
    """Every answer with a way to change it, then the signature."""

    template_name = "intake/check.html"
    permission = Permission.APPLICATION_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.application.is_draft:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer(form=SignForm())

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            sections=[self._section(step) for step in self.journey.for_subject(self.application)],
            words=signed_words(self.application),
            first_open=self.journey.first_open(self.application),
            **more,
        )

    def _section(self, step: Step) -> dict[str, Any]:
        return {
            "key": step.key,
            "title": step.title,
            "rows": [
                {"label": answer.label, "value": answer.text}
                for answer in step.answers(self.application)
            ],
            "change_url": f"{step_url(self.application, step)}?check=1",
            "is_done": step.is_done(self.application),
        }


class Submit(Check):
    """The signature sends the application; a page still open is named instead."""

    permission = Permission.APPLICATION_SUBMIT
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.application.is_draft:
            return redirect("intake:receipt", number=self.application.number)
        form = SignForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        try:
            applications.submit(
                application=self.application,
                name=form.cleaned_data["name"],
                words=signed_words(self.application),
                way=Signature.Way.TYPED,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except applications.NotReady:
            form.add_error(None, _("Some pages still need an answer. They are marked below."))
            return self.answer(status=422, form=form)
        return redirect("intake:receipt", number=self.application.number)


class Receipt(ApplicationPage):
    """What was sent, when we answer, and who answers for it."""

    template_name = "intake/receipt.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.is_draft:
            return redirect(self.application)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        program = programs.get(self.application.program)
        office = self.application.office
        phone = getattr(office.phone, "as_national", "") if office and office.phone else ""
        return super().page(phone=phone or program.toll_free, **more)


class Withdraw(ApplicationPage, ActionView):
    """A family may take its application back at any time."""

    permission = Permission.APPLICATION_SUBMIT
    http_method_names = ["get", "post", "options"]
    template_name = "intake/withdraw.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    def act(self, application: Application) -> HttpResponse:
        if application.is_open:
            applications.withdraw(
                application=application,
                by=self.request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                reason="withdrawn by the family",
            )
        return redirect("intake:receipt", number=application.number)


class FamilyDecision(ApplicationPage):
    """What was decided for each service, and why, for the family."""

    template_name = "intake/decision.html"
    permission = Permission.DECISION_VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.decided_at is None:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        cases = [case for case in service_cases(self.application) if case.decision]
        return super().page(
            yes=[case for case in cases if case.outcome == "available"],
            no=[case for case in cases if case.outcome == "not_available"],
            **more,
        )
