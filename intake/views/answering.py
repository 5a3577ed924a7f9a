"""The pages on which a family answers: one question a page, saved at each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.accounts import unsent
from cms_portal.journeys.rows import RowsStep
from cms_portal.journeys.steps import Step
from intake import edit_conflicts
from intake.actions import answers, applications, kept_answers
from intake.called import call_for
from intake.forms.sending import SignForm
from intake.models import AnsweredPage, Signature
from intake.sections import Section, minutes_left, sections_of
from intake.told import answered_pages, unusable_papers_of
from intake.views.frames import ApplicationPage, given_in, hold, step_url
from intake.words import signed_words

# What a row of the summary may have besides; a key that is missing costs the template more than an empty one.
NOTHING_MORE: dict[str, Any] = {"lines": (), "note": "", "change_url": ""}


class Tasks(ApplicationPage):
    """The task list of a draft; what was sent has its own page, and staff have theirs."""

    template_name = "intake/tasks.html"
    reads = ("child", "assessment")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.user.is_staff_member:
            return redirect("intake:review", number=self.application.number)
        if not self.application.is_draft:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        sections = sections_of(self.application)
        left = sum(len(section.pages) - section.done for section in sections)
        return super().page(
            call=call_for(self.application),
            tasks=[self._task(section) for section in sections] + [self._sending(left)],
            has_begun=any(section.done for section in sections),
            left=left,
            minutes=minutes_left(sections),
            pays=programs.get(self.application.program).pays_for_care,
            next_url=self._next_url(),
            may_withdraw=self.may(Permission.APPLICATION_SUBMIT),
            may_let_help=self.may(Permission.HELPER_MANAGE),
            is_helpers=self.is_helpers,
            own_from=self.own_from,
            **more,
        )

    def _task(self, section: Section) -> dict[str, Any]:
        return {
            "title": section.title,
            "url": step_url(self.application, section.opens_at),
            "state": section.state,
            "state_label": section.state_words,
            "hint": section.hint,
        }

    def _sending(self, left: int) -> dict[str, Any]:
        """The last task; it opens when nothing else is left."""
        return {
            "title": _("Check and sign"),
            "url": "" if left else reverse("intake:check", args=[self.application.number]),
            "state": "todo" if left else "now",
            "state_label": _("Not yet") if left else _("Next"),
        }

    def _next_url(self) -> str:
        step = self.journey.first_open(self.application)
        if step is None:
            return reverse("intake:check", args=[self.application.number])
        return step_url(self.application, step)


class StepPage(ApplicationPage):
    """One question a page. The answer is saved before the next page shows."""

    template_name = "intake/step.html"
    permission = Permission.APPLICATION_EDIT
    reads = ("child", "household__county", "assessment")

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
            form = self.step.form(self.application, another="another" in request.GET)
        else:
            form = self.step.form(self.application)
        return self.answer(form=form, is_from_quick_check=self._fill_in(form))

    def _fill_in(self, form: Any) -> bool:
        """Show what the quick check was told, on a page not sent yet; never to staff. Say whether it was."""
        if self.user.is_staff_member or self.step.is_done(self.application):
            return False
        told = kept_answers.told_for(self.application, self.step.key)
        return self.step.fill_in(form, told)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            hold(self.application, [self.step], by=self.user)
            form = self.step.form(self.application, request.POST, request.FILES)
            if change := self._change_since_shown(form):
                return self.answer(status=422, form=form, change=change)
            if not form.is_valid():
                self.step.save_part(self.application, form, by=self.user)
                return self.answer(status=422, form=form)
            self.step.save(self.application, given_in(form), by=self.user)
        except answers.AlreadySent:
            notes.error(
                request,
                _(
                    "This application was sent or closed before you saved this page. Your last answer"
                    " was not kept. Please call us to add it."
                ),
            )
            return redirect("intake:receipt", number=self.application.number)
        return redirect(self._go_on())

    @property
    def _carried(self) -> AnsweredPage | None:
        """The page as it was told for an earlier application, while nobody has said that it still holds."""
        page = answered_pages(self.application).get(self.step.key)
        return page if page is not None and page.is_to_confirm else None

    def _change_since_shown(self, form: Any) -> edit_conflicts.Change | None:
        sent = self.request.POST.get(edit_conflicts.FIELD, "")
        return edit_conflicts.change_since(
            self.application, self.step, form, sent, reader=self.user
        )

    def _shown(self, form: Any) -> str:
        """Return what the page showed when it was opened: before the session ended, if it was typed then."""
        if not form.is_bound and (typed := unsent.given_back()):
            return typed.get(edit_conflicts.FIELD, "")
        return str(edit_conflicts.shown_now(self.application, self.step))

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
            shown=self._shown(more["form"]),
            saved_at=self.application.assessment.saved_at,
            carried=self._carried,
            **self.step.shows(self.application),
            **more,
        )


class AnswersPage(ApplicationPage):
    """Every answer of an application, page by page."""

    reads = ("child", "household__county", "assessment")

    def sections(self) -> list[dict[str, Any]]:
        return [self._section(step) for step in self.journey.for_subject(self.application)]

    def _section(self, step: Step) -> dict[str, Any]:
        is_done = step.is_done(self.application)
        answered = step.answers(self.application) if is_done else []
        return {
            "key": step.key,
            "title": step.title,
            "rows": [
                {"label": answer.label, "value": answer.text} | NOTHING_MORE for answer in answered
            ],
            "change_url": f"{step_url(self.application, step)}?check=1",
            "is_done": is_done,
        }


class Sent(AnswersPage):
    """What a family sent, to read once more; it tells us what has changed."""

    template_name = "intake/sent.html"
    permission = Permission.APPLICATION_SUBMIT

    def rows(self) -> Any:
        return super().rows().sent()

    def page(self, **more: Any) -> dict[str, Any]:
        told = [section for section in self.sections() if section["rows"]]
        return super().page(sections=told, **more)


class Check(AnswersPage):
    """Every answer with a way to change it, then the signature."""

    template_name = "intake/check.html"
    permission = Permission.APPLICATION_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.application.is_draft:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer(form=SignForm())

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            sections=self.sections(),
            words=signed_words(self.application),
            first_open=self.journey.first_open(self.application),
            unusable=unusable_papers_of(self.application),
            shown=edit_conflicts.all_shown_now(self.application, self.journey),
            is_helpers=self.is_helpers,
            carried=sum(page.is_to_confirm for page in answered_pages(self.application).values()),
            **more,
        )


class Submit(Check):
    """The signature sends the application; a page still open is named instead."""

    permission = Permission.APPLICATION_SUBMIT
    http_method_names = ["post", "options"]

    def page_of_button(self) -> str:
        return reverse("intake:check", args=[self.application.number])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            hold(self.application, self.journey.for_subject(self.application), by=self.user)
        except answers.AlreadySent:
            return redirect("intake:receipt", number=self.application.number)
        form = SignForm(request.POST)
        if edit_conflicts.has_changed_since(self.application, self.journey, self._sent_shown):
            form.add_error(
                None, _("Somebody changed an answer since you opened this page. Check again.")
            )
            return self.answer(status=422, form=form)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        try:
            applications.submit(
                application=self.application,
                name=form.cleaned_data["name"],
                words=signed_words(self.application),
                way=Signature.Way.TYPED,
                by=self.user,
                at=timezone.now(),
            )
        except applications.NotReady:
            form.add_error(None, _("Some pages still need an answer. They are marked below."))
            return self.answer(status=422, form=form)
        return redirect("intake:receipt", number=self.application.number)

    @property
    def _sent_shown(self) -> str:
        return self.request.POST.get(edit_conflicts.FIELD, "")
