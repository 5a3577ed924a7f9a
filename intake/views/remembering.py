"""An application remembers the referral with which it began."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from cms_portal.access.roles import Permission
from intake.actions import referral_moves
from intake.models import Application, Referral
from intake.policies import REFERRALS


def remember_referral(request: HttpRequest, application: Application) -> None:
    """Remember the referral that the worker came from, if the page names one."""
    number = request.POST.get("referral")
    if not number:
        return
    user, open_ones = request.user, Referral.objects.open()
    referral_moves.take_up(
        referral=REFERRALS.find(user, Permission.REFERRAL_WORK, open_ones, number=number).row,
        application=application,
        by=user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
