"""What a child can get now; and to rest, go on, or leave."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage, ObjectPage
from cms_portal.families.views.frames import ForBoth
from eligibility.catalogue import service_name
from intake.actions import enrollments, reopening
from intake.actions.reminders import reminder_days
from intake.appealing import open_reviews_of
from intake.forms.leaving import EndForm, LeaveForm
from intake.models import Application, EndReason, Enrollment
from intake.policies import ENROLLMENTS
from intake.renewals import can_renew


class EnrollmentPage(ForBoth, ObjectPage):
    """Each service a child has, from when to when."""

    policy = ENROLLMENTS
    permission = Permission.DECISION_VIEW
    household_of = "household"
    template_name = "intake/enrollment.html"

    def rows(self) -> Any:
        return Enrollment.objects.select_related("child", "household", "application__worker")

    def page(self, **more: Any) -> dict[str, Any]:
        program = programs.get(self.object.program)
        today = program.today()
        return super().page(
            enrollment=self.object,
            services=[
                {
                    "name": service_name(self.object.program, row.service),
                    "row": row,
                    "is_over": row.ends_on <= today,
                }
                for row in self.object.services.all()
            ],
            may_renew=self.may(Permission.APPLICATION_SUBMIT) and can_renew(self.object, today),
            renewal=Application.objects.open().filter(renews=self.object).first(),
            reminder_days=get_text_list([str(days) for days in reminder_days(program)], _("and")),
            may_choose_reminders=self.may(Permission.APPLICATION_SUBMIT),
            may_leave=self.may(Permission.APPLICATION_SUBMIT) and not self.user.is_staff_member,
            may_end=self.user.is_staff_member and self.may(Permission.DECISION_MAKE),
            **more,
        )


class EnrollmentAction(ActionView):
    """A button of the family on its child's enrollment."""

    policy = ENROLLMENTS
    permission = Permission.APPLICATION_SUBMIT
    household_of = "household"

    def rows(self) -> Any:
        return Enrollment.objects.select_related("child", "household")


class PauseEnrollment(EnrollmentAction):
    """Rest for a while."""

    def act(self, enrollment: Enrollment) -> HttpResponse:
        enrollments.pause(enrollment=enrollment, by=self.user, at=timezone.now())
        notes.success(self.request, _("Paused. Nothing is lost. Go on whenever you want."))
        return redirect(enrollment)


class GoOnWithEnrollment(EnrollmentAction):
    """Take it up again."""

    def act(self, enrollment: Enrollment) -> HttpResponse:
        enrollments.go_on(enrollment=enrollment, by=self.user, at=timezone.now())
        notes.success(self.request, _("Welcome back. Everything goes on as before."))
        return redirect(enrollment)


class ChooseReminders(EnrollmentAction):
    """Be reminded before the last day, or not."""

    wanted = False

    def act(self, enrollment: Enrollment) -> HttpResponse:
        enrollments.choose_reminders(enrollment=enrollment, wanted=self.wanted, by=self.user)
        done = _("We will remind you.") if self.wanted else _("We send no reminders any more.")
        notes.success(self.request, done)
        return redirect(enrollment)


class EndingPage(EnrollmentPage, FormPage):
    """An enrollment ends for a reason; where a review of its home is open, with a word on that."""

    ended: ClassVar[Any]

    def form_arguments(self) -> dict[str, Any]:
        return {
            "child": self.object.child.called,
            "has_review": self.object.is_open and open_reviews_of(self.object).exists(),
        }

    def reason(self, form: LeaveForm) -> EndReason:
        return EndReason(form.cleaned_data["reason"])

    def act(self, form: LeaveForm) -> HttpResponse:
        if not self.object.is_open:
            notes.info(self.request, _("This had ended already. Nothing more was changed."))
            return redirect(self.object)
        try:
            enrollments.end(
                enrollment=self.object,
                reason=self.reason(form),
                review_wish=form.cleaned_data.get("review_wish", ""),
                by=self.user,
                at=timezone.now(),
            )
        except enrollments.ReviewOpen:
            return self.post(self.request)  # asked for a moment ago: the form now says so
        notes.success(self.request, self.ended)
        return redirect(self.object)


class LeaveProgram(EndingPage):
    """The family leaves the program, after reading what that means."""

    permission = Permission.APPLICATION_SUBMIT
    template_name = "intake/leave_program.html"
    form_class = LeaveForm
    ended = gettext_lazy("You have left the program. You can come back any day.")

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(days=programs.get(self.object.program).clock("resume_days"), **more)

    def reason(self, form: LeaveForm) -> EndReason:
        return EndReason.FAMILY


class EndEnrollment(EndingPage):
    """A worker ends an enrollment for a reason; the family gets a letter."""

    permission = Permission.DECISION_MAKE
    template_name = "intake/end_enrollment.html"
    form_class = EndForm
    ended = gettext_lazy("Ended. The family gets a letter with the last day.")


class LookAgain(EnrollmentAction):
    """No service seems to fit any more: each is decided anew, with reasons and the right to a review."""

    permission = Permission.DECISION_MAKE

    def act(self, enrollment: Enrollment) -> HttpResponse:
        if not enrollment.is_open:
            notes.info(self.request, _("This enrollment has ended already."))
            return redirect(enrollment)
        try:
            application = reopening.look_again(
                enrollment=enrollment, by=self.user, at=timezone.now()
            )
        except reopening.CannotOpen:
            notes.error(
                self.request,
                _(
                    "This cannot be opened: the family took the application back, or has begun a new one."
                    " Go on with the new one, or take one down by phone; decide each service there."
                ),
            )
            return redirect("intake:end_enrollment", pk=enrollment.pk)
        return redirect("intake:review", number=application.number)
