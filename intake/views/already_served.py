"""Closing a referral about a child whom we serve already: which child is it?"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.audit.actions import note_access_to_many
from cms_portal.audit.models import AccessEvent
from cms_portal.families.duplicates import Likeness, likely_same
from cms_portal.families.likeness import Facts
from cms_portal.families.models import Child
from intake.actions import referral_moves
from intake.forms.referrals import LookForm, SameChildForm
from intake.looking import children_reached, meant_by, offices_that_may_know
from intake.views.referral_acts import ReferralAct


class AlreadyServed(ReferralAct):
    """Those who may be the child are offered; a worker can look for another, by other words."""

    form_class = SameChildForm
    template_name = "intake/already_served.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"children": self.children, "looked_for": self.words}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "look" in request.POST and self.referral.is_open:
            return self._look()
        return super().post(request, **kwargs)

    def _look(self) -> HttpResponse:
        look = LookForm(self.request.POST)
        self.note_who_looked()
        return self.answer(
            status=200 if look.is_valid() else 422,
            form=SameChildForm(**self.form_arguments()),
            look=look,
            has_looked=look.is_valid(),
        )

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            **{
                "look": LookForm(initial={"look_for": self.words}),
                "children": self.children,
                "nobody_found": not self.looked_up,
                "offices": self._offices(),
            }
            | more
        )

    def _offices(self) -> list[str]:
        """The offices that may serve the child, where this worker does not reach it."""
        alike = {one.office for one in self.likely if not one.is_reached and one.office}
        if self.looked_up:
            return sorted(alike)
        one, user = self.referral, self.user
        today = programs.get(one.program).today()
        asked = meant_by(self.words)
        return sorted(
            alike.union(offices_that_may_know(asked, office=one.office, user=user, on=today))
        )

    @property
    def words(self) -> str:
        """For whom the worker looked on this page."""
        return self.request.POST.get("look_for", "")[:120]

    @cached_property
    def children(self) -> list[Child]:
        """The children this worker reaches who may be this one: first those looked for."""
        alike = [one.child for one in self.likely if one.is_reached]
        found = list({child.pk: child for child in [*self.looked_up, *alike]}.values())
        note_access_to_many(
            by=self.user,
            page="intake:already_served",
            children=found,
            action=AccessEvent.Action.SEARCH,
        )
        return found

    @cached_property
    def looked_up(self) -> list[Child]:
        return children_reached(meant_by(self.words), program=self.referral.program, user=self.user)

    @cached_property
    def likely(self) -> list[Likeness]:
        one, user = self.referral, self.user
        if one.born_on is None:
            return []
        phones = frozenset(str(phone) for phone in (one.phone, one.other_phone) if phone)
        asked = Facts(
            first_name=one.first_name,
            last_name=one.last_name,
            date_of_birth=one.born_on,
            phones=phones,
        )
        return likely_same(asked, user=user, program=one.program)

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        child = next(child for child in self.children if str(child.pk) == told["child"])
        referral_moves.already_served(referral=self.referral, child=child, by=by, at=at)
        return _("Closed: already with us.")
