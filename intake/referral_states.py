"""The states of a referral, every move between them, and why one is closed."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ReferralStatus(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("referral", "New")
    TRYING = "trying", pgettext_lazy("referral", "Not reached yet")
    REACHED = "reached", pgettext_lazy("referral", "Family reached")
    JOINED = "joined", pgettext_lazy("referral", "Joined to another referral")
    ALREADY_SERVED = "already_served", pgettext_lazy("referral", "Already with us")
    NOT_OURS = "not_ours", pgettext_lazy("referral", "Not ours, passed on")
    CLOSED = "closed", pgettext_lazy("referral", "Closed")


S = ReferralStatus
# The family has not been spoken with yet.
WAITING = [S.RECEIVED, S.TRYING]
OPEN = [*WAITING, S.REACHED]
FINAL = [S.JOINED, S.ALREADY_SERVED, S.NOT_OURS, S.CLOSED]

MOVES: dict[ReferralStatus, list[ReferralStatus]] = {
    S.RECEIVED: [S.TRYING, S.REACHED, *FINAL],
    S.TRYING: [S.REACHED, *FINAL],
    S.REACHED: [S.ALREADY_SERVED, S.NOT_OURS, S.CLOSED],
    S.JOINED: [],
    S.ALREADY_SERVED: [],
    S.NOT_OURS: [],
    S.CLOSED: [],
}


class CloseReason(models.TextChoices):
    """Why nobody works on a referral any more."""

    GOT_INFORMATION = "information", pgettext_lazy("referral", "The family got what it asked for")
    DECLINED = "declined", pgettext_lazy("referral", "The family does not want our help")
    NO_CONTACT = "no_contact", pgettext_lazy("referral", "We could not reach the family")
    MOVED = "moved", pgettext_lazy("referral", "The family moved out of the state")
    TOO_OLD = "too_old", pgettext_lazy("referral", "Too old for the program")
    DIED = "died", pgettext_lazy("referral", "The child died")
    BY_MISTAKE = "mistake", pgettext_lazy("referral", "Sent by mistake, or not a referral")
    OTHER = "other", pgettext_lazy("referral", "Something else")
