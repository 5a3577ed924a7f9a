"""Who leaves, decides, asks and takes back at the same moment: each finds one state, and nobody an error."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connections
from django.utils import timezone

from intake.actions import appeals, enrollments
from intake.actions.appeal_reviews import NotIndependent
from intake.appeal_states import AppealState
from intake.models import Appeal, EndReason, Enrollment, Notice
from intake.states import WrongMove
from tests.intake.refusing import answer, ask, with_committee

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WAIT = 30


def at_once(*acts):
    """Do all of this at the same moment, each over a connection of its own; return what became of each."""
    start, became = threading.Barrier(len(acts)), []

    def one(act):
        start.wait(WAIT)
        try:
            act()
            became.append("done")
        except (WrongMove, NotIndependent, appeals.NothingToReview) as refusal:
            became.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return Counter(became)


def test_two_members_answer_at_the_same_moment_and_one_is_kept(appeal, prue, committee):
    with_committee(appeal, committee, prue)

    became = at_once(*(lambda by=by: answer(appeal, by, "reversed") for by in committee))

    assert became == {"done": 1, "WrongMove": 2}
    assert Notice.objects.filter(application=appeal.application).count() == 2


def test_a_family_leaves_while_the_committee_says_yes(appeal, prue, committee, rosa):
    with_committee(appeal, committee, prue)
    held = Enrollment.objects.get(child=rosa.child)

    became = at_once(
        lambda: answer(appeal, committee[0], "reversed"),
        lambda: enrollments.end(
            enrollment=held,
            reason=EndReason.FAMILY,
            review_wish="take_back",
            by=rosa.user,
            at=timezone.now(),
        ),
    )

    appeal.refresh_from_db()
    assert sum(became.values()) == 2
    assert became["done"] >= 1
    if appeal.state == AppealState.WITHDRAWN:
        assert not Enrollment.objects.open().filter(child=rosa.child).exists()


def test_a_review_asked_for_ten_times_at_once_is_one(notice, rosa):
    became = at_once(*(lambda: ask(notice, rosa.user) for _click in range(10)))

    assert became == {"done": 10}
    assert Appeal.objects.count() == 1
