"""“They also come on paper”: what an application promises about letters, and keeps."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.families.models import Channel
from cms_portal.notifications.models import Message
from eligibility.models import Outcome, ReasonCode
from intake import messages
from intake.actions import notices
from tests.factories import AddressFactory
from tests.factories.applications import COMMON, SentApplicationFactory
from tests.intake.deciding import countersign, decide

EMAIL = COMMON["contact"] | {"preferred_channel": "email", "email": "rosa@example.test"}


@pytest.fixture
def sent(rosa, ida):
    """Send Rosa's application after she said how letters may come."""

    def with_answer(electronic_notices):
        AddressFactory(household=rosa.household)
        contact = EMAIL | {"electronic_notices": electronic_notices}
        return SentApplicationFactory(family=rosa, contact=contact)

    return with_answer


def channels(key):
    return sorted(Message.objects.filter(key=key).values_list("channel", flat=True))


def test_a_yes_to_online_only_prints_nothing(sent):
    sent("yes")
    assert channels("intake/application_received") == [Channel.EMAIL]


@pytest.mark.parametrize("said", ["no", ""])
def test_without_a_yes_the_letter_is_printed_beside_the_email(sent, said):
    sent(said)

    assert channels("intake/application_received") == [Channel.EMAIL, Channel.LETTER]
    assert Message.objects.to_print().count() == 1


def test_a_reminder_goes_the_chosen_way_alone(sent):
    application = sent("no")
    messages.draft_reminder(application, by=application.started_by)
    assert channels("intake/draft_reminder") == [Channel.EMAIL]


def test_a_notice_is_its_letter_and_the_email_tells_of_it(sent, ida, sam, signed_in):
    application = sent("no")
    decision = decide(
        application,
        "care_coordination",
        Outcome.AVAILABLE,
        ida,
        code=ReasonCode.EXCEPTION,
        words="The doctor told us so.",
    )
    countersign(application, decision, sam)

    preview = signed_in(ida).get(reverse("intake:tell_family", args=[application.number]))
    notice = notices.tell_family(application=application, by=ida, at=timezone.now())

    assert "News of it goes by: Letter, Email." in preview.content.decode()
    assert notice.message.channel == Channel.LETTER
    assert notice.message.hint.channel == Channel.EMAIL
