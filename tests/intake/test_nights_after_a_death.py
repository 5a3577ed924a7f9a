"""The nights after a child died: no command writes, asks or moves anything about the child."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import deaths, enrollments
from intake.models import Application, EndReason, Enrollment
from tests.factories import AddressFactory, FamilyFactory
from tests.factories.applications import answer, start
from tests.factories.dates import NM, born, days_from_today, today
from tests.intake.enrolling import enroll
from tests.intake.test_deaths import die


@pytest.fixture
def night(ida):
    """Run a command on a day after a child died; it must leave everything as it was."""

    def run(child, command, on):
        die(child, ida, died_on=today(NM))
        before = everything(child)
        call_command(command, on=on, stdout=StringIO())
        assert everything(child) == before
        assert set(Task.objects.open().filter(child=child).values_list("kind", flat=True)) == {
            deaths.CALL
        }

    return run


def everything(child):
    """Return what is written about a child, and how long it is served."""
    return (
        list(Message.objects.order_by("pk").values_list("pk", "state", "key")),
        list(Application.objects.filter(child=child).values_list("pk", "status")),
        list(Enrollment.objects.filter(child=child).values_list("pk", "state", "ends_on")),
    )


@pytest.mark.parametrize("days_before", [90, 60, 30, 7])
def test_nobody_is_reminded_to_renew(enrolled, night, days_before):
    night(enrolled.child, "remind_renewals", enrolled.ends_on - timedelta(days=days_before))


def test_nobody_is_asked_to_call_about_an_enrollment_that_ran_out(enrolled, night):
    night(enrolled.child, "review_ended_enrollments", enrolled.ends_on + timedelta(days=1))


def test_no_stale_draft_is_remembered(rosa, night):
    answer(start(rosa))
    night(rosa.child, "remind_drafts", days_from_today(40))


@pytest.mark.parametrize("days_after", [-2, 1])
def test_nobody_is_chased_for_a_paper(asked, sent, night, days_after):
    night(sent.child, "chase_information_requests", asked.due_on + timedelta(days=days_after))


def test_an_end_whose_letter_is_held_back_does_not_move_on(enrolled, ida, night):
    enrollments.end(enrollment=enrolled, reason=EndReason.MOVED, by=ida, at=timezone.now())
    night(enrolled.child, "keep_end_notices", days_from_today(5))


def test_nobody_is_told_of_an_age_limit(office, ida, night):
    family = FamilyFactory(
        household__county=office.county,
        child__date_of_birth=born(21) + timedelta(days=150),
        kind="own_applicant",
        authority__starts_on=days_from_today(-300),
    )
    AddressFactory(household=family.household)
    enroll(family, ida)
    night(family.child, "tell_of_age_limits", today(NM))


def test_nobody_is_told_of_coming_of_age(office, ida, night):
    family = FamilyFactory(
        household__county=office.county, child__date_of_birth=born(18) + timedelta(days=14)
    )
    AddressFactory(household=family.household)
    enroll(family, ida)
    night(family.child, "tell_of_turning_18", days_from_today(14))


def test_what_lies_unsent_is_not_sent(enrolled, ida, mailoutbox):
    die(enrolled.child, ida)
    call_command("send_messages", stdout=StringIO())
    assert not mailoutbox


def test_nobody_is_asked_for_a_new_paper_of_authority(enrolled, rosa, night):
    row = rosa.authority
    row.paper_ends_on = days_from_today(10)
    save_tracked(row, by=rosa.user, reason="a paper that ends")
    night(enrolled.child, "remind_authority_papers", today(NM))
