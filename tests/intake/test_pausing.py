"""A family that paused reads what still holds: the last day, and that nothing reminds it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.actions import enrollments
from tests.intake.enrolling import enroll
from tests.intake.paper import words


@pytest.fixture
def enrolled(rosa, ida):
    return enroll(rosa, ida)


def read(browser, enrolled):
    return words(browser.get(reverse("intake:enrollment", args=[enrolled.pk])))


def test_a_pause_says_the_last_day_and_promises_no_reminder(enrolled, rosa, signed_in):
    last = f"{enrolled.last_day:%B} {enrolled.last_day.day}, {enrolled.last_day.year}"
    assert "We remind you" in read(signed_in(rosa.user), enrolled)

    enrollments.pause(enrollment=enrolled, by=rosa.user, at=timezone.now())
    page = read(signed_in(rosa.user), enrolled)

    assert f"The last day stays {last}. While you pause, we send no reminders." in page
    assert "We remind you" not in page
    assert "Go on whenever you want" in page
