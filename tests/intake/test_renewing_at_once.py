"""Two acts on one home at the same moment wait for each other, and never in a ring."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import OperationalError, connections
from django.urls import reverse
from django.utils import timezone

from intake.actions import applications, deaths, enrollments, renewals
from intake.living import ChildDied
from intake.models import Application, EndReason, Enrollment
from intake.views import renewing
from tests.factories.dates import NM, today
from tests.intake.enrolling import enroll

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
A_MOMENT, WAIT = 0.5, 30


@pytest.fixture
def enrolled(rosa, ida, monkeypatch):
    """A child whose renewal takes a moment between looking at the enrollment and beginning."""
    held = enroll(rosa, ida)
    begin = applications.start

    def slowly(**told):
        time.sleep(A_MOMENT)
        return begin(**told)

    monkeypatch.setattr(renewals.applications, "start", slowly)
    monkeypatch.setattr(renewals, "can_renew", lambda enrollment, on: enrollment.is_open)
    return held


def meanwhile(enrolled, act):
    """Renew, and do something else a moment later; return what went wrong in either."""
    faults = []

    def one(work, after):
        time.sleep(after)
        try:
            work()
        except (renewals.NotNow, ChildDied):
            pass  # told so, and nothing was begun
        except OperationalError as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    by = enrolled.application.started_by
    works = [
        (lambda: renewals.begin(enrollment=enrolled, on=today(NM), by=by), 0),
        (act, A_MOMENT / 3),
    ]
    threads = [threading.Thread(target=one, args=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return faults


def test_a_renewal_begun_as_a_death_is_written_down_ends_with_it(enrolled, ida):
    faults = meanwhile(
        enrolled,
        lambda: deaths.record_death(
            child=enrolled.child, died_on=today(NM), told_by="Rosa", by=ida, at=timezone.now()
        ),
    )

    assert faults == []
    assert not Application.objects.open().exists()
    assert not Enrollment.objects.open().exists()


def test_a_renewal_begun_as_the_family_leaves_is_taken_back_or_not_begun(enrolled):
    faults = meanwhile(
        enrolled,
        lambda: enrollments.end(
            enrollment=enrolled,
            reason=EndReason.FAMILY,
            by=enrolled.application.started_by,
            at=timezone.now(),
        ),
    )

    assert faults == []
    assert not Application.objects.open().exists()


@pytest.mark.parametrize("sent", [{"change": "1"}, {"name": "Rosa Baca", "agrees": "on"}])
def test_who_sends_a_renewal_as_the_enrollment_ends_is_told_so(
    rosa, ida, monkeypatch, signed_in, sent
):
    enrolled, by = enroll(rosa, ida), rosa.user
    enrollments.end(enrollment=enrolled, reason=EndReason.FAMILY, by=by, at=timezone.now())
    monkeypatch.setattr(renewing.renewals, "can_renew", lambda enrollment, on: True)
    monkeypatch.setattr(renewals, "can_renew", lambda enrollment, on: False)

    page = signed_in(by).post(reverse("intake:renew", args=[enrolled.pk]), sent, follow=True)

    assert "You cannot renew this now." in page.content.decode()
