"""When a child died everything stops, nobody is written to, and a person calls the family."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications import mailing
from cms_portal.notifications.actions import queue
from cms_portal.notifications.delivery import deliver
from cms_portal.notifications.models import HELD_BACK, Message, MessageState
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task
from intake.actions import appeals, applications, deaths, enrollments, reopening
from intake.appeal_states import AppealState
from intake.living import ChildDied
from intake.models import (
    Application,
    Death,
    EndReason,
    EnrolledService,
    Enrollment,
    Helper,
    Status,
    VisitState,
)
from intake.referral_states import CloseReason, ReferralStatus
from intake.renewals import can_renew
from intake.states import RequestState
from tests.factories import FamilyFactory, SecondHomeFactory, the_portal
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import NM, days_from_today, today
from tests.intake.referring import refer
from tests.intake.refusing import ask
from tests.intake.test_urgent_needs import told
from tests.intake.test_visits import at, plan

YESTERDAY = timedelta(days=1)


def die(child, by, **more):
    facts = {"died_on": today(NM) - YESTERDAY, "told_by": "Rosa Baca, mother"}
    return deaths.record_death(child=child, by=by, at=timezone.now(), **(facts | more))


def count_sent():
    return Message.objects.exclude(state=MessageState.FAILED).count()


def test_the_enrollment_ends_with_the_day_and_no_letter_goes_out(enrolled, ida):
    die(enrolled.child, ida)

    enrolled.refresh_from_db()
    enrolled.child.refresh_from_db()
    assert enrolled.child.died_on == today(NM) - YESTERDAY
    assert (enrolled.end_reason, enrolled.last_day) == (EndReason.DIED, today(NM) - YESTERDAY)
    assert not EnrolledService.objects.filter(ends_on__gt=today(NM)).exists()
    assert not Message.objects.filter(key="intake/enrollment_ended").exists()


def test_an_enrollment_that_ran_out_before_ends_too_and_keeps_its_day(enrolled, ida):
    enrolled.ends_on = enrolled.starts_on
    save_tracked(enrolled, by=ida, reason="it ran out")

    die(enrolled.child, ida, died_on=today(NM))

    enrolled.refresh_from_db()
    assert (enrolled.is_open, enrolled.ends_on) == (False, enrolled.starts_on)


def test_what_has_not_left_is_held_back_by_every_way(enrolled, ida):
    letters = Message.objects.letters().filter(child=enrolled.child)
    assert letters.to_print().count() > 1
    first = letters.to_print().first()
    mailing.print_letters(letters=[first], dated_on=today(), by=ida, at=timezone.now())
    mail = Message.objects.to_send().filter(child=enrolled.child).first()

    die(enrolled.child, ida)

    assert set(Message.objects.values_list("state", "error_code")) == {("failed", HELD_BACK)}
    assert not Task.objects.open().filter(kind="reach_family").exists()
    assert "take them out of the mail" in Task.objects.get(kind=deaths.CALL).why
    if mail is not None:
        assert deliver(mail.pk, now=timezone.now(), by=the_portal()) is None


def test_a_letter_that_somebody_else_prints_at_that_moment_stays_out_of_the_batch(enrolled, ida):
    letter = Message.objects.to_print().first()
    enrolled.child.died_on = today(NM)
    save_tracked(enrolled.child, by=ida, reason="told elsewhere")
    assert (
        mailing.print_letters(letters=[letter], dated_on=today(), by=ida, at=timezone.now()) is None
    )


def test_nothing_is_written_afterwards_whoever_writes(enrolled, rosa, ida):
    die(enrolled.child, ida)
    enrolled.child.refresh_from_db()

    late = queue(key="intake/draft_reminder", guardian=rosa.guardian, child=enrolled.child, by=ida)
    assert (late.state, late.error_code) == (MessageState.FAILED, HELD_BACK)
    assert list(Task.objects.open().values_list("kind", flat=True)) == [deaths.CALL]


def test_every_home_stops_and_applications_are_withdrawn(enrolled, rosa, ida):
    other = SentApplicationFactory(family=SecondHomeFactory(child=rosa.child))
    draft = answer(start(SecondHomeFactory(child=rosa.child)))

    die(rosa.child, ida)

    states = Application.objects.filter(pk__in=[other.pk, draft.pk]).values_list(
        "status", flat=True
    )
    assert set(states) == {Status.WITHDRAWN}
    assert not Application.objects.open().filter(child=rosa.child).exists()


def test_another_child_of_the_home_goes_on(rosa, ida):
    SentApplicationFactory(family=rosa)
    brother = SentApplicationFactory(family=FamilyFactory(household=rosa.household))
    waiting = Message.objects.filter(child=brother.child)
    assert waiting.exists()

    die(rosa.child, ida)

    brother.refresh_from_db()
    assert brother.is_open
    assert not waiting.filter(state=MessageState.FAILED, error_code=HELD_BACK).exists()


def test_a_review_is_over_and_no_committee_writes(appeal, ida):
    die(appeal.application.child, ida)

    appeal.refresh_from_db()
    assert appeal.state == AppealState.WITHDRAWN
    with pytest.raises(appeals.NothingToReview):
        ask(appeal.notice, appeal.kept_by)


def test_requests_visits_and_what_cannot_wait_are_closed_without_a_word(
    asked, sent, office, rosa, ida
):
    visit, need = plan(sent, rosa.user, at(office)), told(sent)
    before = Message.objects.count()

    die(rosa.child, ida)

    for row in (asked, visit, need):
        row.refresh_from_db()
    assert (asked.state, visit.state) == (RequestState.CANCELLED, VisitState.CANCELLED)
    assert need.spoke_with == "Rosa Baca, mother"
    assert Message.objects.count() == before
    assert count_sent() == 0


@pytest.mark.parametrize("days", [None, 30])
def test_a_helper_sees_nothing_any_more(draft, hal, ida, rosa, days):
    applications.let_help(
        application=draft,
        helper=hal,
        on=today(NM),
        ends_on=days and days_from_today(days),
        by=rosa.user,
    )

    die(draft.child, ida)

    assert not Helper.objects.on(today(NM)).exists()


def test_a_referral_still_open_is_closed_and_nobody_hears_of_it(office, ida, rosa):
    referral = refer(office.county, news_by="email", may_tell_referrer=True)
    referral.child = rosa.child
    save_tracked(referral, by=ida, reason="of this child")
    before = Message.objects.count()

    die(rosa.child, ida)

    referral.refresh_from_db()
    assert (referral.status, referral.close_reason) == (ReferralStatus.CLOSED, CloseReason.DIED)
    assert Message.objects.count() == before


def test_one_task_is_left_to_call_the_family(enrolled, ida):
    ask_for(program=NM, kind="x", title="x", due_on=today(), child=enrolled.child, by=ida)
    breach = ask_for(
        program=NM, kind="filed_by_mistake", title="x", due_on=today(), child=enrolled.child, by=ida
    )
    die(enrolled.child, ida)
    die(enrolled.child, ida, told_by="again")

    call = Task.objects.get(kind=deaths.CALL)
    assert call.owner is not None
    assert set(Task.objects.open().filter(child=enrolled.child)) == {call, breach}
    assert Death.objects.get().told_by == "Rosa Baca, mother"


@pytest.mark.parametrize("day", ["tomorrow", "before birth"])
def test_nobody_dies_on_a_day_to_come_or_before_birth(rosa, ida, day):
    born = rosa.child.date_of_birth
    died_on = days_from_today(2) if day == "tomorrow" else born - YESTERDAY
    with pytest.raises(deaths.WrongDay):
        die(rosa.child, ida, died_on=died_on)


def test_nothing_begins_for_the_child_afterwards(enrolled, rosa, ida):
    die(rosa.child, ida)
    enrolled = Enrollment.objects.select_related("child").get(pk=enrolled.pk)

    assert not can_renew(enrolled, today(NM))
    with pytest.raises(ChildDied):
        applications.start(
            child=rosa.child, household=rosa.household, channel="web", start_key=uuid4(), by=ida
        )
    with pytest.raises(reopening.CannotOpen):
        reopening.look_again(enrollment=enrolled, by=ida, at=timezone.now())
    with pytest.raises(enrollments.NeedsDecision):
        enrollments.end(enrollment=enrolled, reason=EndReason.DIED, by=ida, at=timezone.now())


def test_in_error_it_is_taken_back_with_a_reason_and_nothing_opens_by_itself(enrolled, ida, sam):
    death = die(enrolled.child, ida)
    for _twice in range(2):
        deaths.take_back(death=death, why="Another child.", by=sam, at=timezone.now())

    enrolled.refresh_from_db()
    enrolled.child.refresh_from_db()
    assert enrolled.child.died_on is None
    assert not enrolled.is_open
    assert set(Message.objects.values_list("error_code", flat=True)) == {HELD_BACK}
    assert list(Task.objects.open().values_list("kind", flat=True)) == [deaths.LOOK]
    assert die(enrolled.child, ida) != death
