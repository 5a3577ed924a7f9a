"""Taking an application from somebody on the telephone or at the desk."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, ForStaff, PermittedPage
from cms_portal.audit.actions import note_access, note_access_to_many
from cms_portal.audit.models import AccessEvent
from cms_portal.families.duplicates import likely_same
from cms_portal.families.likeness import Facts
from cms_portal.families.models import Household
from cms_portal.families.policies import CHILDREN, HOUSEHOLDS
from cms_portal.journeys.steps import Step
from cms_portal.ui import problems
from intake import edit_conflicts
from intake.actions import answers, applications, urgent_needs
from intake.forms.sending import SignForm
from intake.forms.start import CallerForm
from intake.models import Application, Channel, Signature
from intake.views.deaths import nothing_begins
from intake.views.frames import ApplicationPage, given_in, hold
from intake.views.remembering import remember_referral
from intake.views.visits import spoken_now
from intake.words import signed_words


class Take(PermittedPage):
    """A worker opens an application for somebody on the telephone or at the desk."""

    template_name = "intake/take.html"
    permission = Permission.APPLICATION_START

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.program = programs.get_or_404(kwargs["program"])
        self.grant = self._grant()
        self.request.program = self.program  # type: ignore[attr-defined]

    def _grant(self) -> Any:
        for grant, _scope in self.user.grants_for(Permission.APPLICATION_START):
            if grant.program == self.program.code:
                return grant
        raise Http404

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        told = form.cleaned_data
        if "another" not in request.POST and (known := self._known(told)):
            return self.answer(form=form, known=known)
        application = self._take(told)
        if told["cannot_wait"]:
            urgent_needs.tell(
                application=application,
                kinds=told["cannot_wait"],
                phone=told["phone"],
                may_leave_message=False,
                by=self.user,
                at=timezone.now(),
            )
        return self.go_on_with(application)

    def _take(self, told: dict[str, Any]) -> Application:
        return applications.take_from_caller(
            program=self.program.code,
            office=self.grant.office,
            region=self.grant.region,
            child={key: told[key] for key in ("first_name", "last_name", "date_of_birth")},
            guardian={
                "first_name": told["guardian_first_name"],
                "last_name": told["guardian_last_name"],
                "phone": told["phone"],
                "spoken_language": told["spoken_language"],
                "written_language": told["written_language"],
            },
            relation=told["relation"],
            channel=told["channel"],
            start_key=told["start_key"],
            on=self.program.today(),
            by=self.user,
        )

    def go_on_with(self, application: Application) -> HttpResponse:
        return redirect("intake:phone", number=application.number)

    def _known(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the children this worker may see who may be this one, each with the homes to apply for."""
        asked = Facts(
            first_name=told["first_name"],
            last_name=told["last_name"],
            date_of_birth=told["date_of_birth"],
            phones=frozenset([str(told["phone"])] if told["phone"] else []),
        )
        likely = likely_same(asked, user=self.user, program=self.program.code)
        within_reach = (
            CHILDREN.rows(self.user, Permission.APPLICATION_START)
            .filter(pk__in=[one.child.pk for one in likely if one.is_reached])
            .in_bulk()
        )
        children = [one.child for one in likely if one.child.pk in within_reach]
        note_access_to_many(
            by=self.user, page="intake:take", children=children, action=AccessEvent.Action.SEARCH
        )
        # Which home the caller speaks for is not known yet, so no home reads of this search.
        return [
            {"child": child, "homes": _homes(child, self.user, self.program)} for child in children
        ]

    def page(self, **more: Any) -> dict[str, Any]:
        return {"form": self.make_form(), "known": []} | more

    def make_form(self, data: Any = None) -> CallerForm:
        return CallerForm(
            data,
            program=self.program,
            on=self.program.today(),
            initial={
                "start_key": uuid.uuid4(),
                "channel": "phone",
                "spoken_language": "en",
                "written_language": "en",
                **self.known_facts(),
            },
        )

    def known_facts(self) -> dict[str, Any]:
        """Return what is known before the caller says it."""
        return {}


def _homes(child: Any, user: Any, program: Any) -> list[Household]:
    """Return the households of a child that a worker may see, to apply for one of them."""
    return list(
        HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW)
        .filter(memberships__in=child.memberships.on(program.today()))
        .prefetch_related("guardians")
        .distinct()
        .order_by("pk")
    )


