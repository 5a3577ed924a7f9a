"""What somebody who referred a child may be told: that it arrived, and in one word what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models import Referral
from intake.referral_states import ReferralStatus


class Told(models.TextChoices):
    """All that a receipt ever says."""

    RECEIVED = "received", _("We have your referral")
    REACHED = "reached", _("We reached the family")
    NOT_REACHED = "not_reached", _("We have not reached the family yet")
    WITH_US = "with_us", _("The child is already with us")
    PASSED_ON = "passed_on", _("We passed it on to somebody who can help")
    CLOSED = "closed", _("Closed")


_SAID = {
    ReferralStatus.RECEIVED: Told.RECEIVED,
    ReferralStatus.TRYING: Told.NOT_REACHED,
    ReferralStatus.REACHED: Told.REACHED,
    ReferralStatus.NOT_OURS: Told.PASSED_ON,
    ReferralStatus.CLOSED: Told.CLOSED,
}


def told_to_referrer(referral: Referral) -> Told:
    """Return what its receipt says.

    Of a referral joined to an earlier one, only what happened since: nobody learns from a receipt that
    somebody else had referred the child. That we know the child is told only if the family agreed to it.
    """
    shown = referral.joined_to or referral
    if shown != referral and _last_changed(shown) <= referral.received_at:
        return Told.RECEIVED
    if shown.status == ReferralStatus.ALREADY_SERVED:
        return Told.WITH_US if referral.agreed and referral.may_tell_referrer else Told.CLOSED
    return _SAID[ReferralStatus(shown.status)]


def _last_changed(referral: Referral) -> datetime:
    """Return when there was last something to tell; every try that failed is news of its own."""
    if referral.status == ReferralStatus.TRYING:
        last = referral.attempts.last()
        return max(referral.status_at, last.at) if last else referral.status_at
    return referral.status_at
