"""Letting somebody help with one application: the family's side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage
from intake.actions import helping
from intake.forms.helping import InviteForm
from intake.models import Application, Helper
from intake.views.frames import ApplicationPage

# A family that tries names and codes in turn has had enough of them in a day.
RATES = {"invite": "20/d/user", "help_code": "20/h/user"}
TOO_MANY = 429


def is_too_much(request: HttpRequest, action: str) -> bool:
    """Count this POST; say whether this person sent too many of its kind."""
    return not ratelimit.consume(request, app="intake", action=action, config=RATES)


class Helpers(ApplicationPage, FormPage):
    """Who helps, who is asked to, and letting somebody help."""

    permission = Permission.HELPER_MANAGE
    template_name = "intake/helpers.html"
    form_class = InviteForm
    reads = ("child",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.application.is_open:
            raise Http404
        return super().post(request, **kwargs)

    def act(self, form: Any) -> HttpResponse:
        if is_too_much(self.request, "invite"):
            form.add_error(None, _("That was often enough for one day. Try again tomorrow."))
            return self._again(form, TOO_MANY)
        told = form.cleaned_data
        try:
            invitation, code = helping.invite(
                application=self.application,
                name=told["name"],
                account=told["contact"],
                help_ends_on=self._today() + timedelta(days=told["days"]),
                by=self.user,
                at=timezone.now(),
            )
        except helping.TooManyHelpers:
            form.add_error(
                None, _("Five people can help at a time. End the help of one of them first.")
            )
            return self._again(form, 422)
        return self._hand_over(invitation, code, has_contact=told["contact"] is not None)

    def _again(self, form: Any, status: int) -> HttpResponse:
        self.note_who_looked()
        return self.answer(status=status, form=form)

    def _hand_over(self, invitation: Any, code: str, *, has_contact: bool) -> HttpResponse:
        """Show the code, this once: no other page could, as it is kept nowhere."""
        self.note_who_looked()
        address = reverse("intake:invited", args=[code])
        shown = {
            "application": self.application,
            "invitation": invitation,
            "code": " ".join([*(code[at : at + 5] for at in (0, 5, 10, 15)), code[20:]]),
            "link": self.request.build_absolute_uri(address),
            "has_contact": has_contact,
        }
        return TemplateResponse(self.request, "intake/help_code.html", shown)

    def _today(self) -> Any:
        return self.request.program.today()  # type: ignore[attr-defined]

    def page(self, **more: Any) -> dict[str, Any]:
        helpers = Helper.objects.on(self._today()).filter(application=self.application)
        invitations = self.application.help_invitations.all().waiting(timezone.now())
        return super().page(
            helpers=helpers.select_related("user").order_by("starts_on", "pk"),
            invitations=invitations.order_by("asked_at", "pk"),
            **more,
        )


class RemoveHelper(ApplicationPage, ActionView):
    """The family ends somebody's help."""

    permission = Permission.HELPER_MANAGE
    reads = ("child",)

    def act(self, application: Application) -> HttpResponse:
        helper = application.helpers.filter(pk=self.kwargs["helper"]).first()
        if helper is None:
            raise Http404
        helping.end_help(
            helper=helper,
            on=self.request.program.today(),  # type: ignore[attr-defined]
            by=self.user,
        )
        notes.success(
            self.request, _("{name} sees nothing any more.").format(name=helper.user.name)
        )
        return redirect("intake:helpers", number=application.number)


class TakeBackInvitation(ApplicationPage, ActionView):
    """The family takes back an invitation that nobody has accepted."""

    permission = Permission.HELPER_MANAGE
    reads = ("child",)

    def act(self, application: Application) -> HttpResponse:
        invitation = application.help_invitations.filter(pk=self.kwargs["invitation"]).first()
        if invitation is None:
            raise Http404
        helping.take_back(
            invitation=invitation,
            by=self.user,
            at=timezone.now(),
        )
        return redirect("intake:helpers", number=application.number)
