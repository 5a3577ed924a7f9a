"""Who leaves while a review of a refusal is open says what becomes of it; nothing is chosen for them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.notifications.models import Message
from intake.actions import appeals, enrollments
from intake.actions.enrollments import ReviewOpen
from intake.appeal_states import AppealState
from intake.models import EndReason, Enrollment
from tests.factories import SecondHomeFactory
from tests.factories.applications import SentApplicationFactory
from tests.intake.enrolling import confirmed_asthma
from tests.intake.refusing import answer, ask, refuse, with_committee

GO_ON, TAKE_BACK = {"review_wish": "go_on"}, {"review_wish": "take_back"}


@pytest.fixture
def enrolled(appeal):
    """Something granted, something refused and asked about again."""
    return Enrollment.objects.get(child=appeal.application.child)


@pytest.fixture
def leave(enrolled, rosa, signed_in):
    """Rosa's browser, on the page that leaves."""
    browser, url = signed_in(rosa.user), reverse("intake:leave_program", args=[enrolled.pk])
    return lambda told=None: browser.get(url) if told is None else browser.post(url, told)


def letter():
    return Message.objects.filter(key="intake/enrollment_ended").last()


def test_the_page_speaks_of_the_review_and_chooses_nothing(leave, enrolled):
    page = leave().content.decode()

    assert "still open" in page
    assert f"if the answer is yes, {enrolled.child.called} is enrolled again" in page
    assert " checked" not in page


@pytest.mark.parametrize("told", [{}, {"review_wish": ""}, {"review_wish": "both"}])
def test_who_chooses_nothing_is_asked_kindly_and_has_not_left(leave, enrolled, appeal, told):
    answer = leave(told)

    assert answer.status_code == 422
    assert "Choose what becomes of the review." in answer.content.decode()
    enrolled.refresh_from_db()
    assert enrolled.is_open
    assert letter() is None


def test_a_review_that_goes_on_is_told_and_enrolls_again_by_a_yes(
    leave, enrolled, appeal, prue, committee
):
    leave(GO_ON)
    appeal.refresh_from_db()
    enrolled.refresh_from_db()
    assert appeal.is_open
    assert (enrolled.end_reason, enrolled.review_wish) == (EndReason.FAMILY, "go_on")
    assert "The review of our decision goes on" in letter().text

    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "reversed")
    assert Enrollment.objects.open().filter(child=enrolled.child).exists()


def test_a_review_taken_back_is_over_in_the_same_moment_and_told(leave, enrolled, appeal):
    leave(TAKE_BACK)

    appeal.refresh_from_db()
    enrolled.refresh_from_db()
    assert appeal.state == AppealState.WITHDRAWN
    assert appeal.withdrawn_at <= enrolled.ended_at
    assert "You took the review of our decision back" in letter().text


def test_from_two_tabs_the_first_choice_holds(leave, appeal):
    leave(GO_ON)
    told_twice = leave(TAKE_BACK)

    appeal.refresh_from_db()
    assert told_twice.status_code == 302
    assert appeal.is_open
    assert Message.objects.filter(key="intake/enrollment_ended").count() == 1


def test_a_review_settled_meanwhile_hinders_nobody_from_leaving(
    leave, enrolled, appeal, prue, committee
):
    assert "still open" in leave().content.decode()
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "upheld")

    assert leave(TAKE_BACK).status_code == 302
    enrolled.refresh_from_db()
    appeal.refresh_from_db()
    assert (enrolled.is_open, enrolled.review_wish) == (False, "")
    assert appeal.state == AppealState.DECIDED


def test_a_review_asked_for_meanwhile_is_asked_about(notice, rosa, signed_in):
    enrollment = Enrollment.objects.get(child=notice.application.child)
    browser, url = signed_in(rosa.user), reverse("intake:leave_program", args=[enrollment.pk])
    assert "still open" not in browser.get(url).content.decode()
    ask(notice, rosa.user)

    assert browser.post(url, {}).status_code == 422
    with pytest.raises(ReviewOpen):
        enrollments.end(
            enrollment=enrollment, reason=EndReason.FAMILY, by=rosa.user, at=timezone.now()
        )


def test_without_a_review_nobody_is_asked(notice, rosa, signed_in):
    enrollment = Enrollment.objects.get(child=notice.application.child)
    url = reverse("intake:leave_program", args=[enrollment.pk])

    assert signed_in(rosa.user).post(url, GO_ON).status_code == 302
    enrollment.refresh_from_db()
    assert enrollment.review_wish == ""


def test_the_review_of_another_home_is_never_spoken_of(rosa, ida, sam, prue, notice, signed_in):
    other = SecondHomeFactory(child=rosa.child)
    theirs = confirmed_asthma(SentApplicationFactory(family=other), ida)
    review = ask(refuse(theirs, ida, sam), other.user)
    mine = Enrollment.objects.get(household=rosa.household)
    url = reverse("intake:leave_program", args=[mine.pk])

    assert "still open" not in signed_in(rosa.user).get(url).content.decode()
    signed_in(rosa.user).post(url, TAKE_BACK)
    review.refresh_from_db()
    assert review.is_open


def test_a_worker_asks_it_only_where_the_family_wished_to_leave(enrolled, appeal, ida, signed_in):
    browser, url = signed_in(ida), reverse("intake:end_enrollment", args=[enrolled.pk])

    refused = browser.post(url, {"reason": "family"})
    assert refused.status_code == 422
    assert "Choose what becomes of the review." in refused.content.decode()
    assert browser.post(url, {"reason": "moved"}).status_code == 302
    appeal.refresh_from_db()
    assert appeal.is_open


def test_a_worker_keeps_what_the_family_wished(enrolled, appeal, ida, signed_in):
    url = reverse("intake:end_enrollment", args=[enrolled.pk])
    signed_in(ida).post(url, {"reason": "family", **TAKE_BACK})

    appeal.refresh_from_db()
    assert appeal.state == AppealState.WITHDRAWN


@pytest.mark.parametrize(
    ("told", "sentence"),
    [(GO_ON, "The open review goes on."), (TAKE_BACK, "took the open review back.")],
)
def test_the_history_tells_what_was_wished(leave, enrolled, sam, signed_in, told, sentence):
    leave(told)
    url = reverse("intake:history", args=[enrolled.application.number])

    assert sentence in signed_in(sam).get(url).content.decode()


def test_who_comes_back_starts_without_the_old_wish(leave, enrolled, rosa, appeal, prue, committee):
    leave(GO_ON)
    appeals.withdraw(appeal=appeal, words="", by=rosa.user, at=timezone.now())
    enrolled.refresh_from_db()
    enrolled.move_to("active", by=rosa.user, at=timezone.now(), reason="back")

    assert enrolled.review_wish == ""
