"""Staff write down that a child died, after reading what stops; a supervisor takes an error back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ForStaff
from cms_portal.families.models import Child
from cms_portal.families.policies import CHILDREN
from intake.actions import deaths
from intake.forms.deaths import DeathForm, DeathInErrorForm
from intake.living import NOTHING_BEGINS
from intake.models import Death
from intake.stopping import OnItsWay


class RecordDeath(ForStaff, FormPage):
    """The day, who told us, and what stops; no letter goes out."""

    policy, permission = CHILDREN, Permission.CHILD_EDIT
    child_of = ""
    template_name = "intake/record_death.html"
    form_class = DeathForm

    def form_arguments(self) -> dict[str, Any]:
        return {"child": self.object, "on": programs.get(self.object.program).today()}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.object.died_on is not None:
            return redirect("families:child_record", pk=self.object.pk)
        return super().get(request, **kwargs)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(child=self.object, stops=OnItsWay(self.object).in_words(), **more)

    def act(self, form: DeathForm) -> HttpResponse:
        told = form.cleaned_data
        deaths.record_death(
            child=self.object,
            died_on=told["died_on"],
            is_day_known=not told["is_day_unknown"],
            told_by=told["told_by"],
            by=self.user,
            at=timezone.now(),
        )
        notes.success(
            self.request, _("Written down. Everything has stopped. Please call the family.")
        )
        return redirect("families:child_record", pk=self.object.pk)


class DeathInError(ForStaff, FormPage):
    """A supervisor says that it was an error, and why; a task says what to look at."""

    policy, permission = CHILDREN, Permission.CHILD_CONFIRM_MERGE
    child_of = ""
    template_name = "intake/death_in_error.html"
    form_class = DeathInErrorForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.death = Death.objects.standing().filter(child=self.object).first()
        if self.death is None:
            raise Http404

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(child=self.object, death=self.death, **more)

    def act(self, form: DeathInErrorForm) -> HttpResponse:
        assert self.death
        deaths.take_back(
            death=self.death,
            why=form.cleaned_data["reason"],
            by=self.user,
            at=timezone.now(),
        )
        notes.success(
            self.request, _("Taken back. A task says what to look at; nothing opens by itself.")
        )
        return redirect("families:child_record", pk=self.object.pk)


def nothing_begins(request: HttpRequest, child: Child) -> HttpResponse:
    """Lead a worker who would start something for a child who died to the child's record."""
    notes.error(request, NOTHING_BEGINS)
    return redirect("families:child_record", pk=child.pk)
