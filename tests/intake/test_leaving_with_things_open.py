"""Who takes something back or leaves is asked for nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import applications, enrollments
from intake.actions.reminders import CLOSE_REQUEST
from intake.models import Application, EndReason, Enrollment, VisitState
from intake.states import RequestState
from tests.factories import SecondHomeFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import today
from tests.intake.enrolling import enroll
from tests.intake.test_urgent_needs import told
from tests.intake.test_visits import at, plan


@pytest.fixture
def enrolled(rosa, ida):
    """One service granted, the others not answered yet."""
    enrollment = enroll(rosa, ida)
    assert enrollment.application.is_open
    return enrollment


def letters(application, key):
    return Message.objects.filter(key=key, household=application.household)


def test_nobody_is_reminded_of_a_paper_for_what_was_taken_back(asked, sent, rosa):
    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="enough")

    asked.refresh_from_db()
    assert asked.state == RequestState.CANCELLED
    with time_machine.travel(timezone.now() + (asked.due_on - today()) - timedelta(days=1)):
        call_command("chase_information_requests")
    assert not letters(sent, "intake/information_reminder").exists()
    with time_machine.travel(timezone.now() + (asked.due_on - today()) + timedelta(days=1)):
        call_command("chase_information_requests")
    assert not Task.objects.filter(kind=CLOSE_REQUEST).exists()


def test_nobody_calls_at_the_time_planned_for_what_was_taken_back(sent, office, ida, rosa):
    visit = plan(sent, rosa.user, at(office))

    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="enough")

    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED


def test_what_cannot_wait_is_still_answered_after_taking_it_back(sent, rosa):
    need = told(sent)

    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="enough")

    need.refresh_from_db()
    assert need.is_open


def test_who_leaves_is_not_enrolled_again_by_what_was_on_its_way(enrolled, rosa, signed_in):
    signed_in(rosa.user).post(reverse("intake:leave_program", args=[enrolled.pk]))

    assert not Application.objects.open().exists()
    assert Enrollment.objects.get().end_reason == EndReason.FAMILY


def test_a_worker_who_ends_it_leaves_what_the_family_sent(enrolled, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.NOT_RENEWED, by=ida, at=timezone.now())

    assert Application.objects.open().get() == enrolled.application


def test_the_other_home_of_a_child_goes_on_when_this_one_leaves(enrolled, rosa, ida):
    other = SentApplicationFactory(family=SecondHomeFactory(child=rosa.child))

    enrollments.end(enrollment=enrolled, reason=EndReason.FAMILY, by=rosa.user, at=timezone.now())

    assert Application.objects.open().get() == other
