"""That no service fits any more is decided with reasons, and told with its days and its rights."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms_portal import programs
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from eligibility.models import Outcome
from intake.actions import enrollments, notices, reopening
from intake.actions.decisions import AlreadyDecided
from intake.actions.reminders import due_for_reminder
from intake.cases import service_cases
from intake.models import EndReason, EnrolledService, Enrollment, Notice, Status
from intake.renewals import can_renew
from intake.states import EnrollmentState
from tests.factories import AddressFactory
from tests.factories.applications import start
from tests.factories.dates import NM, days_from_today, today
from tests.intake.deciding import countersign, decide, decide_everything
from tests.intake.refusing import answer, ask, with_committee
from tests.intake.test_ending import keep, mail
from tests.intake.test_renewing import renew

TEN = timedelta(days=10)
WHY = "The diagnosis was taken back."


@pytest.fixture
def enrolled(application, rosa, ida, sam):
    """Decided in full: something granted, something refused."""
    AddressFactory(household=rosa.household)
    decide_everything(application, ida, sam)
    notices.tell_family(application=application, by=ida, at=timezone.now())
    return Enrollment.objects.get()


def look(enrollment, by):
    application = reopening.look_again(enrollment=enrollment, by=by, at=timezone.now())
    application.refresh_from_db()
    return application


def anew(application):
    return [case for case in service_cases(application) if case.is_anew]


def refuse_every(application, cases, ida, sam):
    for case in cases:
        no = decide(application, case.key, Outcome.NOT_AVAILABLE, ida, code="exception", words=WHY)
        countersign(application, no, sam)
    return notices.tell_family(application=application, by=ida, at=timezone.now())


def refuse_all(enrollment, ida, sam):
    application = look(enrollment, ida)
    notice = refuse_every(application, anew(application), ida, sam)
    enrollment.refresh_from_db()
    return notice


def test_nobody_ends_an_enrollment_as_not_eligible_by_hand(enrolled, ida, signed_in):
    url = reverse("intake:end_enrollment", args=[enrolled.pk])
    browser = signed_in(ida)

    answer = browser.post(url, {"reason": EndReason.NOT_ELIGIBLE})
    page = browser.get(url).content.decode()

    assert answer.status_code == 422
    assert 'value="not_eligible"' not in page
    assert reverse("intake:look_again", args=[enrolled.pk]) in page
    with pytest.raises(enrollments.NeedsDecision):
        enrollments.end(
            enrollment=enrolled, reason=EndReason.NOT_ELIGIBLE, by=ida, at=timezone.now()
        )


def test_the_page_leads_to_the_application_with_each_service_to_decide(enrolled, ida, signed_in):
    browser = signed_in(ida)
    answer = browser.post(reverse("intake:look_again", args=[enrolled.pk]), follow=True)

    application = enrolled.application
    application.refresh_from_db()
    assert answer.redirect_chain[-1][0] == reverse("intake:review", args=[application.number])
    assert "This holds until you decide again" in answer.content.decode()
    assert application.status == Status.IN_REVIEW
    assert {case.key for case in anew(application)} == set(
        enrolled.services.values_list("service", flat=True)
    )


def test_looking_again_takes_nothing_away_and_asks_for_an_answer_in_full_time(enrolled, ida):
    application = look(enrolled, ida)

    assert application.answer_due_on == today(NM) + timedelta(
        days=programs.get(NM).clock("decision_days")
    )
    assert enrolled.services.filter(ends_on__gt=days_from_today(30)).exists()
    assert look(enrolled, ida).looked_again_at == application.looked_again_at


def test_what_was_refused_before_is_not_decided_again(enrolled, ida):
    application = look(enrolled, ida)
    refused = next(
        one for one in service_cases(application) if one.is_told and one.outcome == "not_available"
    )
    with pytest.raises(AlreadyDecided):
        decide(application, refused.key, Outcome.AVAILABLE, ida, code="exception", words="x")


def test_the_notice_leaves_ten_days_says_how_to_ask_for_a_review_and_ends_it(enrolled, ida, sam):
    letters = Message.objects.count()
    notice = refuse_all(enrolled, ida, sam)

    assert (enrolled.state, enrolled.end_reason) == (
        EnrollmentState.ENDED,
        EndReason.NOT_ELIGIBLE,
    )
    assert enrolled.last_day == today(NM) + TEN
    assert {one.last_day for one in enrolled.services.all()} == {enrolled.last_day}
    assert notice.message.reply_days
    assert "the enrollment ends on the same day" in notice.message.text
    assert WHY in notice.message.text
    assert Message.objects.without_hints().count() == letters + 1
    enrolled.application.refresh_from_db()
    assert enrolled.application.status == Status.DECIDED


def test_nothing_ends_before_a_second_person_signed(enrolled, ida):
    application = look(enrolled, ida)
    for case in anew(application):
        decide(application, case.key, Outcome.NOT_AVAILABLE, ida, code="exception", words=WHY)

    with pytest.raises(notices.NothingToTell):
        notices.tell_family(application=application, by=ida, at=timezone.now())
    enrolled.refresh_from_db()
    assert enrolled.is_open


def test_a_service_granted_anew_goes_on_to_its_day_and_so_does_the_enrollment(enrolled, ida, sam):
    application = look(enrolled, ida)
    first, *others = anew(application)
    assert others
    until = enrolled.services.get(service=first.key).ends_on
    decide(application, first.key, first.recommended, ida)
    notice = refuse_every(application, others, ida, sam)

    enrolled.refresh_from_db()
    assert enrolled.is_open
    assert enrolled.services.get(service=first.key).ends_on == until
    assert "the enrollment ends" not in notice.message.text


def test_a_notice_mailed_late_moves_the_end_of_the_enrollment_too(enrolled, ida, sam):
    notice = refuse_all(enrolled, ida, sam)
    mail(notice.message, days_from_today(4))
    keep()

    enrolled.refresh_from_db()
    assert enrolled.last_day == days_from_today(4) + TEN


def test_nobody_is_reminded_or_asked_to_renew_what_ended_so(enrolled, ida, sam):
    refuse_all(enrolled, ida, sam)
    for days in (0, 5, 300):
        assert not can_renew(enrolled, days_from_today(days))
        assert not due_for_reminder(programs.get(NM), days_from_today(days)).exists()
    call_command("review_ended_enrollments", on=days_from_today(400))
    assert not Task.objects.filter(kind="enrollment_over").exists()


def test_a_committee_that_says_yes_enrolls_the_child_again(
    enrolled, rosa, ida, sam, prue, committee
):
    notice = refuse_all(enrolled, ida, sam)
    appeal = ask(Notice.objects.get(pk=notice.pk), rosa.user)
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "reversed")

    enrolled.refresh_from_db()
    assert enrolled.is_open
    assert enrolled.end_reason == ""
    assert Enrollment.objects.count() == 1
    assert EnrolledService.objects.filter(
        enrollment=enrolled, decision__outcome="available", ends_on__gt=days_from_today(30)
    ).exists()


def test_a_renewal_refused_in_full_ends_it_by_its_notice(enrolled, rosa, ida, sam):
    soon = timezone.now() + (enrolled.ends_on - today(NM)) - timedelta(days=30)
    with time_machine.travel(soon):
        renewal = renew(enrolled, rosa.user)
        asked = [case for case in service_cases(renewal) if case.is_asked]
        notice = refuse_every(renewal, asked, ida, sam)

    enrolled.refresh_from_db()
    assert enrolled.end_reason == EndReason.NOT_ELIGIBLE
    assert enrolled.application == renewal
    assert "the enrollment ends on the same day" in notice.message.text
    assert not can_renew(enrolled, enrolled.ends_on)


def test_it_stays_while_one_service_waits_for_an_answer(enrolled, ida, sam):
    application = look(enrolled, ida)
    first, *others = anew(application)
    refuse_every(application, others, ida, sam)

    enrolled.refresh_from_db()
    assert enrolled.is_open
    refuse_every(application, [first], ida, sam)
    enrolled.refresh_from_db()
    assert not enrolled.is_open


def test_what_the_family_began_meanwhile_is_gone_on_with_instead(enrolled, rosa, ida, signed_in):
    start(rosa)
    answer = signed_in(ida).post(reverse("intake:look_again", args=[enrolled.pk]), follow=True)

    assert "has begun a new one" in answer.content.decode()
    enrolled.application.refresh_from_db()
    assert enrolled.application.status == Status.DECIDED


def test_no_family_takes_back_what_we_look_at_again(enrolled, rosa, ida, signed_in):
    application, browser = look(enrolled, ida), signed_in(rosa.user)
    withdraw = reverse("intake:withdraw", args=[application.number])

    receipt = browser.get(reverse("intake:receipt", args=[application.number])).content.decode()
    browser.post(withdraw)

    assert withdraw not in receipt
    application.refresh_from_db()
    assert application.status == Status.IN_REVIEW


def test_the_history_tells_that_it_was_opened_again(enrolled, ida, sam, signed_in):
    refuse_all(enrolled, ida, sam)
    page = (
        signed_in(sam)
        .get(reverse("intake:history", args=[enrolled.application.number]))
        .content.decode()
    )

    assert "again, to decide anew" in page
