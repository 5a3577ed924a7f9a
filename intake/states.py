"""The states of an application, and every move between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SUBMITTED = "submitted", _("Sent")
    IN_REVIEW = "in_review", _("Being reviewed")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


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
