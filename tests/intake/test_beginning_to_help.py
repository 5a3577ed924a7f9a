"""Beginning to help by a code or one's own account, and the end of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.access.models import AccessLink
from cms_portal.families import actions as families
from cms_portal.notifications.models import Message
from intake.actions import helping
from intake.models import Helper, InvitationState
from tests.factories import BlockFactory, FamilyFactory, UserFactory
from tests.factories.applications import send, start
from tests.factories.dates import today
from tests.intake.letting_help import ASKS, accept, invite, let_in, page_of


def test_a_wrong_code_opens_nothing_and_guessing_has_an_end(hal, signed_in):
    typed = {"code": "0" * 26}
    asked = [
        signed_in(hal).post(reverse("intake:helps"), typed).status_code for _number in range(21)
    ]

    assert asked == [422] * 20 + [429]


def test_an_invitation_is_accepted_once_and_by_nobody_after(draft, rosa, hal):
    invitation, _code = invite(draft, rosa.user)
    assert accept(invitation, hal) == accept(invitation, hal)

    with pytest.raises(helping.InvitationOver):
        accept(invitation, UserFactory())
    assert Helper.objects.count() == 1
    assert not AccessLink.objects.open(timezone.now()).exists()


@pytest.mark.parametrize("end", ["take_back", "decline"])
def test_an_invitation_that_is_over_lets_nobody_in(draft, rosa, hal, end):
    invitation, _code = invite(draft, rosa.user)
    getattr(helping, end)(invitation=invitation, by=rosa.user, at=timezone.now())

    with pytest.raises(helping.InvitationOver):
        accept(invitation, hal)


def test_an_old_invitation_lets_nobody_in(draft, rosa, hal):
    invitation, _code = invite(draft, rosa.user)
    later = timezone.now() + timedelta(days=helping.INVITATION_DAYS)

    with pytest.raises(helping.InvitationOver):
        helping.accept(invitation=invitation, by=hal, at=later)


def test_whoever_is_kept_from_the_child_cannot_help(draft, rosa, hal):
    invitation, _code = invite(draft, rosa.user)
    BlockFactory(child=rosa.child, user=hal)

    with pytest.raises(helping.InvitationOver):
        accept(invitation, hal)


def test_staff_and_the_family_itself_do_not_become_helpers(draft, rosa, ida):
    invitation, _code = invite(draft, rosa.user)

    for somebody in (ida, rosa.user):
        with pytest.raises(helping.InvitationOver):
            accept(invitation, somebody)


def test_an_invitation_to_another_account_does_not_exist(draft, rosa, hal, signed_in):
    invitation, _code = invite(draft, rosa.user, contact="somebody@example.test")
    url = reverse("intake:accept_invitation", args=[invitation.pk])

    assert signed_in(hal).post(url).status_code == 404
    assert not Helper.objects.exists()


def test_removing_a_helper_bites_on_the_next_click(draft, rosa, hal, signed_in):
    row = let_in(draft, rosa, hal)
    assert signed_in(hal).get(draft.get_absolute_url()).status_code == 200

    signed_in(rosa.user).post(page_of(draft, "remove_helper", helper=row.pk))

    assert signed_in(hal).get(draft.get_absolute_url()).status_code == 404


def test_another_familys_helper_cannot_be_removed(draft, rosa, hal, office, signed_in):
    ben = FamilyFactory(household__county=office.county)
    theirs = start(ben)
    row = let_in(theirs, ben, hal)

    answered = signed_in(rosa.user).post(page_of(draft, "remove_helper", helper=row.pk))

    assert answered.status_code == 404
    assert Helper.objects.on(today()).filter(pk=row.pk).exists()


def test_the_help_ends_on_its_day(draft, rosa, hal):
    row = let_in(draft, rosa, hal)

    assert not Helper.objects.on(row.ends_on).exists()
    assert Helper.objects.on(row.ends_on - timedelta(days=1)).exists()


def test_when_the_parent_may_not_any_more_nor_may_their_helper(draft, rosa, hal, signed_in):
    let_in(draft, rosa, hal)
    families.end(row=rosa.authority, on=today(), by=rosa.user, reason="the court's order")

    assert signed_in(hal).get(draft.get_absolute_url()).status_code == 404


def test_a_helper_begins_by_the_link_that_the_family_handed_over(
    draft, rosa, hal, client, signed_in
):
    page = signed_in(rosa.user).post(page_of(draft), ASKS)
    client.logout()
    link = reverse("intake:invited", args=[page.context["code"].replace(" ", "")])
    shown = client.get(link).content.decode()
    assert rosa.child.first_name not in shown
    assert reverse("account_login") in shown

    begun = signed_in(hal).post(link)

    assert begun["Location"] == draft.get_absolute_url()
    assert signed_in(hal).get(page_of(draft, "step", key="about")).status_code == 200


def test_the_code_can_be_typed_as_it_was_printed(draft, rosa, hal, signed_in):
    code = signed_in(rosa.user).post(page_of(draft), ASKS).context["code"]

    begun = signed_in(hal).post(reverse("intake:helps"), {"code": code.upper()})

    assert begun["Location"] == draft.get_absolute_url()


def test_an_invitation_to_an_account_waits_on_its_own_page(draft, rosa, hal, signed_in):
    invitation, _code = invite(draft, rosa.user, contact=" HAL@example.test")
    home = signed_in(hal).get(reverse("home")).content.decode()
    assert reverse("intake:helps") in home
    assert rosa.child.first_name not in home

    begun = signed_in(hal).post(reverse("intake:accept_invitation", args=[invitation.pk]))

    assert begun["Location"] == draft.get_absolute_url()


def test_a_declined_invitation_is_gone(draft, rosa, hal, signed_in):
    invitation, _code = invite(draft, rosa.user, contact="hal@example.test")

    signed_in(hal).post(reverse("intake:decline_invitation", args=[invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED
    assert not signed_in(hal).get(reverse("intake:helps")).context["invitations"]


def test_the_family_is_told_who_began_to_help(draft, rosa, hal):
    let_in(draft, rosa, hal)

    message = Message.objects.get()
    assert message.to_guardian == rosa.guardian
    assert "Hal Vigil" in message.text
    assert "Hal" not in message.body


def test_a_helper_stops_by_themselves(draft, rosa, hal, signed_in):
    let_in(draft, rosa, hal)

    signed_in(hal).post(page_of(draft, "stop_helping"))

    assert signed_in(hal).get(draft.get_absolute_url()).status_code == 404
    assert signed_in(rosa.user).post(page_of(draft, "stop_helping")).status_code == 403


def test_who_was_removed_can_be_asked_again_the_same_day(draft, rosa, hal):
    helping.end_help(helper=let_in(draft, rosa, hal), on=today(), by=rosa.user)

    again = let_in(draft, rosa, hal)

    assert list(Helper.objects.on(today())) == [again]


def test_what_a_helper_wrote_is_told_as_theirs(draft, rosa, hal, sam, signed_in):
    let_in(draft, rosa, hal)
    signed_in(hal).post(page_of(draft, "step", key="about"), {"strengths": "sings"})
    send(draft)

    history = signed_in(sam).get(page_of(draft, "history")).content.decode()

    assert "Hal Vigil (helps the family) agreed to help." in history
    assert "Hal Vigil (helps the family) changed the answers" in history
