"""A program says beforehand what it pays for: of a payable service, within its days, by another's word."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from eligibility.models import Outcome
from intake.actions import authorizations, enrollments, notices
from intake.authorization_states import FINAL, MOVES, AuthorizationState
from intake.models import Authorization, EndReason, EnrolledService
from intake.states import WrongMove
from tests.factories import SecondHomeFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, today
from tests.intake.deciding import countersign, decide

S = AuthorizationState
DAY = timedelta(days=1)
LIMIT = {"units": 12}


def enroll(application, service, by, second):
    """Decide on one service, whatever the rules say, and enroll the child in it."""
    decision = decide(
        application, service, Outcome.AVAILABLE, by, code="exception", words="Seen in the papers."
    )
    if decision.needs_countersign:
        countersign(application, decision, second)
    notices.tell_family(application=application, by=by, at=timezone.now())
    return EnrolledService.objects.get(enrollment__application=application, service=service)


@pytest.fixture
def service(application, ida, sam):
    return enroll(application, "medical_payment", ida, sam)


def asked(service, by, **changed):
    told = {
        "what": "Hearing aids, both ears",
        "provider": "Sound Clinic",
        "starts_on": service.starts_on,
        "ends_on": service.starts_on + 30 * DAY,
        "other_payers_said": "Medicaid said no on March 2.",
        **LIMIT,
    }
    return authorizations.request(service=service, by=by, at=timezone.now(), **(told | changed))


def approved(service, asker, decider, **changed):
    return authorizations.approve(
        authorization=asked(service, asker, **changed),
        words="Nobody else pays for them.",
        by=decider,
        at=timezone.now(),
    )


def test_every_state_has_a_way_out_or_is_final_and_can_be_reached():
    assert set(MOVES) == set(S)
    assert {state for state, moves in MOVES.items() if not moves} == set(FINAL)
    assert {S.REQUESTED} | {state for moves in MOVES.values() for state in moves} == set(S)


def test_a_program_that_only_coordinates_has_none(mississippi):
    family, _office = mississippi
    application = SentApplicationFactory(family=family)
    second = StaffFactory(role="program-supervisor", program=MS)
    service = enroll(application, "care_coordination", application.worker, second)

    with pytest.raises(authorizations.NotPayable):
        asked(service, application.worker)
    assert not Authorization.objects.exists()


def test_a_service_that_is_not_paid_for_has_none(application, ida, sam):
    service = enroll(application, "care_coordination", ida, sam)

    with pytest.raises(authorizations.NotPayable):
        asked(service, ida)


@pytest.mark.parametrize(("before", "after"), [(1, 0), (0, 1)])
def test_days_outside_the_enrollment_are_not_paid_for(service, ida, before, after):
    with pytest.raises(authorizations.NotPayable):
        asked(
            service,
            ida,
            starts_on=service.starts_on - before * DAY,
            ends_on=service.ends_on + after * DAY,
        )


def test_it_has_at_least_a_day(service, ida):
    with pytest.raises(authorizations.NotPayable):
        asked(service, ida, ends_on=service.starts_on)


def test_after_the_enrollment_ended_it_is_neither_asked_for_nor_approved(service, ida, sam, rosa):
    waiting = asked(service, ida)
    enrollments.end(
        enrollment=service.enrollment, reason=EndReason.FAMILY, by=rosa.user, at=timezone.now()
    )

    with pytest.raises(authorizations.NotPayable):
        asked(service, ida)
    with pytest.raises(authorizations.NotPayable):
        authorizations.approve(authorization=waiting, words="Yes", by=sam, at=timezone.now())


def test_another_homes_condition_is_its_own_matter(service, ida, rosa, office):
    other = SecondHomeFactory(child=rosa.child, household__county=office.county)
    theirs = SentApplicationFactory(family=other).assessment.conditions.first()
    ours = service.enrollment.application.assessment.conditions.first()

    with pytest.raises(authorizations.NotPayable):
        asked(service, ida, condition=theirs)
    assert asked(service, ida, condition=ours).condition == ours


@pytest.mark.parametrize("decide_it", [authorizations.approve, authorizations.deny])
def test_whoever_asked_does_not_decide(service, ida, decide_it):
    waiting = asked(service, ida)

    with pytest.raises(authorizations.OwnRequest):
        decide_it(authorization=waiting, words="Yes", by=ida, at=timezone.now())


def test_the_program_pays_last(service, ida, sam):
    with pytest.raises(authorizations.NobodyAskedFirst):
        approved(service, ida, sam, other_payers_said="")


def test_approved_it_is_in_force_on_its_days_only(service, ida, sam):
    row = approved(service, ida, sam)

    assert (row.state, row.decided_by) == (S.APPROVED, sam)
    for day, is_in_force in [
        (row.starts_on - DAY, False),
        (row.starts_on, True),
        (row.last_day, True),
        (row.ends_on, False),
    ]:
        assert Authorization.objects.in_force_on(day).exists() is is_in_force


def test_not_approved_it_is_final_and_can_be_asked_for_anew(service, ida, sam):
    row = authorizations.deny(
        authorization=asked(service, ida), words="Medicaid pays.", by=sam, at=timezone.now()
    )

    with pytest.raises(WrongMove):
        authorizations.approve(authorization=row, words="Yes", by=sam, at=timezone.now())
    assert asked(service, ida).state == S.REQUESTED
    assert Authorization.objects.awaiting_decision().count() == 1


def test_only_what_waits_is_taken_back(service, ida, sam):
    row = authorizations.withdraw(authorization=asked(service, ida), by=ida, at=timezone.now())

    assert (row.state, row.closed_by) == (S.WITHDRAWN, ida)
    with pytest.raises(WrongMove):
        authorizations.withdraw(
            authorization=approved(service, ida, sam), by=ida, at=timezone.now()
        )


def test_cancelled_it_ends_today_and_what_was_before_stays_approved(service, ida, sam):
    row = approved(service, ida, sam)
    later = timezone.now() + 10 * DAY

    row = authorizations.cancel(authorization=row, reason="moved", by=sam, at=later)

    assert row.state == S.CANCELLED
    assert Authorization.objects.in_force_on(row.starts_on).exists()
    assert not Authorization.objects.in_force_on(today() + 11 * DAY).exists()


def test_it_expires_after_its_last_day_and_no_earlier(service, ida, sam):
    row = approved(service, ida, sam)
    assert not Authorization.objects.over_on(row.last_day).exists()
    with pytest.raises(authorizations.NotOverYet):
        authorizations.expire(authorization=row, by=sam, at=timezone.now())

    assert Authorization.objects.over_on(row.ends_on).get() == row
    row = authorizations.expire(authorization=row, by=sam, at=timezone.now() + 40 * DAY)

    assert row.state == S.EXPIRED
    assert not Authorization.objects.over_on(row.ends_on).exists()


def test_a_limit_may_be_a_number_or_dollars(service, ida):
    row = asked(service, ida, units=None, amount_limit=Decimal("1200.50"))

    assert row.amount_limit == Decimal("1200.50")


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ("ends_on = starts_on - 1", "authorization_ends_after_it_starts"),
        ("units = NULL", "authorization_has_a_limit"),
        ("units = 0", "authorization_has_a_limit"),
        ("decision_words = ''", "authorization_decided_by_somebody_in_words"),
        ("state = 'requested'", "authorization_decided_by_somebody_in_words"),
        ("decided_by_id = requested_by_id", "authorization_decided_by_another"),
        ("other_payers_said = ''", "authorization_pays_last"),
        ("closed_at = now()", "authorization_closed_by_somebody"),
        ("state = 'expired'", "authorization_closed_by_somebody"),
    ],
)
def test_the_database_refuses(service, ida, sam, changed, constraint):
    approved(service, ida, sam)

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE intake_authorization SET {changed}")
