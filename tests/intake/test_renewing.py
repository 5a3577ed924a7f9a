"""Once a year a family says what is still right: one page if nothing changed, and a person decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms_portal.notifications import mailing
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from eligibility.models import Outcome
from intake.actions import applications, enrollments, notices, reminders, renewals
from intake.actions.reminders import ENROLLMENT_OVER
from intake.cases import service_cases
from intake.journeys.filling import fill
from intake.models import Application, EndReason, Enrollment, Status
from intake.renewals import can_renew, changed_since, closes_on, opens_on
from intake.words import signed_words
from tests.factories import AddressFactory, FamilyFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.deciding import countersign, decide
from tests.intake.enrolling import confirmed_asthma


@pytest.fixture
def enrolled(application, ida, sam):
    return enroll(application, ida, sam)


def enroll(application, ida, sam):
    """Tell every service of this year, care coordination granted."""
    for case in ("care_coordination", "diagnostic_services"):
        decide(application, case, Outcome.AVAILABLE, ida)
    for case in service_cases(application):
        if case.is_asked and case.decision is None:
            no = decide(
                application,
                case.key,
                Outcome.NOT_AVAILABLE,
                ida,
                code="exception",
                words="Not now.",
            )
            countersign(application, no, sam)
    notices.tell_family(application=application, by=ida, at=timezone.now())
    return Enrollment.objects.get(application=application)


@pytest.fixture
def in_time(enrolled):
    """The day is 30 days before the end."""
    with time_machine.travel(timezone.now() + (enrolled.ends_on - today(NM)) - timedelta(days=30)):
        yield enrolled


def renew(enrollment, by):
    return renewals.renew_unchanged(
        enrollment=enrollment,
        name="Rosa Baca",
        words=signed_words(enrollment.application),
        by=by,
        at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("day", "can"),
    [("opens", True), ("before", False), ("last", True), ("over", False)],
)
def test_it_opens_ninety_days_before_and_closes_ninety_days_after(enrolled, day, can):
    on: date = {
        "opens": opens_on(enrolled),
        "before": opens_on(enrolled) - timedelta(days=1),
        "last": closes_on(enrolled) - timedelta(days=1),
        "over": closes_on(enrolled),
    }[day]
    assert can_renew(enrolled, on) is can


def test_nobody_renews_too_early(enrolled, rosa):
    with pytest.raises(renewals.NotNow):
        renew(enrolled, rosa.user)
    assert Application.objects.count() == 1


def test_nothing_changed_takes_one_page(in_time, rosa, signed_in):
    browser = signed_in(rosa.user)
    url = reverse("intake:renew", args=[in_time.pk])
    page = browser.get(url).content.decode()
    assert "asthma" in page

    answer = browser.post(url, {"name": "Rosa Baca", "agrees": "on"})

    renewal = Application.objects.get(renews=in_time)
    assert answer.url == reverse("intake:receipt", args=[renewal.number])
    assert renewal.status == Status.SUBMITTED
    assert renewal.signature.words == signed_words(renewal)
    assert not any(row.is_to_confirm for row in renewal.answered_pages.all())


def test_what_is_signed_is_what_was_shown_though_a_renewal_was_begun_and_taken_back(
    in_time, rosa, signed_in
):
    begun = renewals.begin(enrollment=in_time, on=today(NM), by=rosa.user)
    doctor = {"has_primary_care_provider": "yes", "primary_care_provider": "Dr. Lake"}
    fill(begun, {"doctor": doctor}, by=rosa.user)
    applications.withdraw(application=begun, by=rosa.user, at=timezone.now(), reason="later")
    browser = signed_in(rosa.user)
    url = reverse("intake:renew", args=[in_time.pk])

    shown = browser.get(url).content.decode()
    browser.post(url, {"name": "Rosa Baca", "agrees": "on"})

    sent = Application.objects.open().get(renews=in_time)
    assert sent.assessment.primary_care_provider == "Dr. Lake"
    assert "Dr. Lake" in shown


def test_an_unsigned_renewal_is_kindly_refused(in_time, rosa, signed_in):
    answer = signed_in(rosa.user).post(reverse("intake:renew", args=[in_time.pk]), {"name": ""})
    assert answer.status_code == 422
    assert not Application.objects.filter(renews=in_time).exists()


def test_renewing_twice_renews_once(in_time, rosa):
    assert renew(in_time, rosa.user) == renew(in_time, rosa.user)


def test_what_changed_is_changed_and_the_worker_sees_it(in_time, rosa, ida, signed_in):
    signed_in(rosa.user).post(reverse("intake:renew", args=[in_time.pk]), {"change": "1"})
    renewal = Application.objects.get(renews=in_time)
    fill(renewal, {"doctor": {"has_primary_care_provider": "no"}}, by=rosa.user)
    renewals.confirm_carried(application=renewal, by=rosa.user, at=timezone.now())

    changed = changed_since(in_time.application, renewal)

    assert [(one.before, one.now) for one in changed] == [("Yes", "No")]


def test_a_decided_renewal_carries_the_enrollment_on_by_a_year(in_time, rosa, ida):
    end = in_time.ends_on
    renewal = renew(in_time, rosa.user)
    decide(renewal, "care_coordination", Outcome.AVAILABLE, ida)
    notices.tell_family(application=renewal, by=ida, at=timezone.now())

    in_time.refresh_from_db()
    assert in_time.ends_on == end.replace(year=end.year + 1)
    held = in_time.services.get(service="care_coordination")
    assert held.ends_on == in_time.ends_on
    assert Enrollment.objects.count() == 1


def take_away(enrollment, rosa, ida, sam):
    """Refuse one service at the renewal."""
    renewal = renew(enrollment, rosa.user)
    no = decide(
        renewal,
        "diagnostic_services",
        Outcome.NOT_AVAILABLE,
        ida,
        code="exception",
        words="Not any more.",
    )
    countersign(renewal, no, sam)
    return notices.tell_family(application=renewal, by=ida, at=timezone.now())


def test_a_service_that_is_taken_away_leaves_the_family_ten_days(in_time, rosa, ida, sam):
    notice = take_away(in_time, rosa, ida, sam)

    held = in_time.services.get(service="diagnostic_services")
    assert held.last_day == today(NM) + timedelta(days=10)
    assert "this ends" in notice.message.text


def test_its_letter_mailed_late_leaves_ten_days_still(in_time, rosa, ida, sam):
    AddressFactory(household=rosa.household)
    letter, late = take_away(in_time, rosa, ida, sam).message, today(NM) + timedelta(days=6)
    mailing.print_letters(letters=[letter], dated_on=late, by=ida, at=timezone.now())

    call_command("keep_end_notices")

    letter.refresh_from_db()
    held = in_time.services.get(service="diagnostic_services")
    assert held.last_day == late + timedelta(days=10)
    assert date_format(held.last_day, "DATE_FORMAT") in text_of(letter)


def test_a_family_that_comes_back_in_time_needs_no_new_application(enrolled, rosa, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.FAMILY, by=rosa.user, at=timezone.now())
    renewal = renew(enrolled, rosa.user)
    decide(renewal, "care_coordination", Outcome.AVAILABLE, ida)
    notices.tell_family(application=renewal, by=ida, at=timezone.now())

    enrolled.refresh_from_db()
    assert enrolled.is_open
    assert enrolled.services.on(today(NM)).filter(service="care_coordination").exists()


def remind(enrollment, days_before):
    call_command("remind_renewals", on=enrollment.ends_on - timedelta(days=days_before))
    return Message.objects.filter(key="intake/renewal_reminder").count()


def test_four_reminders_each_once(enrolled):
    counts = [remind(enrolled, days) for days in (91, 90, 89, 60, 45, 30, 30, 7, 1, 0)]
    assert counts == [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]


def test_nights_that_were_missed_make_no_flood(enrolled):
    assert remind(enrolled, 20) == 1
    assert remind(enrolled, 7) == 2


def test_who_renewed_and_was_refused_is_not_asked_to_renew(in_time, rosa, ida, sam):
    sent = renew(in_time, rosa.user)
    for case in service_cases(sent):
        if case.is_asked:
            no = decide(
                sent, case.key, Outcome.NOT_AVAILABLE, ida, code="exception", words="Not now."
            )
            countersign(sent, no, sam)
    notices.tell_family(application=sent, by=ida, at=timezone.now())
    sent.refresh_from_db()
    assert sent.status == Status.DECIDED

    with time_machine.travel(timezone.now() + timedelta(days=24)):
        call_command("remind_renewals")

    assert not Message.objects.filter(key="intake/renewal_reminder").exists()


def test_a_dry_run_counts_who_would_be_reminded_and_writes_nothing(enrolled, capsys):
    on = enrolled.ends_on - timedelta(days=30)
    call_command("remind_renewals", on=on, dry_run=True)
    assert "nm-cms: 1 families reminded" in capsys.readouterr().out
    assert remind(enrolled, 30) == 1


def test_a_few_families_at_a_time_are_all_reminded_once(enrolled, rosa, ida, sam, monkeypatch):
    second = SentApplicationFactory(family=FamilyFactory(household__county=rosa.household.county))
    enroll(confirmed_asthma(second, ida), ida, sam)
    monkeypatch.setattr(reminders, "AT_ONCE", 1)
    assert remind(enrolled, 30) == 2
    assert remind(enrolled, 30) == 2


def test_a_reminder_is_kept_with_its_history(enrolled):
    remind(enrolled, 30)
    latest = enrolled.history.latest("history_date")
    assert (latest.reminded_days_before, latest.history_user.username) == (30, "system")
    assert latest.history_change_reason == "reminded to renew"


def test_reminders_stop_at_once_when_it_is_sent(in_time, rosa):
    renew(in_time, rosa.user)
    assert remind(in_time, 7) == 0


def test_who_paused_or_wants_no_reminders_gets_none(enrolled, rosa):
    enrollments.pause(enrollment=enrolled, by=rosa.user, at=timezone.now())
    assert remind(enrolled, 30) == 0


def test_no_worker_is_told_that_nothing_came_while_a_sent_renewal_waits_for_us(in_time, rosa):
    renew(in_time, rosa.user)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("review_ended_enrollments")

    assert not Task.objects.filter(kind=ENROLLMENT_OVER).exists()


def test_a_worker_is_asked_about_an_enrollment_for_which_nothing_was_sent(in_time, rosa):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("review_ended_enrollments")

    assert Task.objects.filter(kind=ENROLLMENT_OVER).count() == 1


def test_who_comes_too_early_is_told_from_when_to_renew(enrolled, rosa, signed_in):
    page = signed_in(rosa.user).get(reverse("intake:renew", args=[enrolled.pk]), follow=True)

    words = page.content.decode()
    assert f"You can renew from {date_format(opens_on(enrolled))} on." in words


def test_who_sent_a_renewal_reads_that_nothing_closes_before_our_answer(in_time, rosa, signed_in):
    browser, way = signed_in(rosa.user), reverse("intake:renew", args=[in_time.pk])
    assert way in browser.get(in_time.get_absolute_url()).content.decode()
    renew(in_time, rosa.user)
    after = browser.get(in_time.get_absolute_url()).content.decode()
    assert way not in after and "nothing is closed before you have our answer" in after
