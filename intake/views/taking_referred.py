"""Taking an application from a family that somebody referred."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from cms_portal.access.roles import Permission
from cms_portal.audit.actions import note_access
from intake.actions import referral_moves
from intake.models import Application, Referral
from intake.policies import REFERRALS
from intake.views.taking import Take


class TakeReferred(Take):
    """The page for a caller, with what the referral says filled in."""

    def load(self, **kwargs: Any) -> None:
        self.referral: Referral = REFERRALS.find(
            self.user,
            Permission.REFERRAL_WORK,
            Referral.objects.open(),
            number=kwargs["number"],
        ).row
        super().load(program=self.referral.program)

    def known_facts(self) -> dict[str, Any]:
        one = self.referral
        first, _space, last = one.guardian_name.partition(" ")
        return {
            "first_name": one.first_name,
            "last_name": one.last_name,
            "date_of_birth": one.born_on,
            "guardian_first_name": first,
            "guardian_last_name": last,
            "phone": one.phone or one.other_phone,
            "spoken_language": one.spoken_language or "en",
            "written_language": "es" if one.spoken_language == "es" else "en",
        }

    def page(self, **more: Any) -> dict[str, Any]:
        note_access(
            by=self.user,
            page="intake:take_referred",
            child=self.referral.child,
            program=self.referral.program,
            subject=self.referral,
        )
        return super().page(referral=self.referral) | more

    def go_on_with(self, application: Application) -> HttpResponse:
        referral_moves.take_up(
            referral=self.referral,
            application=application,
            by=self.user,
            at=timezone.now(),
        )
        return super().go_on_with(application)
