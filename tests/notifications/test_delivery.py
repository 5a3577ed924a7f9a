"""A message leaves once, and what does not leave is a task for a person and never lost."""

from __future__ import annotations

import smtplib
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.audit.models import Evidence
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Channel
from cms_portal.notifications import actions, phone
from cms_portal.notifications.delivery import deliver
from cms_portal.notifications.models import CODE_PLACE, Message, MessageState
from cms_portal.notifications.phone import NotDelivered
from cms_portal.work.models import Task
from tests.factories import BlockFactory, FamilyFactory, the_portal
from tests.logins import as_login

LASTS = timedelta(minutes=10)

pytestmark = pytest.mark.django_db


class SpyPhone(phone.OutboxOnly):
    """Remembers what was texted and called."""

    said: list[tuple[str, str]] = []

    def text(self, *, to: str, body: str) -> str:
        self.said.append((to, body))
        return "service-7"

    def call(self, *, to: str, body: str, language: str) -> str:
        self.said.append((to, body))
        return ""


class BusyPhone(phone.OutboxOnly):
    def text(self, *, to: str, body: str) -> str:
        raise NotDelivered("busy")


class WrongNumber(phone.OutboxOnly):
    def text(self, *, to: str, body: str) -> str:
        raise NotDelivered("no_such_number", is_final=True)


class MailServerDown(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("down")


class NobodyThere(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")})


def of_this_file(sender):
    return f"{__name__}.{sender.__name__}"


@pytest.fixture
def by_text(settings):
    """A family that wants texts, and a phone service that works."""
    SpyPhone.said = []
    settings.PHONE_SENDER = of_this_file(SpyPhone)
    return FamilyFactory(guardian__preferred_channel=Channel.TEXT, guardian__safe_to_text=True)


@pytest.fixture
def by_email():
    return FamilyFactory(guardian__preferred_channel=Channel.EMAIL)


def send(message, now=None):
    again_at = deliver(message.pk, now=now or timezone.now(), by=system_user())
    message.refresh_from_db()
    return again_at


def test_nobody_who_was_blocked_meanwhile_gets_it(by_text, write):
    message = write(of=by_text)
    BlockFactory(child=by_text.child, user=by_text.user)

    send(message)

    assert (message.state, message.error_code) == (MessageState.FAILED, "blocked")
    assert SpyPhone.said == []
    assert not Task.objects.exists()


def test_a_phone_that_became_unsafe_meanwhile_is_not_used(by_text, write):
    message = write(of=by_text)
    by_text.guardian.safe_to_text = False
    save_tracked(by_text.guardian, by=the_portal(), reason="they asked")

    send(message)

    assert (message.state, message.error_code) == (MessageState.FAILED, "address_changed")
    assert SpyPhone.said == []
    assert Task.objects.get().about == message


def test_a_message_is_sent_once(by_text, write):
    message = write(of=by_text)

    send(message)
    send(message)

    assert (message.state, message.provider_id) == (MessageState.SENT, "service-7")
    assert len(SpyPhone.said) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_message_once(settings):
    SpyPhone.said = []
    settings.PHONE_SENDER = of_this_file(SpyPhone)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    by = system_user()
    message = actions.send_code(
        user=by,
        address="+15055550123",
        code="482913",
        channel=Channel.TEXT,
        language="en",
        until=timezone.now() + LASTS,
    )
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        deliver(message.pk, now=timezone.now(), by=by)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(SpyPhone.said) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_while_the_service_is_down_a_message_waits_longer_each_time(by_email, settings, write):
    message = write(of=by_email)
    settings.EMAIL_BACKEND = of_this_file(MailServerDown)
    now = timezone.now()

    pauses = [(send(message, now) - now).total_seconds() / 60 for _ in range(8)]

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (message.state, message.tries) == (MessageState.QUEUED, 8)
    assert not Task.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send(message) is None
    assert message.state == MessageState.SENT


def test_after_two_days_a_person_is_asked(by_email, settings, write):
    message = write(of=by_email)
    settings.EMAIL_BACKEND = of_this_file(MailServerDown)

    send(message, timezone.now() + timedelta(days=2, minutes=1))

    assert (message.state, message.error_code) == (MessageState.FAILED, "gave_up")
    assert Task.objects.get().kind == "reach_family"


@pytest.mark.parametrize("backend", [NobodyThere])
def test_a_refused_address_is_a_task_at_once(by_email, settings, write, backend):
    settings.EMAIL_BACKEND = of_this_file(backend)
    message = write(of=by_email)

    send(message)

    assert (message.state, message.error_code) == (MessageState.FAILED, "address_refused")
    task = Task.objects.get()
    assert (task.title, task.child) == ("Reach a family another way", by_email.child)


def test_a_busy_phone_is_tried_again_and_a_wrong_number_is_not(by_text, settings, write):
    settings.PHONE_SENDER = of_this_file(BusyPhone)
    busy = write(of=by_text)
    assert send(busy) is not None
    assert busy.state == MessageState.QUEUED

    settings.PHONE_SENDER = of_this_file(WrongNumber)
    assert send(busy) is None
    assert (busy.state, busy.error_code) == (MessageState.FAILED, "no_such_number")


def test_the_command_sends_what_waits_and_is_safe_to_run_twice(by_email, by_text, write):
    write(of=by_email)
    write(of=by_text)

    def run(*options):
        out = StringIO()
        call_command("send_messages", *options, stdout=out)
        return out.getvalue()

    assert "2 messages wait" in run("--dry-run")
    assert "0 messages wait" in run()
    assert "0 messages wait" in run()
    assert (len(mail.outbox), len(SpyPhone.said)) == (1, 1)


def code_for(user, channel=Channel.TEXT, address="+15055550123", code="482913"):
    return actions.send_code(
        user=user,
        address=address,
        code=code,
        channel=channel,
        language="en",
        until=timezone.now() + LASTS,
    )


def test_a_code_arrives_and_is_then_forgotten(by_text, settings):
    settings.DEMO_MODE = False
    message = code_for(by_text.user)
    assert CODE_PLACE in message.body

    send(message)

    assert "482913" in SpyPhone.said[0][1]
    assert message.secret == ""
    assert "482913" not in str(list(Message.objects.values()))
    assert "482913" not in str(list(Message.history.values()))


def test_the_demo_keeps_codes_for_its_outbox(by_text):
    message = code_for(by_text.user)
    send(message)

    assert "482913" in message.body_to_send


def test_a_code_read_aloud_is_said_digit_by_digit(by_text):
    send(code_for(None, channel=Channel.VOICE))

    assert "4 8 2 9 1 3" in SpyPhone.said[0][1]


def test_a_code_that_still_works_is_sent_however_late(by_text):
    message = code_for(by_text.user)

    send(message, timezone.now() + LASTS - timedelta(minutes=1))

    assert message.state == MessageState.SENT


def test_a_code_that_is_too_old_is_not_sent(by_text):
    message = code_for(by_text.user)

    send(message, timezone.now() + LASTS)

    assert (message.state, message.error_code) == (MessageState.FAILED, "too_late")
    assert message.secret == ""
    assert not Task.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_code_leaves_no_trace_in_the_evidence(settings):
    settings.DEMO_MODE = False
    code_for(system_user())

    with as_login("auditor"):
        trail = str(list(Evidence.objects.values_list("before", "after")))
    assert "notifications/sign_in_code" in trail
    assert "482913" not in trail
