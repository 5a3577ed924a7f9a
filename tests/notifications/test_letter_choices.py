"""A family may read online only, and may have letters that name no illness; both are taken back any day."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import AddressKind, Channel
from cms_portal.notifications import mailing
from cms_portal.notifications.deadlines import REPLY_BY, reply_by, text_of
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


@pytest.mark.parametrize("phone", ["", "505-555-0134"])
def test_text_messages_tell_of_a_letter_only_where_there_is_a_number(family, signed_in, phone):
    answer = choose(
        signed_in(family.user),
        family.guardian,
        online_only="on",
        email="",
        phone=phone,
        safe_to_text="yes",
        preferred_channel="letter",
    )
    assert answer.status_code == (302 if phone else 422)


def test_an_address_that_is_none_is_said_once(family, signed_in):
    answer = choose(signed_in(family.user), family.guardian, online_only="on", email="rosa@x")
    assert list(answer.context["form"].errors) == ["email"]


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


@pytest.fixture
def by_email(family):
    family.guardian.preferred_channel = Channel.EMAIL
    return family.guardian


def test_who_reads_online_only_gets_no_paper_beside_the_email(by_email, write):
    by_email.online_only = True

    message = write(also_on_paper=True)

    assert Message.objects.get() == message
    assert message.channel == Channel.EMAIL


def test_no_paper_goes_where_mail_is_not_safe(by_email, write):
    by_email.safe_to_mail = False

    message = write(also_on_paper=True)

    assert Message.objects.get() == message
    assert message.channel == Channel.EMAIL


def test_no_paper_goes_to_the_door_of_a_hidden_home(by_email, write):
    by_email.household.address_is_confidential = True
    save_tracked(by_email.household, by=the_portal(), reason="hidden")

    assert write(also_on_paper=True).channel == Channel.EMAIL
    assert Message.objects.count() == 1


def test_paper_for_a_hidden_home_goes_to_its_substitute_address(by_email, write):
    by_email.household.address_is_confidential = True
    save_tracked(by_email.household, by=the_portal(), reason="hidden")
    AddressFactory(
        household=by_email.household,
        kind=AddressKind.SUBSTITUTE,
        street="PO Box 1",
        city="Santa Fe",
    )

    letter = write(also_on_paper=True)

    assert letter.channel == Channel.LETTER
    assert "PO Box 1" in letter.address


def test_a_reminder_goes_the_way_the_family_chose_and_no_other(by_email, write):
    assert write().channel == Channel.EMAIL
    assert Message.objects.count() == 1


def test_who_keeps_paper_gets_the_letter_and_an_email_that_tells_of_it(by_email, write):
    letter = write(also_on_paper=True)

    assert letter in Message.objects.to_print()
    assert letter.hint.channel == Channel.EMAIL
    assert letter.hint in Message.objects.to_send()


def test_who_prefers_letters_gets_one_letter(family, write):
    assert write(also_on_paper=True).channel == Channel.LETTER
    assert Message.objects.count() == 1


def test_without_an_account_to_read_in_paper_comes_whatever_was_agreed(by_email, write):
    by_email.online_only, by_email.user = True, None
    assert write(also_on_paper=True).channel == Channel.LETTER


def test_the_days_in_both_count_from_the_letter(by_email, write):
    letter = write(also_on_paper=True, reply_days=30, values={"day": REPLY_BY})
    hint = letter.hint
    hint.text = letter.text = f"Ask by {REPLY_BY}."
    assert text_of(hint) == text_of(letter) == "Ask by 30 days after the day on the letter."
    assert reply_by(hint) is None


def test_an_email_that_came_back_is_not_printed_again_beside_its_letter(by_email, write):
    hint = write(also_on_paper=True).hint
    hint.state, hint.sent_at = MessageState.SENT, hint.queued_at
    save_tracked(hint, by=the_portal(), reason="sent")

    mailing.mark_returned(message=hint, on=today(), by=the_portal(), error_code="bounced")

    assert Message.objects.letters().count() == 1


def test_the_family_reads_it_once_and_sees_both_ways(by_email, write, signed_in):
    letter = write(also_on_paper=True)

    page = signed_in(by_email.user).get(reverse("notifications:mine")).content.decode()

    assert page.count(reverse("notifications:message", args=[letter.pk])) == 1
    assert reverse("notifications:message", args=[letter.hint.pk]) not in page
    assert "Letter, Email" in page
