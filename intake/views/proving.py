"""What a paper proves: a worker says so, and takes it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage
from cms_portal.documents import presenters
from intake.actions import evidence
from intake.asking import requirements_of
from intake.evidence import kept_of
from intake.forms.proving import ProofForm
from intake.models import Application, Evidence
from intake.told import papers_of
from intake.views.frames import ApplicationPage


class Prove(ApplicationPage, FormPage):
    """One paper of the home, and the requirement it proves."""

    permission = Permission.APPLICATION_REVIEW
    template_name = "intake/prove.html"
    form_class = ProofForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = [one for one in papers_of(self.application) if one.pk == kwargs["paper"]]
        if not found:
            raise Http404
        self.paper = found[0]

    def form_arguments(self) -> dict[str, Any]:
        return {
            "program": self.application.program,
            "offered": requirements_of(self.application.program),
            "on": programs.get(self.application.program).today(),
        }

    def page(self, **more: Any) -> dict[str, Any]:
        proofs = [one for one in kept_of(self.application) if one.document == self.paper]
        return super().page(
            papers=presenters.papers([self.paper], to_staff=True), proofs=proofs, **more
        )

    def act(self, form: ProofForm) -> HttpResponse:
        try:
            evidence.accept(
                application=self.application,
                document=self.paper,
                **form.cleaned_data,
                by=self.user,
                at=timezone.now(),
            )
        except evidence.NotThisHomes:
            notes.error(self.request, _("The family took this paper back meanwhile."))
        else:
            notes.success(self.request, _("Kept. The family is not asked for it while it serves."))
        return redirect("intake:review", number=self.application.number)


class TakeBackProof(ApplicationPage, ActionView):
    """A paper proves it no more; the paper stays."""

    permission = Permission.APPLICATION_REVIEW

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.proof = Evidence.objects.of(self.application).filter(pk=kwargs["proof"]).first()
        if self.proof is None:
            raise Http404

    def act(self, application: Application) -> HttpResponse:
        assert self.proof
        evidence.take_back(
            proof=self.proof,
            by=self.user,
            at=timezone.now(),
        )
        return redirect("intake:review", number=application.number)
