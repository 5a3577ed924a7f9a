"""Writing to a family: the way they prefer, if it is safe, and nobody who is kept away."""

from __future__ import annotations

import pytest
from django.core import mail

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions import NotAllowedHere
from cms_portal.families.models import AddressKind, Channel
from cms_portal.notifications import actions
from cms_portal.notifications.models import Message, MessageState
from cms_portal.work.models import Task
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    BlockFactory,
    FamilyFactory,
    GuardianFactory,
    OfficeFactory,
    SecondHomeFactory,
    the_portal,
)
from tests.factories.dates import born, days_from_today

pytestmark = pytest.mark.django_db
KEY = "notifications/sign_in_code"


def write(family, **facts):
    facts.setdefault("by", the_portal())
    return actions.queue(key=KEY, guardian=family.guardian, outside={"code": "-"}, **facts)


def test_a_blocked_adult_is_not_written_to():
    family = FamilyFactory()
    BlockFactory(child=family.child, user=family.user)

    for child in (family.child, None):
        with pytest.raises(NotAllowedHere):
            write(family, child=child)

    assert not Message.objects.exists()


def test_an_unsafe_phone_is_never_used():
    family = FamilyFactory(guardian__preferred_channel=Channel.TEXT)
    AddressFactory(household=family.household)

    message = write(family)

    assert message.channel == Channel.LETTER


def test_the_way_a_family_prefers_is_used_when_it_is_safe():
    ways = {
        Channel.EMAIL: {"email": "rosa@example.test"},
        Channel.TEXT: {"safe_to_text": True},
        Channel.VOICE: {"safe_to_leave_voicemail": True},
    }
    for channel, facts in ways.items():
        safe = {f"guardian__{name}": value for name, value in facts.items()}
        family = FamilyFactory(guardian__preferred_channel=channel, **safe)

        message = write(family)

        assert message.channel == channel
        assert message.address in (family.guardian.email, str(family.guardian.phone))


def test_without_a_phone_service_a_text_becomes_a_letter(settings):
    settings.PHONE_SENDER = ""
    family = FamilyFactory(guardian__preferred_channel=Channel.TEXT, guardian__safe_to_text=True)
    AddressFactory(household=family.household)

    assert write(family).channel == Channel.LETTER


def test_a_confidential_household_gets_mail_only_at_its_substitute_address():
    family = FamilyFactory()
    AddressFactory(household=family.household, kind=AddressKind.MAILING, street="7 Hidden Lane")
    family.household.address_is_confidential = True
    save_tracked(family.household, by=the_portal(), reason="in danger")

    assert write(family).channel == ""

    AddressFactory(household=family.household, kind=AddressKind.SUBSTITUTE, street="PO Box 9")
    message = write(family)
    assert "PO Box 9" in message.address
    assert "Hidden" not in message.address


def test_no_letter_shows_where_a_child_is_placed():
    family = FamilyFactory(household__is_placement=True)
    AddressFactory(household=family.household, street="7 Hidden Lane")

    message = write(family)

    assert (message.channel, message.address) == ("", "")


def test_an_adult_who_moved_out_is_not_written_to():
    family = FamilyFactory(guardian__left_on=days_from_today(0))

    with pytest.raises(NotAllowedHere):
        write(family)


def test_mail_goes_to_the_mailing_address_before_the_home():
    family = FamilyFactory()
    AddressFactory(household=family.household, street="1 Home Street")
    AddressFactory(household=family.household, kind=AddressKind.MAILING, street="PO Box 2")

    assert write(family).address.split("\n")[1] == "PO Box 2"


def test_where_no_way_is_safe_the_worker_gets_a_task():
    family = FamilyFactory(guardian__safe_to_mail=False)
    AddressFactory(household=family.household)
    office = OfficeFactory()
    AssignmentFactory(child=family.child, office=office)

    message = write(family, child=family.child)

    assert (message.state, message.error_code) == (MessageState.FAILED, "no_safe_way")
    task = Task.objects.get()
    assert (task.office, task.child, task.about) == (office, family.child, message)


def test_a_message_waits_for_the_commit(django_capture_on_commit_callbacks):
    family = FamilyFactory(guardian__preferred_channel=Channel.EMAIL)

    with django_capture_on_commit_callbacks() as callbacks:
        message = write(family)

    assert len(callbacks) == 1
    assert mail.outbox == []
    callbacks[0]()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert mail.outbox[0].to == [family.guardian.email]


def test_a_guardian_reads_their_own_written_language():
    family = FamilyFactory(guardian__written_language="es")

    assert write(family).language == "es"


def test_a_message_keeps_what_it_is_about():
    family = FamilyFactory()
    about = AddressFactory(household=family.household)

    message = write(family, about=about, child=family.child)

    assert Message.objects.get(pk=message.pk).about == about
    assert message.history.get().history_user == the_portal()


def test_an_adult_without_an_account_who_is_blocked_is_not_written_to():
    family = FamilyFactory()
    other = GuardianFactory(household=family.household, user=None)
    BlockFactory(child=family.child, user=None, guardian=other)

    for child in (family.child, None):
        with pytest.raises(NotAllowedHere):
            actions.queue(
                key=KEY, guardian=other, child=child, outside={"code": "-"}, by=the_portal()
            )


def test_a_parent_whose_rights_over_a_youth_ended_is_not_written_to_about_them():
    family = FamilyFactory(child__date_of_birth=born(18))

    with pytest.raises(NotAllowedHere):
        write(family, child=family.child)


def test_a_block_of_a_person_holds_in_every_home_of_theirs():
    family = FamilyFactory()
    elsewhere = SecondHomeFactory(child=family.child, user=family.user)
    BlockFactory(child=family.child, user=None, guardian=family.guardian)

    with pytest.raises(NotAllowedHere):
        write(elsewhere, child=family.child)
