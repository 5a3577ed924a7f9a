"""Where things of intake can stand, and the table of moves between the states of each."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy


class WrongMove(ValueError):
    """Something cannot go from this state to that one."""


def check_move(moves: Mapping[str, list[str]], now: str, then: str) -> None:
    """Raise WrongMove for a move that a table of moves lacks."""
    if then not in moves[now]:
        raise WrongMove(now, then)


class Status(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", pgettext_lazy("application", "Not sent yet")
    SUBMITTED = "submitted", pgettext_lazy("application", "Sent")
    IN_REVIEW = "in_review", pgettext_lazy("application", "Being reviewed")
    DECIDED = "decided", pgettext_lazy("application", "Decided")
    CLOSED = "closed", pgettext_lazy("application", "Closed: papers not received")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


OPEN = [Status.DRAFT, Status.SUBMITTED, Status.IN_REVIEW]
FINAL = [Status.WITHDRAWN]

MOVES: dict[str, list[str]] = {
    Status.DRAFT: [Status.SUBMITTED, Status.WITHDRAWN],
    Status.SUBMITTED: [Status.IN_REVIEW, Status.WITHDRAWN],
    Status.IN_REVIEW: [Status.DECIDED, Status.CLOSED, Status.WITHDRAWN],
    # A paper that came late opens it again.
    Status.DECIDED: [Status.IN_REVIEW],
    Status.CLOSED: [Status.IN_REVIEW],
    Status.WITHDRAWN: [],
}


class RequestState(models.TextChoices):
    """Where a request for missing information stands."""

    OPEN = "open", pgettext_lazy("information request", "Waits for the family")
    ANSWERED = "answered", pgettext_lazy("information request", "Answered")
    NOT_RECEIVED = "not_received", pgettext_lazy("information request", "Papers not received")
    CANCELLED = "cancelled", pgettext_lazy("information request", "Not needed any more")


REQUEST_MOVES: dict[str, list[str]] = {
    RequestState.OPEN: [
        RequestState.ANSWERED,
        RequestState.NOT_RECEIVED,
        RequestState.CANCELLED,
    ],
    # For a while a family can still send what we closed for.
    RequestState.NOT_RECEIVED: [RequestState.ANSWERED],
    # A paper that answered it was another family's, and was taken back.
    RequestState.ANSWERED: [RequestState.OPEN, RequestState.CANCELLED],
    RequestState.CANCELLED: [],
}
REQUEST_FINAL = [RequestState.CANCELLED]


class EnrollmentState(models.TextChoices):
    """Where a child's enrollment stands."""

    ACTIVE = "active", pgettext_lazy("enrollment", "Enrolled")
    PAUSED = "paused", pgettext_lazy("enrollment", "Paused by the family")
    ENDED = "ended", pgettext_lazy("enrollment", "Ended")


ENROLLMENT_MOVES: dict[str, list[str]] = {
    EnrollmentState.ACTIVE: [EnrollmentState.PAUSED, EnrollmentState.ENDED],
    EnrollmentState.PAUSED: [EnrollmentState.ACTIVE, EnrollmentState.ENDED],
    # A family that comes back within the time to resume goes on where it was.
    EnrollmentState.ENDED: [EnrollmentState.ACTIVE],
}
