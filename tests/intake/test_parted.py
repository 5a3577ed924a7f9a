"""Adults who part: an application is told to, and read by, those who may see the child today."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.families import actions as families
from cms_portal.families.models import AuthorityKind
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import applications, notices
from intake.models import Application, Channel
from intake.told import contact_of
from tests.factories import AuthorityFactory, BlockFactory, GuardianFactory, SecondHomeFactory
from tests.factories.applications import SentApplicationFactory, answer, send, start
from tests.factories.dates import days_from_today
from tests.intake.telling import tell_of_luz


def leave(guardian, by):
    families.move_out(guardian=guardian, on=days_from_today(-1), by=by, reason="moved out")


def test_what_a_parent_tells_after_leaving_a_home_is_not_told_to_that_home(rosa, signed_in):
    leave(rosa.guardian, rosa.user)
    browser = signed_in(rosa.user)

    page = tell_of_luz(browser)

    assert Application.objects.get().household != rosa.household
    assert not rosa.household.memberships.filter(child__first_name="Luz").exists()
    assert browser.get(page.headers["Location"]).status_code == 200


def test_a_parent_with_a_new_home_applies_from_it_and_the_old_home_never_learns(rosa, signed_in):
    leave(rosa.guardian, rosa.user)
    now = SecondHomeFactory(child=rosa.child, user=rosa.user)
    browser = signed_in(rosa.user)

    page = browser.post(
        reverse("intake:start", args=["nm-cms"]),
        {"who": rosa.child.pk, "start_key": uuid.uuid4()},
    )

    assert Application.objects.get().household == now.household
    assert browser.get(page.headers["Location"]).status_code == 200


def test_a_parent_kept_from_one_child_can_apply_for_another(rosa, signed_in):
    BlockFactory(child=rosa.child, user=rosa.user)
    browser = signed_in(rosa.user)

    page = tell_of_luz(browser)

    assert browser.get(page.headers["Location"]).status_code == 200
    assert not rosa.household.memberships.filter(child__first_name="Luz").exists()


@pytest.fixture
def other(rosa):
    """The other parent of the same home."""
    adult = GuardianFactory(household=rosa.household)
    AuthorityFactory(guardian=adult, child=rosa.child)
    return adult


def test_a_worker_speaks_with_the_parent_who_is_not_kept_away(rosa, other, ida):
    BlockFactory(child=rosa.child, user=rosa.user)

    assert contact_of(start(rosa, channel=Channel.PHONE, by=ida)) == other


def test_a_worker_speaks_with_the_parent_who_still_lives_there(rosa, other, ida):
    leave(rosa.guardian, ida)

    assert contact_of(start(rosa, channel=Channel.PHONE, by=ida)) == other


def test_the_receipt_goes_to_the_parent_who_may_see_it_not_to_the_one_who_began(rosa, other, ida):
    application = answer(start(rosa))
    BlockFactory(child=rosa.child, user=rosa.user)

    send(application, by=ida)

    assert Message.objects.get().to_guardian == other


def test_where_nobody_may_be_told_the_application_is_sent_and_the_office_is_asked(rosa, ida):
    application = answer(start(rosa))
    families.end(row=rosa.authority, on=days_from_today(0), by=ida, reason="a court order")

    send(application, by=ida)

    assert not Message.objects.exists()
    assert Task.objects.get().about == application


def test_going_back_to_choose_another_child_starts_another_application(rosa, signed_in):
    two = AuthorityFactory(guardian=rosa.guardian).child
    browser, key = signed_in(rosa.user), uuid.uuid4()

    for child in (rosa.child, two, two):
        browser.post(reverse("intake:start", args=["nm-cms"]), {"who": child.pk, "start_key": key})

    assert {a.child for a in Application.objects.all()} == {rosa.child, two}


def test_an_answer_that_came_too_late_is_said_to_be_lost(rosa, signed_in):
    sent = SentApplicationFactory(family=rosa)

    page = signed_in(rosa.user).post(
        reverse("intake:step", args=[sent.number, "about"]), {"strengths": "sings"}, follow=True
    )

    assert "Your last answer was not kept" in page.content.decode()


def test_a_withdrawn_application_is_neither_decided_nor_told(rosa, ida, sam, signed_in):
    sent = SentApplicationFactory(family=rosa)
    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="withdrawn")

    page = signed_in(ida).post(reverse("intake:tell_family", args=[sent.number]), follow=True)

    assert "closed meanwhile" in page.content.decode()
    with pytest.raises(notices.NothingToTell):
        notices.tell_family(application=sent, by=sam, at=timezone.now())


def test_a_service_that_the_program_has_not_is_missing(rosa, ida, signed_in):
    sent = SentApplicationFactory(family=rosa)

    page = signed_in(ida).post(
        reverse("intake:decide", args=[sent.number, "nothing"]),
        {"nothing-outcome": "available", "nothing-reason_code": "agrees"},
    )

    assert page.status_code == 404


def test_no_kind_of_adult_reads_what_came_after_their_rights_ended(rosa, ida):
    families.record_authority(
        guardian=rosa.guardian,
        child=rosa.child,
        kind=AuthorityKind.RESOURCE_PARENT,
        starts_on=days_from_today(-2),
        by=ida,
    )
    assert rosa.household.guardians.told_about(rosa.child, days_from_today(0)).exists()
    families.end(
        row=rosa.guardian.authorities.on(days_from_today(0)).get(),
        on=days_from_today(0),
        by=ida,
        reason="the placement ended",
    )
    assert not rosa.household.guardians.told_about(rosa.child, days_from_today(0)).exists()