class TakeForKnown(ForStaff, ActionView):
    """Start an application for a child we know, for one of its homes."""

    policy = CHILDREN
    permission = Permission.APPLICATION_START
    child_of = ""

    def act(self, child: Any) -> HttpResponse:
        if child.died_on is not None:
            return nothing_begins(self.request, child)
        program = programs.get(child.program)
        homes = {str(home.pk): home for home in _homes(child, self.user, program)}
        household = homes.get(self.request.POST.get("household", ""))
        if household is None:
            raise Http404
        note_access(
            by=self.user,
            page="intake:take_for_known",
            child=child,
            household_id=household.pk,
            subject=child,
            action=AccessEvent.Action.SEARCH,
        )
        application = applications.start(
            child=child,
            household=household,
            channel=Channel.PHONE,
            start_key=uuid.uuid4(),
            by=self.user,
        )
        remember_referral(self.request, application)
        return redirect("intake:phone", number=application.number)


class Phone(ApplicationPage):
    """The whole application on one dense page, made of the family's own steps."""

    template_name = "intake/phone.html"
    permission = Permission.APPLICATION_REVIEW
    reads = ("child", "household__county", "assessment")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.spoken = spoken_now(self.application, self.user)
        if self.spoken is not None:
            self.application.telling = (self.spoken.spoke_with, self.spoken.channel)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            hold(self.application, self.journey.for_subject(self.application), by=self.user)
            forms = self._forms(request.POST, request.FILES)
            changed = [(step, form) for step, form in forms if self._is_answered(step, form)]
            overtaken = {
                step.key: change
                for step, form in changed
                if (change := self._change_since_shown(step, form))
            }
            wrong = [f for step, f in changed if step.key in overtaken or not f.is_valid()]
            for step, form in changed:
                if step.key in overtaken:
                    continue
                if form in wrong:
                    step.save_part(self.application, form, by=self.user)
                else:
                    step.save(self.application, given_in(form), by=self.user)
        except answers.AlreadySent:
            notes.error(request, _("This application was closed meanwhile. Nothing was changed."))
            return redirect("intake:review", number=self.application.number)
        if wrong:
            told = [_problem(step, overtaken) for step, _form in changed if step.key in overtaken]
            faults = [problem for form in wrong for problem in problems.of(form)]
            return self.answer(status=422, forms=forms, problems=told + faults)
        if "send" in request.POST:
            return self._send()
        notes.success(request, _("Saved at %(time)s.") % {"time": _clock(timezone.now())})
        return redirect("intake:phone", number=self.application.number)

    def _change_since_shown(self, step: Step, form: Any) -> edit_conflicts.Change | None:
        sent = self.request.POST.get(f"{step.key}-{edit_conflicts.FIELD}", "")
        return edit_conflicts.change_since(self.application, step, form, sent, reader=self.user)

    def _is_answered(self, step: Step, form: Any) -> bool:
        """A page counts once something is filled in; when sending, also one that may be left blank."""
        passed_over = "send" in self.request.POST and not step.is_done(self.application)
        return bool(form.has_changed()) or (passed_over and form.is_valid())

    def _send(self) -> HttpResponse:
        signed = SignForm(self.request.POST, prefix="sign")
        unfinished = self.journey.unfinished(self.application)
        if not signed.is_valid() or unfinished:
            return self.answer(status=422, sign=signed, unfinished=unfinished)
        applications.submit(
            application=self.application,
            name=signed.cleaned_data["name"],
            words=signed_words(self.application),
            way=Signature.Way.SPOKEN,
            by=self.user,
            at=timezone.now(),
        )
        return redirect("intake:review", number=self.application.number)

    def _forms(self, data: Any = None, files: Any = None) -> list[tuple[Any, Any]]:
        return [
            (step, step.form(self.application, data, files, prefix=step.key, for_staff=True))
            for step in self.journey.for_subject(self.application)
        ]

    def page(self, **more: Any) -> dict[str, Any]:
        forms = more.pop("forms", None) or self._forms()
        return super().page(
            **{
                "sections": [
                    {
                        "step": step,
                        "form": form,
                        "is_rows": hasattr(form, "management_form"),
                        "is_done": step.is_done(self.application),
                        "shown": edit_conflicts.shown_now(self.application, step),
                    }
                    for step, form in forms
                ],
                "sign": SignForm(prefix="sign"),
                "words": signed_words(self.application),
                "unfinished": [],
                "problems": [],
                "spoken": self.spoken,
                **more,
            }
        )


def _problem(step: Step, overtaken: dict[str, edit_conflicts.Change]) -> problems.Problem:
    """Return who changed a page meanwhile and what it says now, as one sentence."""
    change = overtaken[step.key]
    sentence = _("“%(page)s”: %(change)s It now says: %(answers)s. Save again to keep yours.")
    told = {"page": step.title, "change": change.sentence, "answers": change.in_words}
    return problems.Problem(sentence % told, f"section-{step.key}")


def _clock(at: datetime) -> str:
    return time_format(timezone.localtime(at), "TIME_FORMAT")
