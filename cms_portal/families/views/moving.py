"""A family moves to another program and takes its record along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.families import actions
from cms_portal.families.forms.moving import MoveForm
from cms_portal.families.models import Guardian, Release, ReleaseWithdrawal
from cms_portal.families.policies import CHILDREN, RELEASES
from cms_portal.families.stopping import withdraw_release
from cms_portal.families.views.frames import ForBoth


class MoveAway(ForBoth, FormPage):
    """A release, signed: which parts of the record go to the other program."""

    template_name = "families/move.html"
    policy, permission = CHILDREN, Permission.CHILD_MOVE
    child_of = ""
    form_class = MoveForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.to = programs.get_or_404(kwargs["to"])
        self.signers = self._signers()
        if self.to.code == self.object.program:
            raise Http404
        if not self.signers:
            raise PermissionDenied

    def _signers(self) -> list[Guardian]:
        """The adults who may sign: the person themselves, or, for staff, all of them."""
        today = programs.get(self.object.program).today()
        held = self.object.authorities.on(today).may_sign()
        if not self.user.is_staff_member:
            held = held.held_by(self.user)
        return list(Guardian.objects.filter(authorities__in=held).order_by("pk"))

    def form_arguments(self) -> dict[str, Any]:
        return {"to": self.to, "guardians": self.signers}

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            child=self.object,
            to=self.to,
            here=programs.get(self.object.program),
            words=self.words(),
            **more,
        )

    def words(self) -> str:
        return _(
            "I let %(here)s give %(there)s a copy of %(child)s’s name and date of birth, and of the"
            " parts I chose. I know that %(here)s then closes our case."
        ) % {
            "here": programs.get(self.object.program).short_name,
            "there": self.to.short_name,
            "child": self.object,
        }

    def act(self, form: Any) -> HttpResponse:
        try:
            new = actions.release_to_program(
                child=self.object,
                guardian=form.signer,
                county=form.to_county,
                parts=form.cleaned_data["parts"],
                words=self.words(),
                signed_name=form.cleaned_data["signed_name"],
                by=self.user,
                at=timezone.now(),
            )
        except actions.NotAllowedHere as why:
            form.add_error(None, str(why))
            return self.answer(status=422, form=form)
        messages.success(self.request, _("It is done. The new office will write to you."))
        is_staff = self.user.is_staff_member
        # Staff do not follow a family to another program.
        return redirect("home") if is_staff else redirect("families:child", pk=new.pk)


class TakeBack(ObjectPage):
    """Who signed a release takes it back: what that changes, and what not."""

    policy, permission = RELEASES, Permission.CHILD_VIEW
    child_of, household_of = "child", "household"
    template_name = "families/take_back.html"
    http_method_names = ["get", "head", "post", "options"]

    def rows(self) -> Any:
        return Release.objects.select_related("child", "household__county", "signed_by")

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "release": self.object,
            "is_done": ReleaseWithdrawal.objects.filter(release=self.object).exists(),
            "there": programs.get(self.object.to_program),
            **more,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        withdraw_release(release=self.object, by=self.user, at=timezone.now())
        messages.success(request, _("You took it back. We send you a letter that says so."))
        return redirect("families:take_back", pk=self.object.pk)
