"""A grown child lets others see the record, and stops it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView
from cms_portal.families import actions
from cms_portal.families.models import AuthorityKind, Child, Guardian
from cms_portal.families.policies import CHILDREN
from cms_portal.families.stopping import stop_seeing
from cms_portal.families.views.child import own_record


class LetIn(ActionView):
    """A grown child lets somebody see the record who could before."""

    policy, permission = CHILDREN, Permission.HELPER_MANAGE
    child_of = ""

    def act(self, obj: Child) -> HttpResponse:
        today = programs.get(obj.program).today()
        if not own_record(self.user, obj, today):
            raise PermissionDenied
        guardian = Guardian.objects.filter(
            authorities__child=obj, pk=self.kwargs["guardian"]
        ).first()
        if guardian is None:
            raise Http404
        actions.let_in(
            guardian=guardian,
            child=obj,
            starts_on=today,
            by=self.user,
        )
        return redirect("families:child", pk=obj.pk)


class StopSeeing(ActionView):
    """A grown child ends what they granted; it bites on the other's next click."""

    policy, permission = CHILDREN, Permission.HELPER_MANAGE
    child_of = ""

    def act(self, obj: Child) -> HttpResponse:
        today = programs.get(obj.program).today()
        if not own_record(self.user, obj, today):
            raise PermissionDenied
        granted = obj.authorities.on(today).filter(
            kind=AuthorityKind.BY_YOUTHS_GRANT, pk=self.kwargs["authority"]
        )
        if (row := granted.first()) is None:
            raise Http404
        stop_seeing(
            row=row,
            on=today,
            by=self.user,
            reason="ended by the youth",
        )
        return redirect("families:child", pk=obj.pk)
