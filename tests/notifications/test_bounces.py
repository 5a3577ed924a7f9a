"""An email that came back is known, once, and is a task for a person."""

from __future__ import annotations

import base64
import json

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Channel
from cms_portal.notifications.delivery import deliver
from cms_portal.notifications.models import MessageState
from cms_portal.work.models import Task
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(write):
    """An email that a mail service took under the number m-1."""
    message = write(of=FamilyFactory(guardian__preferred_channel=Channel.EMAIL))
    by = system_user()
    deliver(message.pk, now=timezone.now(), by=by)
    message.refresh_from_db()
    message.provider_id = "m-1"
    return save_tracked(message, by=by, reason="as a mail service would have it")


def tell(kind, message_id="m-1"):
    event = AnymailTrackingEvent(event_type=kind, message_id=message_id)
    tracking.send(sender=object(), event=event, esp_name="a service")


@pytest.mark.parametrize("kind", ["delivered", "opened", "clicked", "queued"])
def test_good_news_change_nothing(sent, kind):
    tell(kind)

    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


@pytest.mark.parametrize("message_id", ["m-2", "", None])
def test_what_is_not_ours_changes_nothing(sent, message_id):
    tell("bounced", message_id)

    sent.refresh_from_db()
    assert sent.state == MessageState.SENT
    assert not Task.objects.exists()


@pytest.mark.parametrize("kind", ["bounced", "rejected", "failed"])
def test_an_email_that_came_back_is_a_task_once(sent, kind):
    tell(kind)
    tell(kind)

    sent.refresh_from_db()
    assert (sent.state, sent.error_code) == (MessageState.RETURNED, "bounced")
    assert Task.objects.get().about == sent


def a_service_says(password):
    request = RequestFactory().post(
        "/mail-events/",
        json.dumps({"RecordType": "Bounce", "Type": "HardBounce", "MessageID": "m-1", "ID": 1}),
        content_type="application/json",
        HTTP_AUTHORIZATION="Basic " + base64.b64encode(f"service:{password}".encode()).decode(),
    )
    return PostmarkTrackingWebhookView.as_view()(request)


def test_a_service_must_know_the_secret(sent, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "service:right"}

    with pytest.raises(SuspiciousOperation):
        a_service_says("wrong")
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT

    assert a_service_says("right").status_code == 200
    sent.refresh_from_db()
    assert sent.state == MessageState.RETURNED
