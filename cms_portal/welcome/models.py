"""What people without an account send us: a message, or a wish for news; and the news itself."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody
from cms_portal.families.models import Language, WrittenLanguage

USER = "accounts.User"


class PublicMessage(models.Model):
    """A message to a program from somebody who need not have an account; its office answers."""

    program = programs.field()
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="public_messages"
    )
    county = models.ForeignKey(
        "offices.County", on_delete=models.PROTECT, related_name="public_messages"
    )
    name = models.CharField(_("your name"), max_length=120)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    language = models.CharField(_("language you speak"), max_length=8, choices=Language)
    # Blank where somebody only asks to be called.
    text = models.TextField(_("your message"), blank=True)
    wants_call = models.BooleanField(_("asks to be called"), default=False)
    best_time = models.CharField(_("good time to call"), max_length=100, blank=True)
    may_leave_message = models.BooleanField(_("safe to leave a message"), null=True, blank=True)
    # Of the page it was written on: the same page sent twice is one message.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""), name="message_can_be_answered"
            ),
            models.CheckConstraint(
                condition=Q(wants_call=False, best_time="", may_leave_message__isnull=True)
                & ~Q(text="")
                | Q(wants_call=True, may_leave_message__isnull=False) & ~Q(phone=""),
                name="message_says_something_or_asks_for_a_call",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:read_message", args=[self.pk])


class SubscriptionQuerySet(TrackedQuerySet):
    def confirmed(self) -> SubscriptionQuerySet:
        """Keep those who said yes by the link in their mail, and have not left."""
        return self.filter(confirmed_at__isnull=False, left_at__isnull=True)

    def not_left(self) -> SubscriptionQuerySet:
        return self.filter(left_at__isnull=True)


class Subscription(models.Model):
    """An email address that wants a program's news, once its owner has said so twice."""

    program = programs.field()
    email = models.EmailField(_("email"))
    language = models.CharField(
        _("language of the news"), max_length=2, choices=WrittenLanguage, default="en"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "program",
                Lower("email"),
                condition=Q(left_at__isnull=True),
                name="one_subscription_per_email",
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class NewsItemQuerySet(TrackedQuerySet):
    def sent(self) -> NewsItemQuerySet:
        return self.filter(sent_at__isnull=False)

    def newest_first(self) -> NewsItemQuerySet:
        return self.order_by("-written_at", "-pk")


class NewsItem(models.Model):
    """News of a program in both languages; written, then sent once."""

    program = programs.field()
    title = models.CharField(_("title in English"), max_length=120)
    title_es = models.CharField(_("title in Spanish"), max_length=120)
    text = models.TextField(_("text in English"))
    text_es = models.TextField(_("text in Spanish"))
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NewsItemQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [by_somebody("news", "sent")]

    def __str__(self) -> str:
        return self.title

    def in_language(self, language: str) -> tuple[str, list[str]]:
        """Return the title and the paragraphs in one of the two languages."""
        is_spanish = language == WrittenLanguage.SPANISH
        title, text = (self.title_es, self.text_es) if is_spanish else (self.title, self.text)
        return title, [line.strip() for line in text.splitlines() if line.strip()]


class NewsCopy(models.Model):
    """One news item went to one subscriber: each gets it once, however often a job is run."""

    item = models.ForeignKey(NewsItem, on_delete=models.PROTECT, related_name="copies")
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="copies")
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "subscription"], name="one_copy_each")
        ]

    def __str__(self) -> str:
        return f"news {self.item_id} to {self.subscription_id}"
