"""What happens while a family waits for a review: birthdays, applications taken back, who looked before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import grant_role
from cms_portal.notifications.models import Message
from eligibility.models import Outcome, ReasonCode
from intake.actions import appeal_decisions, applications, notices
from intake.appeal_states import AppealState
from intake.appealing import may_sit
from intake.cases import service_cases
from intake.models import AppealedService, EnrolledService, Enrollment, Notice, ReviewAnswer, Status
from tests.factories import StaffFactory, the_portal
from tests.factories.dates import NM, today
from tests.intake.deciding import countersign, decide
from tests.intake.refusing import answer, ask, screen, with_committee
from tests.intake.reviewing_conditions import say, the_review, unlisted

NO = {"code": ReasonCode.EXCEPTION, "words": "Not now."}


@pytest.fixture
def refused_in_part(application, ida, sam):
    """One service refused and told; the others wait for their answer."""
    no = decide(application, "care_coordination", Outcome.NOT_AVAILABLE, ida, **NO)
    countersign(application, no, sam)
    notice = notices.tell_family(application=application, by=ida, at=timezone.now())
    application.refresh_from_db()
    assert application.is_open
    return notice


def sits(user):
    grant_role(user=user, role="review-committee", program=NM, starts_on=today(), by=the_portal())


def test_who_said_no_before_it_was_decided_anew_has_no_seat(application, ida, sam, prue, rosa):
    first = StaffFactory(role="program-supervisor", program=NM)
    decide(application, "care_coordination", Outcome.NOT_AVAILABLE, first, **NO)
    again = decide(application, "care_coordination", Outcome.NOT_AVAILABLE, ida, **NO)
    countersign(application, again, sam)
    notice = notices.tell_family(application=application, by=ida, at=timezone.now())
    sits(first)

    appeal = ask(notice, rosa.user)
    screen(appeal, prue)

    assert first not in may_sit(appeal)


def test_who_found_that_a_condition_does_not_count_has_no_seat(office, rosa, ida, sam, prue):
    director = StaffFactory(role="medical-director", program=NM)
    sent = unlisted(rosa, ida)
    say(the_review(sent), director, ReviewAnswer.DOES_NOT_COUNT)
    decided = {case.key: case.decision for case in service_cases(sent) if case.decision}
    service = next(iter(decided))
    # A worker decides on the director's word, with a reason of their own.
    no = decide(sent, service, Outcome.NOT_AVAILABLE, ida, **NO)
    countersign(sent, no, sam)
    notice = notices.tell_family(application=sent, by=ida, at=timezone.now())
    sits(director)

    appeal = ask(notice, rosa.user)
    screen(appeal, prue)

    assert director not in may_sit(appeal)


def test_taking_back_the_rest_leaves_what_the_committee_says_to_be_granted(
    refused_in_part, application, rosa, prue, committee
):
    appeal = ask(refused_in_part, rosa.user)
    with_committee(appeal, committee, prue)
    applications.withdraw(application=application, by=rosa.user, at=timezone.now(), reason="enough")

    answer(appeal, committee[0], "reversed")

    granted = AppealedService.objects.get().granted
    assert EnrolledService.objects.get().decision == granted
    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN
    closed = appeal_decisions.close(appeal=appeal, by=prue, at=timezone.now())
    assert closed.state == AppealState.CLOSED


def test_a_yes_after_the_birthday_that_ends_it_holds_from_the_no_until_then(
    refused_in_part, application, rosa, prue, committee
):
    appeal = ask(refused_in_part, rosa.user)
    with_committee(appeal, committee, prue)
    refused_on = today()
    birthday = application.child.birthday(21)

    with time_machine.travel(timezone.now() + (birthday - today()) + timedelta(days=3)):
        decided = answer(appeal, committee[0], "reversed")

    assert decided.state == AppealState.DECIDED
    service = EnrolledService.objects.get()
    assert (service.starts_on, service.ends_on) == (refused_on, birthday)
    assert Enrollment.objects.get().starts_on == refused_on
    assert not Message.objects.filter(key="intake/welcome").exists()


def test_a_yes_that_a_birthday_overtook_is_asked_of_the_rules_again(
    application, rosa, ida, signed_in
):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    page = reverse("intake:tell_family", args=[application.number])
    birthday = application.child.birthday(21)

    with time_machine.travel(timezone.now() + (birthday - today()) + timedelta(days=3)):
        desk = signed_in(ida)
        assert "Ask them again" in desk.get(page, follow=True).content.decode()
        assert "Ask them again" in desk.post(page, {"seen": ""}, follow=True).content.decode()
        assert not Notice.objects.exists()
        desk.post(reverse("intake:ask_the_rules", args=[application.number]))
        case = next(c for c in service_cases(application) if c.key == "care_coordination")

    assert case.is_outdated
