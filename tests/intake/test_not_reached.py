"""After three days of tries in two ways comes a letter and a supervisor's look; nothing is closed by it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import not_reached, referral_moves
from intake.models import Channel, ContactAttempt, Visit, VisitState
from intake.referral_words import Calling
from tests.factories import AddressFactory
from tests.factories.dates import NM
from tests.intake.referring import MONDAY, refer

KEY = "intake/could_not_reach"


@pytest.fixture
def referral(office, ida):
    return refer(office.county)


def try_to_reach(referral, by, *, days=(0, 1, 2), channels=("call", "text", "call")):
    for number, (day, channel) in enumerate(zip(days, channels, strict=True)):
        referral_moves.log_attempt(
            referral=referral,
            channel=channel,
            outcome="no_answer",
            reached="",
            note="",
            by=by,
            at=MONDAY + timedelta(days=day, hours=4 * number),
        )


def miss(application, office, worker, *, day, channel):
    """A planned time that passes, and nobody is there."""
    starts_at = timezone.now().replace(hour=16 + day, minute=0) - timedelta(days=10 - day)
    visit = Visit(
        program=NM,
        application=application,
        channel=channel,
        office=office,
        worker=worker,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        planned_by=worker,
        planned_at=starts_at,
    )
    save_tracked(visit, by=worker, reason="planned")
    visit.move_to(VisitState.MISSED, by=worker, at=timezone.now(), reason="nobody came")
    not_reached.after_missed_try(application=application, by=worker, at=timezone.now())


def test_two_tries_are_not_three(referral, ida):
    try_to_reach(referral, ida, days=(0, 1), channels=("call", "text"))
    assert not Task.objects.filter(kind="write_letter").exists()


def test_three_calls_are_only_one_way(referral, ida):
    try_to_reach(referral, ida, channels=("call", "call", "call"))
    assert not Task.objects.filter(kind="write_letter").exists()


def test_after_the_tries_a_worker_is_asked_to_write(referral, ida):
    try_to_reach(referral, ida)
    assert Task.objects.get(kind="write_letter").about == referral
    assert not Task.objects.filter(kind="review_no_contact").exists()


def test_the_letter_to_a_referred_family_names_no_child_and_asks_a_supervisor(
    referral, ida, sam, signed_in
):
    try_to_reach(referral, ida)
    answer = signed_in(ida).post(
        reverse("intake:referral_letter", args=[referral.number]),
        {
            "name": "Ana Luna",
            "street": "PO Box 9",
            "city": "Taos",
            "state": "NM",
            "zip_code": "87571",
            "language": "en",
        },
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    letter = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "PO Box 9" in letter and "closes nothing" in letter
    assert referral.first_name not in letter and referral.last_name not in letter
    task = Task.objects.get(kind="review_no_contact")
    assert (task.owner, task.about) == (sam, referral)
    assert ContactAttempt.objects.filter(channel="letter").count() == 1
    referral.refresh_from_db()
    assert referral.is_waiting
    assert not Task.objects.open().filter(kind="write_letter").exists()


def test_no_letter_where_contact_may_be_dangerous(office, ida, signed_in):
    referral = refer(office.county, calling=Calling.ASK_FIRST)
    page = reverse("intake:referral_letter", args=[referral.number])
    assert signed_in(ida).get(page).status_code == 404


def test_missed_calls_and_visits_of_an_application_bring_one_letter_and_close_nothing(
    application, rosa, ida, sam, office
):
    AddressFactory(household=rosa.household)
    miss(application, office, ida, day=1, channel=Channel.PHONE)
    miss(application, office, ida, day=2, channel=Channel.OFFICE)
    assert not Message.objects.filter(key=KEY).exists()
    miss(application, office, ida, day=3, channel=Channel.PHONE)
    miss(application, office, ida, day=4, channel=Channel.PHONE)

    letter = Message.objects.get(key=KEY)
    assert letter.channel == "letter" and "ends nothing" in letter.text
    assert Task.objects.get(kind="review_no_contact").owner == sam
    application.refresh_from_db()
    assert application.is_open
