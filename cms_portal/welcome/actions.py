"""Receiving messages from the public, and sending news to those who asked for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Channel
from cms_portal.notifications import actions as notifications
from cms_portal.offices.models import County, Office
from cms_portal.offices.working_days import working_days_after
from cms_portal.welcome import jobs
from cms_portal.welcome.models import NewsCopy, NewsItem, PublicMessage, Subscription
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

ANSWER_WITHIN_WORKING_DAYS = 2
ANSWER, CALL = "welcome.answer", "welcome.call"
# What makes a page that is sent again the same.
SAME = ("county_id", "text", "phone", "best_time", "may_leave_message")
# Longer than any news waits to be read; a newer mail brings a newer link.
LINK_LASTS = timedelta(days=400)


class AlreadySent(ValueError):
    """This news has gone out and cannot be changed or sent again."""


@transaction.atomic
def receive_message(
    *,
    county: County,
    name: str,
    phone: str,
    email: str,
    language: str,
    text: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> PublicMessage:
    """Keep a message and ask the county's office to answer it within two working days.

    The task says where somebody wrote from and in which language, never what they wrote. The same words
    from the same page (`key`) are one message, however often they are sent.
    """
    facts = {"phone": phone, "email": email, "language": language, "text": text}
    return _keep(_addressed(county, name, key, **facts), by=by, at=at)


@transaction.atomic
def ask_for_call(
    *,
    county: County,
    name: str,
    phone: Any,
    language: str,
    best_time: str,
    may_leave_message: bool,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> PublicMessage:
    """Keep that somebody wants to be called, and ask the county's office to do so within two working days.

    The same page (`key`) sent twice is one wish; with another number or time it is another.
    """
    facts = {"phone": phone, "language": language, "best_time": best_time}
    facts |= {"wants_call": True, "may_leave_message": may_leave_message}
    return _keep(_addressed(county, name, key, **facts), by=by, at=at)


def _addressed(county: County, name: str, key: UUID | None, **facts: Any) -> PublicMessage:
    """Return what somebody wrote, addressed to the office that serves their county."""
    office = Office.objects.serving(county)[0]
    return PublicMessage(
        program=county.program,
        office=office,
        county=county,
        name=name,
        key=key or uuid4(),
        **facts,
    )


def _keep(message: PublicMessage, *, by: User, at: datetime) -> PublicMessage:
    try:
        with transaction.atomic():
            save_tracked(message, by=by, reason="message received")
    except IntegrityError:
        return _sent_before(message, by=by, at=at)
    _ask_for_an_answer(message, by=by, at=at)
    return message


def _sent_before(message: PublicMessage, *, by: User, at: datetime) -> PublicMessage:
    """Return the message that this page sent before; changed words are a message of their own."""
    before = PublicMessage.objects.get(key=message.key)
    if all(getattr(before, name) == getattr(message, name) for name in SAME):
        return before
    message.key = uuid4()
    save_tracked(message, by=by, reason="message received")
    _ask_for_an_answer(message, by=by, at=at)
    return message


def _ask_for_an_answer(message: PublicMessage, *, by: User, at: datetime) -> Task:
    program = programs.get(message.program)
    with translation.override("en"):
        spoken = message.get_language_display()
    return ask_for(
        program=program.code,
        kind=CALL if message.wants_call else ANSWER,
        title=gettext_noop("Call somebody who asked for it")
        if message.wants_call
        else gettext_noop("Answer a message from the public"),
        why=f"Somebody in {message.county.name} County wrote to us. Language: {spoken}.",
        due_on=working_days_after(
            program=program,
            day=timezone.localdate(at, program.timezone),
            count=ANSWER_WITHIN_WORKING_DAYS,
        ),
        office=message.office,
        about=message,
        by=by,
    )


@transaction.atomic
def ask_for_news(
    *, program: str, email: str, language: str, by: User, at: datetime
) -> Subscription:
    """Keep a wish for news and write to the address for a yes; somebody who gets news already gets no mail.

    Whether an address was known before is not to be seen from outside.
    """
    same = Subscription.objects.not_left().filter(program=program, email__iexact=email)
    subscription = same.first()
    if subscription is None:
        subscription = Subscription(program=program, email=email, language=language)
        try:
            with transaction.atomic():
                save_tracked(subscription, by=by, reason="asked for news")
        except IntegrityError:
            # Somebody asked for the same address at the same moment.
            subscription = same.get()
    if subscription.confirmed_at is None:
        _write(subscription, "welcome/confirm_news", {}, by=by, at=at)
    return subscription


@transaction.atomic
def confirm_news(*, subscription: Subscription, by: User, at: datetime) -> Subscription:
    """Take the yes of somebody who followed the link in their mail; a second yes changes nothing."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.confirmed_at is None and subscription.left_at is None:
        subscription.confirmed_at = at
        save_tracked(subscription, by=by, reason="confirmed by the link in the mail")
    return subscription


@transaction.atomic
def leave_news(*, subscription: Subscription, by: User, at: datetime) -> Subscription:
    """Stop the news at once; leaving twice changes nothing."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.left_at is None:
        subscription.left_at = at
        save_tracked(subscription, by=by, reason="left the news")
    return subscription


@transaction.atomic
def write_news(*, item: NewsItem, by: User) -> NewsItem:
    """Keep a news item, new or changed; what was sent stays as it was sent."""
    if item.sent_at is not None:
        raise AlreadySent
    return save_tracked(item, by=by, reason="news written")


@transaction.atomic
def send_news(*, item: NewsItem, by: User, at: datetime) -> NewsItem:
    """Send a news item to everybody who confirmed; the mails are written by a job after the commit."""
    item = NewsItem.objects.select_for_update().get(pk=item.pk)
    if item.sent_at is not None:
        raise AlreadySent
    item.sent_at, item.sent_by = at, by
    save_tracked(item, by=by, reason="news sent")
    transaction.on_commit(partial(jobs.write_copies.enqueue, item.pk))
    return item


@transaction.atomic
def write_copy(*, item: NewsItem, subscription: Subscription, by: User, at: datetime) -> bool:
    """Write one subscriber's copy, in their language; say whether there was one to write."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.left_at or item.copies.filter(subscription=subscription).exists():
        return False
    copy = NewsCopy(item=item, subscription=subscription)
    save_tracked(copy, by=by, reason="news sent")
    title, paragraphs = item.in_language(subscription.language)
    _write(subscription, "welcome/news", {"news": title, "paragraphs": paragraphs}, by=by, at=at)
    return True


def _write(
    subscription: Subscription, key: str, outside: dict[str, object], *, by: User, at: datetime
) -> None:
    token = links.make(
        purpose=LinkPurpose.NEWS, about=subscription, expires_at=at + LINK_LASTS, by=by
    )
    page = settings.PUBLIC_ADDRESS + reverse("welcome:subscription", args=[token])
    leave = settings.PUBLIC_ADDRESS + reverse("welcome:unsubscribe", args=[token])
    notifications.write_to(
        key=key,
        channel=Channel.EMAIL,
        address=subscription.email,
        language=subscription.language,
        program=subscription.program,
        by=by,
        outside={**outside, "page": page, "leave": leave},
    )
