"""A family may read online only, and may have letters that name no illness; both are taken back any day."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Channel
from cms_portal.notifications import mailing
from cms_portal.notifications.letters import names_no_illness
from cms_portal.notifications.models import Message, MessageState
from cms_portal.notifications.ways import way_to_reach
from cms_portal.notifications.wording import health, without_health
from tests.access.sends import contact
from tests.factories import AddressFactory, GuardianFactory, HouseholdFactory, the_portal
from tests.factories.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother():
    guardian = GuardianFactory(preferred_channel=Channel.LETTER, online_only=True)
    AddressFactory(household=guardian.household)
    return guardian


def choose(browser, guardian, **wished):
    page = reverse("families:contact", args=[guardian.pk])
    answer = browser.post(page, contact(None, None) | wished)
    guardian.refresh_from_db()
    return answer


def test_who_reads_online_gets_a_hint_by_email_and_no_paper(mother):
    assert way_to_reach(mother, today()).channel == Channel.EMAIL


def test_without_an_account_there_is_nothing_to_read_online(mother):
    mother.user = None
    assert way_to_reach(mother, today()).channel == Channel.LETTER


def test_without_an_email_the_letter_comes_on_paper(mother):
    mother.email = ""
    assert way_to_reach(mother, today()).channel == Channel.LETTER


def test_a_hint_that_came_back_is_printed_after_all(family, write):
    message = write(family)
    message.state, message.channel = MessageState.SENT, Channel.EMAIL
    message.sent_at = message.queued_at
    save_tracked(message, by=the_portal(), reason="sent")

    mailing.mark_returned(message=message, on=today(), by=the_portal(), error_code="bounced")
    mailing.mark_returned(message=message, on=today(), by=the_portal(), error_code="bounced")

    letter = Message.objects.exclude(pk=message.pk).get()
    assert (letter.channel, letter.state) == (Channel.LETTER, MessageState.QUEUED)
    assert (letter.title, letter.text, letter.to_guardian) == (
        message.title,
        message.text,
        family.guardian,
    )


def test_nothing_that_came_back_is_printed_where_mail_is_not_safe(family, write):
    message = write(family)
    message.state, message.channel = MessageState.SENT, Channel.EMAIL
    message.sent_at = message.queued_at
    save_tracked(message, by=the_portal(), reason="sent")
    family.guardian.safe_to_mail = False
    save_tracked(family.guardian, by=the_portal(), reason="somebody opens their mail")
    message.to_guardian.refresh_from_db()

    mailing.mark_returned(message=message, on=today(), by=the_portal(), error_code="bounced")

    assert Message.objects.get() == message


def test_the_family_chooses_both_and_takes_both_back(family, signed_in):
    browser, guardian = signed_in(family.user), family.guardian
    choose(browser, guardian, online_only="on", plain_letters="on")
    assert (guardian.online_only, guardian.plain_letters) == (True, True)

    choose(browser, guardian)
    assert (guardian.online_only, guardian.plain_letters) == (False, False)


def test_online_only_needs_a_way_to_say_that_a_letter_is_there(family, signed_in):
    answer = choose(
        signed_in(family.user),
        family.guardian,
        online_only="on",
        email="",
        preferred_channel="letter",
    )
    assert answer.status_code == 422
    assert family.guardian.online_only is False


def test_a_confidential_home_gets_letters_that_name_no_illness_unasked(write):
    home = HouseholdFactory(address_is_confidential=True)
    guardian = GuardianFactory(household=home, plain_letters=False)
    assert names_no_illness(Message(to_guardian=guardian))


def test_what_is_marked_is_left_out_however_deep_it_lies():
    told = {"no": [{"name": "Payment", "reasons": ["Age 9.", health("Leucemia")]}], "words": ""}
    assert without_health(told) == {
        "no": [{"name": "Payment", "reasons": ["Age 9."]}],
        "words": "",
    }
    assert "Leucemia" not in str(without_health({"words": health("Leucemia"), "all": told}))
