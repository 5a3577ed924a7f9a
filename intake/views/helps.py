"""Helping a family with one application: the helper's side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, LinkPage, OwnPage
from intake.actions import helping
from intake.forms.helping import HelpCodeForm
from intake.invitations import invitations_to
from intake.models import Application, Helper, HelpInvitation
from intake.views.frames import ApplicationPage
from intake.views.helping import TOO_MANY, is_too_much


def _begin(request: HttpRequest, invitation: HelpInvitation) -> HttpResponse:
    """Accept, and open the application; or say that the family has to ask anew."""
    user: Any = request.user
    try:
        row = helping.accept(invitation=invitation, by=user, at=timezone.now())
    except helping.InvitationOver:
        notes.error(
            request, _("This invitation does not work any more. Ask the family for a new one.")
        )
        return redirect("intake:helps")
    return redirect(row.application)


class _ForFamilies(OwnPage):
    """A page of whoever has a family account; staff help by their own permissions."""

    def load(self, **kwargs: Any) -> None:
        if not self.user.is_family:
            raise Http404


class Helps(_ForFamilies):
    """The invitations to this person, and the place to type a code."""

    template_name = "intake/helps.html"
    acts_once = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=HelpCodeForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = HelpCodeForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if is_too_much(request, "help_code"):
            form.add_error(None, _("That was often enough for now. Try again in an hour."))
            return self.answer(status=TOO_MANY, form=form)
        invitation = links.find(LinkPurpose.HELP, form.cleaned_data["code"], at=timezone.now())
        if invitation is None:
            return self.answer(status=422, form=form.opens_nothing())
        return _begin(request, invitation)

    def page(self, **more: Any) -> dict[str, Any]:
        return {"invitations": invitations_to(self.user, timezone.now()), **more}


class _OneInvitation(_ForFamilies):
    """A button below an invitation to this person's own account."""

    http_method_names = ["post", "options"]

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        asked = (one for one in invitations_to(self.user, timezone.now()))
        self.invitation = next((one for one in asked if one.pk == kwargs["pk"]), None)
        if self.invitation is None:
            raise Http404


class AcceptInvitation(_OneInvitation):
    """Yes, I help."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.invitation
        return _begin(request, self.invitation)


class DeclineInvitation(_OneInvitation):
    """No, I do not."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.invitation
        helping.decline(invitation=self.invitation, by=self.user, at=timezone.now())
        return redirect("intake:helps")


class Invited(LinkPage):
    """What the link in somebody's hand is for; with an account they begin by a button."""

    purpose = LinkPurpose.HELP
    template_name = "intake/invited.html"
    object: HelpInvitation

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(self._by_way_of("account_login"))
        if not request.user.is_family:
            raise PermissionDenied
        return _begin(request, self.object)

    def page(self, **more: Any) -> dict[str, Any]:
        first_name = self.object.asked_by.get_short_name()
        return {
            "asked_by": first_name,
            "until": self.object.help_ends_on,
            "sign_in_url": self._by_way_of("account_login"),
            "sign_up_url": self._by_way_of("account_signup"),
            **more,
        }

    def _by_way_of(self, name: str) -> str:
        """Return the way through a page of sign-in and back here."""
        here = reverse("intake:invited", args=[self.kwargs["token"]])
        return f"{reverse(name)}?{urlencode({'next': here})}"


class StopHelping(ApplicationPage, ActionView):
    """A helper helps no longer, and reads nothing from now on."""

    permission = Permission.APPLICATION_VIEW
    reads = ("child",)

    def act(self, application: Application) -> HttpResponse:
        today = self.request.program.today()  # type: ignore[attr-defined]
        row = Helper.objects.on(today).filter(application=application, user=self.user).first()
        if row is None:
            raise PermissionDenied
        helping.end_help(helper=row, on=today, by=self.user)
        notes.success(self.request, _("You do not help with this any more."))
        return redirect("home")
