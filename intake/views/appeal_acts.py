"""What people do with a review: screening, naming who reads, asking for more, answering, closing."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage
from cms_portal.accounts.models import User
from eligibility.catalogue import service_name
from intake.actions import appeal_decisions, appeal_reviews
from intake.actions.appeal_decisions import Word
from intake.appeal_states import AppealState
from intake.appealing import may_sit, members_needed, members_of
from intake.evidence_pack import papers_for
from intake.forms.appeals import (
    AnswerForm,
    AskMoreForm,
    CommitteeForm,
    ScreenForm,
    ServiceAnswerForm,
)
from intake.models import Appeal, AppealedService
from intake.states import WrongMove
from intake.told import contact_of
from intake.views.appealing import AppealPage


class AppealAct(AppealPage, FormPage):
    """A form about one review; what somebody else did meanwhile is said, and changes nothing."""

    template_name = "intake/appeal_act.html"
    heading: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    done: ClassVar[str | Promise]

    @property
    def family_reads(self) -> str:
        """The language of the family's letters, named in the worker's own."""
        return contact_of(self.appeal.application).get_written_language_display()

    @cached_property
    def waits_for_this(self) -> bool:
        """Whether the review still stands where this form belongs."""
        return True

    def page(self, **more: Any) -> dict[str, Any]:
        told = {"heading": self.heading, "button": self.button}
        return super().page(**told, waits_for_this=self.waits_for_this, **more)

    def act(self, form: Any) -> HttpResponse:
        try:
            self.do(form.cleaned_data, by=self.user, at=timezone.now())
        except WrongMove:
            return self.over()
        except appeal_reviews.NotIndependent:
            notes.error(self.request, _("Whoever took part in the decision cannot do this."))
        except appeal_reviews.TooFew:
            notes.error(self.request, _("The committee needs more members first."))
        else:
            notes.success(self.request, str(self.done))
        return redirect(self.appeal)

    def do(self, told: dict[str, Any], **who: Any) -> None:
        raise AssertionError(f"{type(self).__name__} says what it does in do()")


class Screen(AppealAct):
    """In time, complete, taken up: a person's word on each."""

    permission = Permission.APPEAL_SCREEN
    form_class = ScreenForm
    heading = gettext_lazy("Look at the request")
    button = gettext_lazy("Keep this answer")
    done = gettext_lazy("Kept.")

    @cached_property
    def waits_for_this(self) -> bool:
        return self.appeal.state == AppealState.REQUESTED

    def form_arguments(self) -> dict[str, Any]:
        appeal = self.appeal
        said_all = all((appeal.name, appeal.address, appeal.phones, appeal.narrative))
        found = {"is_timely": not appeal.is_late, "is_complete": said_all, "takes_up": True}
        initial = {name: "yes" if value else "no" for name, value in found.items()}
        return {"reads": self.family_reads, "initial": initial}

    def do(self, told: dict[str, Any], **who: Any) -> None:
        appeal_reviews.screen(appeal=self.appeal, **told, **who)


class NameCommittee(AppealAct):
    """Who reads for the committee."""

    permission = Permission.APPEAL_SCREEN
    form_class = CommitteeForm
    heading = gettext_lazy("Name the committee")
    button = gettext_lazy("Name these people")
    done = gettext_lazy("The committee is named.")

    @cached_property
    def waits_for_this(self) -> bool:
        return self.appeal.is_open and self.appeal.state != AppealState.REQUESTED

    def form_arguments(self) -> dict[str, Any]:
        return {
            "people": [(user.pk, user.name) for user in may_sit(self.appeal)],
            "needed": members_needed(self.appeal.program),
            "initial": {"members": [user.pk for user in members_of(self.appeal)]},
        }

    def do(self, told: dict[str, Any], **who: Any) -> None:
        members = list(User.objects.filter(pk__in=told["members"]))
        appeal_reviews.name_committee(appeal=self.appeal, members=members, **who)


