"""The states of an application, and every move between them."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "Not sent yet")
    SUBMITTED = "submitted", pgettext_lazy("application", "Sent")
    IN_REVIEW = "in_review", pgettext_lazy("application", "Being reviewed")
    DECIDED = "decided", pgettext_lazy("application", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


OPEN = [Status.DRAFT, Status.SUBMITTED, Status.IN_REVIEW]
FINAL = [Status.DECIDED, Status.WITHDRAWN]

MOVES: dict[Status, list[Status]] = {
    Status.DRAFT: [Status.SUBMITTED, Status.WITHDRAWN],
    Status.SUBMITTED: [Status.IN_REVIEW, Status.WITHDRAWN],
    Status.IN_REVIEW: [Status.DECIDED, Status.WITHDRAWN],
    Status.DECIDED: [],
    Status.WITHDRAWN: [],
}


class WrongMove(ValueError):
    """An application cannot go from this state to that one."""
