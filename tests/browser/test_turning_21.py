"""Turning 21 in New Mexico: a letter in time, a person who acts, and care that goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from carecoord.demo import families as home
from cms_portal.accounts.models import User
from cms_portal.families.models import AuthorityKind
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.journeys.filling import fill
from intake.models import EndReason, Enrollment
from intake.states import EnrollmentState
from tests.browser.leaving import open_session
from tests.browser.visitor import DESK, Inspector, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CF = {"text": "cystic fibrosis", "status": "reported", "icd10": "E84.9"}
ASTHMA = {"text": "asthma", "status": "reported", "icd10": "J45.40"}
DAYS_LEFT = 25


def enroll_nadia(illness: dict[str, str]) -> Enrollment:
    """Nadia speaks for herself, and turns 21 in some days."""
    people = {user.username: user for user in User.objects.filter(username__in=("ida", "sam"))}
    nadia = home.open_family_account("nadia", "Nadia Prueba", email="nadia@example.test")
    told = home.new_mexico_answers("Santa Fe", [{"text": illness["text"], "status": "reported"}])
    told["language"] |= {"spoken_language": "en", "written_language": "en"}
    application = home.start(
        nadia,
        home.NM,
        relation=AuthorityKind.OWN_APPLICANT,
        first_name="Nadia",
        last_name="Prueba",
        date_of_birth=home.born(21, days=-DAYS_LEFT),
    )
    fill(application, told, by=nadia)
    home.send(application, nadia, timezone.now() - timedelta(days=200))
    application.refresh_from_db()
    home.with_code(application, people["ida"], illness | {"status": "confirmed"})
    home.decide_as_recommended(
        application, people["ida"], people["sam"], timezone.now() - timedelta(days=190), "Not now."
    )
    return Enrollment.objects.get(child=application.child)


def read_letter(nadia: Visitor) -> None:
    """Nadia opens what we wrote to her about the birthday."""
    letter = Message.objects.get(key="intake/age_limit")
    open_session(nadia.page, nadia.address, "nadia")
    nadia.go("/messages/")
    nadia.look()
    nadia.follow(f'a[href$="/messages/{letter.pk}/"]')
    assert "turns 21" in nadia.text() and "Nobody did anything wrong" in nadia.text()


def test_a_young_adult_hears_in_time_and_a_worker_ends_it_on_the_birthday(
    visit, inspector: Inspector
):
    enrollment = enroll_nadia(ASTHMA)
    birthday = enrollment.child.birthday(21)
    call_command("tell_of_age_limits")
    nadia, ida = visit(width=320), visit(width=DESK)
    read_letter(nadia)

    assert Task.objects.get(kind="age_limit").about == enrollment
    ida.sign_in("ida")
    ida.go(enrollment.get_absolute_url())
    ida.look()
    ida.follow('a[href$="/end/"]')
    ida.keys.fill({"reason": EndReason.AGED_OUT})
    ida.follow('main form button[type="submit"]')

    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.ends_on) == (EnrollmentState.ENDED, birthday)
    # What she can get lasts until the birthday.
    nadia.go(enrollment.get_absolute_url())
    nadia.look()
    assert "The last day is" in nadia.text()
    for one in (nadia, ida):
        assert one.complaints == []
        assert one.keys.faults == []
        assert inspector.faults(one) == []


def test_care_for_cystic_fibrosis_goes_on_and_the_letter_says_so(visit, inspector: Inspector):
    enrollment = enroll_nadia(CF)
    birthday = enrollment.child.birthday(21)
    ends = {row.service: row.ends_on for row in enrollment.services.all()}
    assert ends["care_coordination"] == birthday < enrollment.ends_on
    call_command("tell_of_age_limits")
    nadia = visit(width=320)
    read_letter(nadia)

    assert "This goes on:" in nadia.text()
    assert enrollment.is_open
    assert Task.objects.get(kind="age_limit").about == enrollment
    nadia.go(enrollment.get_absolute_url())
    nadia.look()
    assert "Enrolled from" in nadia.text()
    assert nadia.complaints == []
    assert inspector.faults(nadia) == []
