"""A family asks twice for a review of one notice: nothing is lost, and no day counts against it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import grant_role
from cms_portal.audit.timeline import entries
from cms_portal.work.models import Task
from eligibility.models import Outcome, ReasonCode
from intake.actions import appeals, notices
from intake.appealing import refusals_of
from intake.cases import service_cases
from intake.models import Appeal, AppealedService, AppealPart
from tests.access.sends import day
from tests.factories import StaffFactory, the_portal
from tests.factories.dates import NM, today
from tests.intake.deciding import countersign, decide
from tests.intake.refusing import ask, mailed, request, screen, with_committee


@pytest.fixture
def two_refused(application, ida, sam, prue):
    """Two services refused in one notice: one countersigned by Sam, the other by Prue."""
    signs = {"diagnostic_services": sam, "care_coordination": sam}
    for case in service_cases(application):
        if case.is_asked and case.key in signs:
            no = decide(
                application,
                case.key,
                Outcome.NOT_AVAILABLE,
                ida,
                code=ReasonCode.EXCEPTION,
                words="Not now.",
            )
            countersign(application, no, signs[case.key])
    return notices.tell_family(application=application, by=ida, at=timezone.now())


def page_of(notice):
    return reverse("intake:appeal_ask", args=[notice.application.number, notice.pk])


def told(notice, **more):
    facts = {"services": [one.pk for one in refusals_of(notice)], "name": "Rosa Baca"}
    facts |= {"narrative": "We earn less.", "address": "PO Box 12", "phones": "505-555-0134"}
    return facts | more


def test_a_long_second_request_is_kept_whole(notice, rosa, signed_in):
    ask(notice, rosa.user)
    long = ("word " * 599).strip()

    sent = signed_in(rosa.user).post(page_of(notice), told(notice, narrative=long))

    assert sent.status_code == 302
    assert AppealPart.objects.get().words == long


def test_a_second_service_is_looked_at_though_the_first_is_taken_up(
    two_refused, rosa, prue, signed_in
):
    first, second = refusals_of(two_refused)
    taken_up = ask(two_refused, rosa.user, services=[first.pk])
    screen(taken_up, prue)
    browser = signed_in(rosa.user)

    decision = browser.get(reverse("intake:decision", args=[two_refused.application.number]))
    assert page_of(two_refused) in decision.content.decode()
    assert browser.get(page_of(two_refused)).status_code == 200
    browser.post(page_of(two_refused), told(two_refused, services=[second.pk]))

    asked = AppealedService.objects.filter(appeal=taken_up).values_list("decision", flat=True)
    assert set(asked) == {first.pk, second.pk}
    assert Task.objects.open().filter(kind=appeals.READ_MORE).exists()


def test_who_signed_the_second_service_leaves_the_committee(application, ida, sam, prue, rosa):
    members = [StaffFactory(role="review-committee", program=NM) for _n in range(3)]
    third = StaffFactory(role="program-supervisor", program=NM)
    for case in service_cases(application):
        if case.key in ("diagnostic_services", "care_coordination"):
            no = decide(
                application,
                case.key,
                Outcome.NOT_AVAILABLE,
                ida,
                code=ReasonCode.EXCEPTION,
                words="Not now.",
            )
            countersign(application, no, third if case.key == "care_coordination" else sam)
    notice = notices.tell_family(application=application, by=ida, at=timezone.now())
    grant_role(user=third, role="review-committee", program=NM, starts_on=today(), by=the_portal())
    keys = {one.service: one.pk for one in refusals_of(notice)}
    appeal = ask(notice, rosa.user, services=[keys["diagnostic_services"]])
    with_committee(appeal, [*members, third], prue)

    ask(notice, rosa.user, services=[keys["care_coordination"]])

    sitting = appeal.seats.filter(left_at__isnull=True).values_list("member", flat=True)
    assert set(sitting) == {member.pk for member in members}
    appeal.refresh_from_db()
    assert third.pk in appeal.took_part
    seat = appeal.seats.get(member=third)
    told = [entry.sentence for entry in entries([seat], prue, looks=False)]
    assert f"{third.name} left the committee: they took part in what is asked about, too." in told


def test_a_letter_mailed_in_time_makes_a_late_request_online_timely(notice, rosa, ida, signed_in):
    notice = mailed(notice)
    with time_machine.travel(timezone.now() + timedelta(days=34), tick=False):
        assert ask(notice, rosa.user).is_late
        postmark = today() - timedelta(days=5)
        came = day("received_on", today()) | day("postmarked_on", postmark)
        worker = signed_in(ida)

        assert "is added to it" in worker.get(page_of(notice)).content.decode()
        worker.post(page_of(notice), told(notice, channel="mail") | came)

        asked = Appeal.objects.get()
        assert (asked.asked_on, asked.channel) == (postmark, "mail")
        assert not asked.is_late
        assert asked.due_on == today() + timedelta(days=60)


def test_a_letter_that_lay_unopened_takes_no_day_from_the_family(notice, rosa, ida):
    notice = mailed(notice)
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        ask(notice, rosa.user)
        came = today() - timedelta(days=6)
        again = ask(notice, ida, channel="mail", received_on=came)

        assert again.due_on == came + timedelta(days=60)


def test_a_later_request_makes_no_earlier_one_late(notice, rosa):
    ask(mailed(notice), rosa.user)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        ask(notice, rosa.user, received_on=today(), narrative="One more thing.")

    assert not Appeal.objects.get().is_late


def test_a_new_phone_number_in_a_second_request_is_kept(notice, rosa):
    ask(notice, rosa.user)
    ask(notice, rosa.user, phones="505-555-0199", address="")

    again = Appeal.objects.get()
    assert (again.phones, again.address) == ("505-555-0199", request().address)
