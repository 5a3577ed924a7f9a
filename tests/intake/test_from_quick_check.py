"""From the quick check into an application: the answers come along to their child, and to nobody else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind
from intake.actions import applications
from intake.journeys import journey_of
from intake.models import Application, Assessment, Channel, KeptAnswer
from tests.factories import FamilyFactory
from tests.factories.dates import MS, NM, born, days_from_today
from tests.intake.quick_check import BORN, CONDITION, TOLD, name_child, press_button, step


@pytest.fixture
def mother(office, ida):
    """Somebody with an account whose child we do not know yet."""
    return FamilyFactory(household__county=office.county).user


def test_staff_carry_nothing(client, ida):
    client.force_login(ida)

    assert press_button(client).status_code == 403
    assert "quick_check" not in client.session


def test_a_worker_who_takes_the_draft_over_is_shown_nothing_of_it(client, mother, office, ida):
    press_button(client)
    client.force_login(mother)
    application = name_child(client)
    take_over(application, office, ida)

    desk = Client()
    desk.force_login(ida)
    page = desk.get(reverse("intake:phone", args=[application.number]))
    assert page.status_code == 200
    assert CONDITION not in page.content.decode()
    assert CONDITION not in step(desk, application, "conditions")


def test_the_next_person_at_a_shared_computer_gets_nothing(client, mother):
    press_button(client)
    client.force_login(mother)

    form = client.get(reverse("intake:new_child", args=[NM])).content.decode()
    application = name_child(client, day=born(9))

    assert f'value="{BORN.year}"' not in form
    assert not KeptAnswer.objects.exists()
    assert CONDITION not in step(client, application, "conditions")
    assert "quick_check" not in client.session


def test_after_signing_out_nothing_is_left_for_who_signs_in_next(client, mother, rosa):
    client.force_login(rosa.user)
    press_button(client)
    client.logout()
    client.force_login(mother)

    name_child(client)

    assert not KeptAnswer.objects.exists()


def test_another_account_in_the_same_window_gets_nothing(client, mother, rosa):
    client.force_login(rosa.user)
    press_button(client)
    client.force_login(mother)

    name_child(client)

    assert not KeptAnswer.objects.exists()


def test_after_an_hour_nothing_comes_along(client, mother):
    with time_machine.travel(timezone.now() - timedelta(minutes=61)):
        press_button(client)
    client.force_login(mother)

    name_child(client)

    assert not KeptAnswer.objects.exists()


def test_answers_we_did_not_sign_come_to_nothing(client, mother):
    client.force_login(mother)

    page = press_button(client, answers=signing.dumps(TOLD, salt="another"))

    assert page.status_code == 302
    assert "quick_check" not in client.session


def test_answers_for_one_program_do_not_fill_in_the_others(client, mother, mississippi):
    press_button(client, program=MS)
    client.force_login(mother)

    name_child(client)

    assert not KeptAnswer.objects.exists()


def test_a_known_child_of_another_birthday_gets_nothing(client, rosa):
    client.force_login(rosa.user)
    press_button(client)

    client.post(
        reverse("intake:start", args=[NM]), {"who": rosa.child.pk, "start_key": uuid.uuid4()}
    )

    assert rosa.child.date_of_birth != BORN
    assert Application.objects.get().child == rosa.child
    assert not KeptAnswer.objects.exists()


def test_no_answer_is_in_an_address_nor_readable_in_the_session_or_the_database(client, mother):
    answered = press_button(client)
    assert answered.headers["Location"] == reverse("intake:start", args=[NM])
    assert all(CONDITION not in str(one.get_decoded()) for one in Session.objects.all())

    client.force_login(mother)
    name_child(client)

    assert KeptAnswer.objects.exists()
    assert not any(CONDITION in row.told for row in KeptAnswer.objects.all())


def test_who_is_not_signed_in_is_led_to_it_and_from_there_to_the_application(client):
    away = client.get(press_button(client).headers["Location"])

    assert away.headers["Location"] == f"{reverse('account_login')}?next=/{NM}/apply/start/"


def test_the_child_of_that_birthday_finds_the_pages_filled_in_and_none_answered(client, mother):
    press_button(client)
    client.force_login(mother)
    application = name_child(client)

    page = step(client, application, "conditions")

    assert "From your quick check" in page
    assert f'value="{CONDITION}"' in page
    assert 'value="2,500.00"' in step(client, application, "income")
    assert not application.answered_pages.exists()
    assert not application.assessment.conditions.exists()
    assert journey_of(NM).first_open(application).key == "residence"
    check = client.get(reverse("intake:check", args=[application.number])).content.decode()
    assert CONDITION not in check


def test_a_page_sent_counts_as_answered_and_what_was_kept_for_it_is_gone(client, mother):
    press_button(client)
    client.force_login(mother)
    application = name_child(client)

    client.post(
        reverse("intake:step", args=[application.number, "medicaid"]), {"medicaid": "pending"}
    )

    assessment = Assessment.objects.get(application=application)
    assert assessment.medicaid == "pending"
    assert [page.step for page in application.answered_pages.all()] == ["medicaid"]
    assert "medicaid" not in KeptAnswer.objects.values_list("step", flat=True)
    assert "From your quick check" not in step(client, application, "medicaid")


def test_the_filled_in_condition_is_kept_as_sent(client, mother):
    press_button(client)
    client.force_login(mother)
    application = name_child(client)
    sent = {
        "conditions-TOTAL_FORMS": 1,
        "conditions-INITIAL_FORMS": 0,
        "conditions-0-text": CONDITION,
        "conditions-0-status": "reported",
    }

    client.post(reverse("intake:step", args=[application.number, "conditions"]), sent)

    assert application.assessment.conditions.get().text == CONDITION


def test_who_goes_back_after_choosing_the_wrong_child_brings_the_answers_again(client, rosa):
    client.force_login(rosa.user)
    same_page = {"csrfmiddlewaretoken": "x" * 64}
    press_button(client, **same_page)
    choice = {"who": str(rosa.child.pk), "start_key": uuid.uuid4()}
    client.post(reverse("intake:start", args=[NM]), choice)
    assert "quick_check" not in client.session

    press_button(client, **same_page)

    assert "quick_check" in client.session


def test_who_was_signed_in_when_pressing_the_button_finds_the_birthday_filled_in(client, rosa):
    client.force_login(rosa.user)
    press_button(client)

    form = client.get(reverse("intake:new_child", args=[NM])).content.decode()

    assert f'value="{BORN.year}"' in form


def take_over(application, office, worker):
    """The family goes on by telephone with a worker of its office."""
    applications.start(
        child=application.child,
        household=application.household,
        channel=Channel.PHONE,
        start_key=uuid.uuid4(),
        by=worker,
    )
    families.assign(
        child=application.child,
        household=application.household,
        office=office,
        worker=worker,
        kind=AssignmentKind.INTAKE,
        starts_on=days_from_today(0),
        by=worker,
        reason="goes on by telephone",
    )
