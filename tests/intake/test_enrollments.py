"""A child is enrolled by a notice, rests or leaves at the family's wish, and is never dropped by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from eligibility.models import Outcome
from intake.actions import enrollments, notices
from intake.actions.reminders import due_for_reminder
from intake.models import Enrollment
from intake.models.enrollment import EndReason
from intake.states import ENROLLMENT_MOVES, EnrollmentState, WrongMove
from intake.yearly import next_due_on
from tests.factories import FamilyFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, NM, today
from tests.intake.deciding import countersign, decide


@pytest.fixture
def enrolled(application, ida):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    notices.tell_family(application=application, by=ida, at=timezone.now())
    return Enrollment.objects.get()


def leave(enrollment, by, reason=EndReason.FAMILY):
    return enrollments.end(enrollment=enrollment, reason=reason, by=by, at=timezone.now())


def test_the_table_of_moves_has_every_state_and_a_way_out_of_each():
    assert set(ENROLLMENT_MOVES) == set(EnrollmentState)
    assert all(ENROLLMENT_MOVES.values())


def test_an_ended_enrollment_is_not_paused(enrolled, rosa):
    ended = leave(enrolled, rosa.user)
    with pytest.raises(WrongMove):
        ended.move_to(EnrollmentState.PAUSED, by=rosa.user, at=timezone.now(), reason="a shortcut")


def test_a_refusal_alone_enrolls_nobody(application, ida, sam):
    no = decide(
        application,
        "medical_payment",
        Outcome.NOT_AVAILABLE,
        ida,
        code="exception",
        words="Medicaid pays.",
    )
    countersign(application, no, sam)
    notices.tell_family(application=application, by=ida, at=timezone.now())
    assert not Enrollment.objects.exists()


def test_a_second_yes_joins_the_same_enrollment(enrolled, application, ida):
    decide(application, "diagnostic_services", Outcome.AVAILABLE, ida)
    notices.tell_family(application=application, by=ida, at=timezone.now())

    assert Enrollment.objects.count() == 1
    assert enrolled.services.count() == 2


def test_the_database_keeps_one_open_enrollment_of_a_household(enrolled, ida):
    twin = Enrollment(
        program=NM,
        child=enrolled.child,
        household=enrolled.household,
        application=enrolled.application,
        starts_on=today(NM),
        ends_on=today(NM),
        wants_reminders=True,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        save_tracked(twin, by=ida, reason="twice")


def test_the_family_pauses_and_goes_on(enrolled, rosa, signed_in):
    browser = signed_in(rosa.user)
    for name, state in (("pause_enrollment", "paused"), ("go_on_with_enrollment", "active")):
        answer = browser.post(reverse(f"intake:{name}", args=[enrolled.pk]))
        assert answer.status_code == 302
        enrolled.refresh_from_db()
        assert enrolled.state == state


def test_the_family_leaves_at_once_and_gets_a_letter(enrolled, rosa, signed_in):
    url = reverse("intake:leave_program", args=[enrolled.pk])
    browser = signed_in(rosa.user)
    assert "leave" in browser.get(url).content.decode()

    browser.post(url)
    browser.post(url)

    enrolled.refresh_from_db()
    assert enrolled.state == EnrollmentState.ENDED
    assert enrolled.end_reason == EndReason.FAMILY
    assert enrolled.services.get().ends_on == today(NM)
    assert Message.objects.filter(key="intake/enrollment_ended").count() == 1


def test_a_worker_who_ends_it_leaves_the_family_ten_days(enrolled, ida, signed_in):
    url = reverse("intake:end_enrollment", args=[enrolled.pk])
    answer = signed_in(ida).post(url, {"reason": "moved"})

    assert answer.status_code == 302
    enrolled.refresh_from_db()
    assert enrolled.last_day == today(NM) + timedelta(days=10)
    assert enrolled.services.get().ends_on == enrolled.ends_on


def test_nobody_ends_it_without_a_reason(enrolled, ida, signed_in):
    answer = signed_in(ida).post(reverse("intake:end_enrollment", args=[enrolled.pk]), {})
    assert answer.status_code == 422
    enrolled.refresh_from_db()
    assert enrolled.is_open


def test_another_family_does_not_find_it(enrolled, signed_in):
    other = FamilyFactory()
    answer = signed_in(other.user).get(reverse("intake:enrollment", args=[enrolled.pk]))
    assert answer.status_code == 404


def test_what_ran_out_makes_work_for_a_person_and_ends_nothing(enrolled, capsys):
    on = enrolled.ends_on + timedelta(days=1)
    call_command("review_ended_enrollments", on=on, dry_run=True)
    assert not Task.objects.filter(kind="enrollment_over").exists()

    call_command("review_ended_enrollments", on=on)
    call_command("review_ended_enrollments", on=on)

    assert "nm-cms: 1 enrollments to look at" in capsys.readouterr().out
    assert Task.objects.filter(kind="enrollment_over").count() == 1
    enrolled.refresh_from_db()
    assert enrolled.is_open


def test_mississippi_reminds_only_who_asks_for_it(mississippi, ida):
    family, _office = mississippi
    sent = SentApplicationFactory(family=family)
    second = StaffFactory(role="program-supervisor", program=MS)
    yes = decide(
        sent, "care_coordination", Outcome.AVAILABLE, ida, code="paper_shown", words="I saw it."
    )
    countersign(sent, yes, second)
    notices.tell_family(application=sent, by=ida, at=timezone.now())

    enrollment = Enrollment.objects.get(child=family.child)
    assert not enrollment.wants_reminders
    assert enrollment.ends_on == next_due_on(sent)


def test_a_family_asks_to_be_reminded_and_no_longer(enrolled, rosa, signed_in):
    browser, page = signed_in(rosa.user), reverse("intake:enrollment", args=[enrolled.pk])
    soon = enrolled.ends_on - timedelta(days=7)
    for name, wanted, says in (
        ("stop_reminders", False, "You get no reminders"),
        ("stop_reminders", False, "You get no reminders"),
        ("ask_for_reminders", True, "90, 60, 30 and 7 days"),
    ):
        browser.post(reverse(f"intake:{name}", args=[enrolled.pk]))

        assert says in browser.get(page).content.decode()
        assert due_for_reminder(programs.get(NM), soon).exists() is wanted
