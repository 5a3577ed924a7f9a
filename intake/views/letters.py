"""Letters that somebody asks for: the proof of enrollment, and one to a family no call has reached."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.families.models import WrittenLanguage
from cms_portal.families.views.frames import ForBoth
from cms_portal.notifications.letters import as_attachment, pdf_of
from cms_portal.notifications.models import MessageState
from intake import enrolled_messages
from intake.actions import not_reached
from intake.forms.letters import ProofForm, ReferralLetterForm
from intake.models import Enrollment, Referral
from intake.policies import ENROLLMENTS, REFERRALS
from intake.referral_words import Calling


class AboutEnrollment(ObjectPage):
    """A page about one enrollment that everybody may open who may read its decision."""

    policy = ENROLLMENTS
    permission = Permission.DECISION_VIEW
    household_of = "household"

    def rows(self) -> Any:
        return Enrollment.objects.select_related(
            "child", "household", "application__worker", "application__household"
        )


class Proof(ForBoth, AboutEnrollment, FormPage):
    """What the proof of enrollment is; to open it now, or have it mailed."""

    template_name = "intake/proof.html"
    http_method_names = ["get", "head", "options"]
    form_class = ProofForm

    def form_arguments(self) -> dict[str, Any]:
        to = enrolled_messages.whom_to_give(self.object, self.user)
        return {"initial": {"language": to.written_language}}

    def page(self, **more: Any) -> dict[str, Any]:
        may_mail = self.may(Permission.APPLICATION_SUBMIT)
        return super().page(
            enrollment=self.object, languages=WrittenLanguage.choices, may_mail=may_mail, **more
        )


class MailProof(Proof):
    """Has the proof mailed to the family."""

    permission = Permission.APPLICATION_SUBMIT
    http_method_names = ["post", "options"]

    def act(self, form: ProofForm) -> HttpResponse:
        message = enrolled_messages.mail_proof(
            self.object,
            to=enrolled_messages.whom_to_give(self.object, self.user),
            language=form.cleaned_data["language"],
            on=programs.get(self.object.program).today(),
            by=self.user,
        )
        if message.state == MessageState.FAILED:
            notes.error(
                self.request, _("We have no safe address for mail. Open the letter here instead.")
            )
        else:
            notes.success(self.request, _("We mail the letter with the next letters."))
        return redirect("intake:proof", pk=self.object.pk)


class ProofAsLetter(AboutEnrollment):
    """The proof as a PDF, to print or send on."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if kwargs["language"] not in WrittenLanguage.values:
            raise Http404
        letter = enrolled_messages.proof(
            self.object,
            language=kwargs["language"],
            on=programs.get(self.object.program).today(),
        )
        return as_attachment(pdf_of([letter]), "proof-of-enrollment.pdf")


class ReferralLetter(FormPage):
    """The letter to a family that no call has reached: printed at once, and kept as a try."""

    policy = REFERRALS
    permission = Permission.REFERRAL_WORK
    lookup = "number"
    template_name = "intake/referral_letter.html"
    form_class = ReferralLetterForm

    def rows(self) -> Any:
        return Referral.objects.select_related("office", "child", "worker")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.object.is_waiting or self.object.calling == Calling.ASK_FIRST:
            raise Http404

    def form_arguments(self) -> dict[str, Any]:
        state = programs.get(self.object.program).state
        return {"initial": ReferralLetterForm.initial_of(self.object, state)}

    def page(self, **more: Any) -> dict[str, Any]:
        return {"referral": self.object} | more

    def act(self, form: ReferralLetterForm) -> HttpResponse:
        self.note_who_looked()
        not_reached.keep_letter(referral=self.object, by=self.user, at=timezone.now())
        letter = enrolled_messages.letter_to_referred(
            self.object, address=form.address, language=form.cleaned_data["language"]
        )
        return as_attachment(pdf_of([letter]), "letter.pdf")