class AskMore(AppealAct):
    """What the family should still send, and by when."""

    permission = Permission.APPEAL_WORK
    form_class = AskMoreForm
    heading = gettext_lazy("Ask the family for more")
    button = gettext_lazy("Send the letter")
    done = gettext_lazy("The family is asked. The time to answer goes on.")

    @cached_property
    def waits_for_this(self) -> bool:
        return self.appeal.state in (AppealState.SCREENED, AppealState.UNDER_REVIEW)

    def form_arguments(self) -> dict[str, Any]:
        program = programs.get(self.appeal.program)
        proposed = program.today() + timedelta(days=program.clock("review_information_days"))
        return {
            "reads": self.family_reads,
            "on": program.today(),
            "initial": {"due_on": proposed},
        }

    def do(self, told: dict[str, Any], **who: Any) -> None:
        appeal_reviews.ask_family(appeal=self.appeal, **told, **who)


class Answers(AppealAct):
    """The committee's answer on each service, its reasons and evidence, and the signature."""

    permission = Permission.APPEAL_DECIDE
    template_name = "intake/appeal_answer.html"
    form_class = AnswerForm
    heading = gettext_lazy("Write the answer")
    button = gettext_lazy("Sign and tell the family")
    done = gettext_lazy("Signed. The family gets the answer in a letter.")

    @cached_property
    def waits_for_this(self) -> bool:
        return self.appeal.state == AppealState.UNDER_REVIEW

    @cached_property
    def papers(self) -> list[Any]:
        return list(papers_for(self.appeal))

    def form_arguments(self) -> dict[str, Any]:
        shown = [
            (paper.pk, f"{paper.get_kind_display()}, {date_format(paper.given_on)}")
            for paper in self.papers
        ]
        return {"papers": shown, "reads": self.family_reads}

    @cached_property
    def answer_forms(self) -> list[tuple[AppealedService, ServiceAnswerForm]]:
        rows = self.appeal.services.select_related("decision")
        return [(row, self._form_for(row)) for row in rows]

    def _form_for(self, row: AppealedService) -> ServiceAnswerForm:
        data = self.request.POST if self.request.method == "POST" else None
        return ServiceAnswerForm(
            data, prefix=f"service-{row.pk}", service=self._name(row), reads=self.family_reads
        )

    def _name(self, row: AppealedService) -> str:
        return service_name(self.appeal.program, row.decision.service)

    def page(self, **more: Any) -> dict[str, Any]:
        about = [{"form": form, "name": self._name(row)} for row, form in self.answer_forms]
        return super().page(answers=about, forms=[one["form"] for one in about], **more)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form()
        each = [one.is_valid() for _row, one in self.answer_forms]
        if not form.is_valid() or not all(each):
            self.note_who_looked()
            return self.answer(status=422, form=form)
        return self.act(form)

    def do(self, told: dict[str, Any], **who: Any) -> None:
        chosen = told.pop("papers", [])
        appeal_decisions.decide(
            appeal=self.appeal,
            answers={row.pk: Word(**form.cleaned_data) for row, form in self.answer_forms},
            papers=[paper for paper in self.papers if paper.pk in chosen],
            **told,
            **who,
        )


class AppealButton(AppealPage, ActionView):
    """A button on a review."""

    done: ClassVar[str | Promise]

    def act(self, obj: Appeal) -> HttpResponse:
        try:
            self.do(obj, by=self.user, at=timezone.now())
        except WrongMove:
            return self.over()
        except appeal_reviews.TooFew:
            notes.error(self.request, _("The committee needs more members first."))
        else:
            notes.success(self.request, str(self.done))
        return redirect(obj)

    def do(self, appeal: Appeal, **who: Any) -> None:
        raise AssertionError(f"{type(self).__name__} says what it does in do()")


class HandOver(AppealButton):
    """Give the committee the pack; or a newer one."""

    permission = Permission.APPEAL_WORK
    done = gettext_lazy("The committee has the evidence pack.")

    def do(self, appeal: Appeal, **who: Any) -> None:
        appeal_reviews.hand_over(appeal=appeal, **who)


class Close(AppealButton):
    """Put a decided review away."""

    permission = Permission.APPEAL_SCREEN
    done = gettext_lazy("The review is closed.")

    def do(self, appeal: Appeal, **who: Any) -> None:
        appeal_decisions.close(appeal=appeal, **who)
