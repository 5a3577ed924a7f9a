"""The states of a review of a refusal, every move between them, and how requests reach us."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class AppealState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("appeal", "Asked for")
    SCREENED = "screened", pgettext_lazy("appeal", "Taken up")
    INFO_REQUESTED = "info_requested", pgettext_lazy("appeal", "Waits for more from the family")
    UNDER_REVIEW = "under_review", pgettext_lazy("appeal", "Read by the committee")
    DECIDED = "decided", pgettext_lazy("appeal", "Decided")
    CLOSED = "closed", pgettext_lazy("appeal", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("appeal", "Taken back")


S = AppealState
OPEN = [S.REQUESTED, S.SCREENED, S.INFO_REQUESTED, S.UNDER_REVIEW]
FINAL = [S.CLOSED, S.WITHDRAWN]

MOVES: dict[str, list[str]] = {
    # A request that is not taken up is closed by a person, with the reason.
    S.REQUESTED: [S.SCREENED, S.CLOSED, S.WITHDRAWN],
    S.SCREENED: [S.INFO_REQUESTED, S.UNDER_REVIEW, S.WITHDRAWN],
    S.INFO_REQUESTED: [S.UNDER_REVIEW, S.WITHDRAWN],
    S.UNDER_REVIEW: [S.INFO_REQUESTED, S.DECIDED, S.WITHDRAWN],
    S.DECIDED: [S.CLOSED],
    S.CLOSED: [],
    S.WITHDRAWN: [],
}


class AppealChannel(models.TextChoices):
    PORTAL = "portal", pgettext_lazy("appeal", "Online")
    MAIL = "mail", pgettext_lazy("appeal", "By mail")
    FAX = "fax", pgettext_lazy("appeal", "By fax")
    HAND = "hand", pgettext_lazy("appeal", "Brought to an office")
    PHONE = "phone", pgettext_lazy("appeal", "By phone, written down by a worker")


# Which ways a worker may write down, by the program's kind of review. A record review is asked for in
# writing (7.30.3.17 NMAC): whoever calls is helped to write.
WRITTEN_DOWN: dict[str, list[AppealChannel]] = {
    "record_review": [AppealChannel.MAIL, AppealChannel.FAX, AppealChannel.HAND],
    "grievance": [
        AppealChannel.MAIL,
        AppealChannel.FAX,
        AppealChannel.HAND,
        AppealChannel.PHONE,
    ],
}


class Answer(models.TextChoices):
    """What a committee says of one service."""

    UPHELD = "upheld", pgettext_lazy("appeal", "The decision stays")
    REVERSED = "reversed", pgettext_lazy("appeal", "The decision is changed to yes")
