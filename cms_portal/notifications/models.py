"""The outbox: everything the portal writes to anybody, how it left, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.families.models import Channel, WrittenLanguage

USER = "accounts.User"
# Stands in a stored text where a sign-in code goes; the code itself is kept apart, and not for long.
CODE_PLACE = "••••••"


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Waiting to go out")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", _("Could not be sent")
    PRINTED = "printed", _("Printed, not yet mailed")
    RETURNED = "returned", pgettext_lazy("message", "Came back")


MOVES: dict[str, frozenset[str]] = {
    MessageState.QUEUED: frozenset(
        {MessageState.SENT, MessageState.PRINTED, MessageState.FAILED, MessageState.QUEUED}
    ),
    MessageState.PRINTED: frozenset({MessageState.SENT, MessageState.QUEUED, MessageState.FAILED}),
    MessageState.SENT: frozenset({MessageState.RETURNED}),
    # Ends: what follows is a task for a person, and if need be a new message.
    MessageState.FAILED: frozenset(),
    MessageState.RETURNED: frozenset(),
}


TAGS = {
    MessageState.QUEUED: "waiting",
    MessageState.PRINTED: "waiting",
    MessageState.SENT: "done",
    MessageState.FAILED: "late",
    MessageState.RETURNED: "late",
}


# Why a message failed that nobody is to read: it was about a child who died before it left.
HELD_BACK = "held_back"


class MessageQuerySet(TrackedQuerySet):
    def to_read(self) -> MessageQuerySet:
        """Leave out what was held back: no family finds it on its page either."""
        return self.exclude(error_code=HELD_BACK)

    def letters(self) -> MessageQuerySet:
        return self.filter(channel=Channel.LETTER)

    def to_print(self) -> MessageQuerySet:
        return self.letters().filter(state=MessageState.QUEUED)

    def to_mail(self) -> MessageQuerySet:
        """Keep the letters that lie printed and wait for the mail."""
        return self.letters().filter(state=MessageState.PRINTED)

    def to_send(self) -> MessageQuerySet:
        """Keep what a job sends: all that is queued except letters."""
        return self.filter(state=MessageState.QUEUED).exclude(channel=Channel.LETTER)

    def without_hints(self) -> MessageQuerySet:
        """Keep each letter once, whatever else told of it."""
        return self.filter(hint_of__isnull=True)

    def about(self, row: models.Model) -> MessageQuerySet:
        return self.filter(about_type=ContentType.objects.get_for_model(row), about_id=row.pk)

    def newest_first(self) -> MessageQuerySet:
        return self.order_by("-queued_at", "-pk")


class Message(models.Model):
    """Something we wrote to one person, in one language, by one channel.

    `title` and `text` are the message in full, as a signed-in person reads it and as a letter says it.
    `subject` and `body` are what left by email, text or voice: never a health detail. A message to a
    family belongs to one household; a sign-in code belongs to an account or to nobody yet.
    """

    program = programs.field(blank=True)
    household = models.ForeignKey(
        "families.Household",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    to_guardian = models.ForeignKey(
        "families.Guardian",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    to_user = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    child = models.ForeignKey(
        "families.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=2, choices=WrittenLanguage)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    address = models.TextField(blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    # The same without what names an illness; empty where nothing does.
    plain_text = models.TextField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    secret = models.CharField(max_length=40, blank=True)
    # A letter comes on paper, and this says so by email, text or call: time counts from the letter.
    hint_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="hint"
    )
    # Printed after the letter as a cover sheet, for the papers that it asks for.
    cover_code = models.CharField(max_length=20, blank=True)
    is_urgent = models.BooleanField(default=False)
    # What is of no use after a moment, such as a code, is not sent after it.
    useful_until = models.DateTimeField(null=True, blank=True)
    # How long the reader has to answer, in days; see `deadlines`.
    reply_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # How many days lie between it and the last day of what it ends; see `deadlines`.
    end_days = models.PositiveSmallIntegerField(null=True, blank=True)
    about_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT)
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")

    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    error_code = models.CharField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The day a letter bears: the day it is truly mailed.
    dated_on = models.DateField(null=True, blank=True)
    batch = models.UUIDField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()
    history = History(excluded_fields=["secret"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=True, to_guardian__isnull=True, child__isnull=True)
                | Q(household__isnull=False, to_guardian__isnull=False) & ~Q(program=""),
                name="message_of_one_household",
            ),
            models.CheckConstraint(
                condition=Q(hint_of__isnull=True)
                | Q(reply_days__isnull=True, end_days__isnull=True, cover_code="")
                & ~Q(channel="letter"),
                name="hint_is_no_letter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["failed", "returned"], error_code__gt="")
                | Q(state__in=["queued", "sent", "printed"], error_code=""),
                name="message_failed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "returned"], sent_at__isnull=False)
                | Q(state__in=["queued", "failed", "printed"], sent_at__isnull=True),
                name="message_sent_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    printed_at__isnull=True,
                    printed_by__isnull=True,
                    dated_on__isnull=True,
                    batch__isnull=True,
                )
                | Q(
                    channel="letter",
                    printed_at__isnull=False,
                    printed_by__isnull=False,
                    dated_on__isnull=False,
                    batch__isnull=False,
                ),
                name="letter_printed_by_somebody_for_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-queued_at"], name="messages_of_household"),
            models.Index(
                fields=["channel", "queued_at"], condition=Q(state="queued"), name="queued_messages"
            ),
            models.Index(
                fields=["batch"], condition=Q(batch__isnull=False), name="letters_of_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def queued_on(self) -> date:
        """The day it was written, as the calendar on the program's wall says."""
        return self._day_of(self.queued_at)

    @property
    def sent_on(self) -> date | None:
        return self._day_of(self.sent_at) if self.sent_at else None

    @property
    def printed_on(self) -> date | None:
        return self._day_of(self.printed_at) if self.printed_at else None

    def _day_of(self, moment: datetime) -> date:
        zone = programs.get(self.program).timezone if self.program else None
        return timezone.localdate(moment, zone)

    @property
    def can_come_back(self) -> bool:
        return MessageState.RETURNED in MOVES[self.state]

    @property
    def tag(self) -> str:
        """How the state is drawn: one of the states of the status tag."""
        return TAGS[MessageState(self.state)]

    @property
    def body_to_send(self) -> str:
        """What leaves by email, text or voice, with the sign-in code in its place."""
        return self.body.replace(CODE_PLACE, self.secret) if self.secret else self.body
