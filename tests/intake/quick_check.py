"""A family that did the quick check, and goes on from it."""

from __future__ import annotations

import uuid

from django.urls import reverse
from django.utils import timezone

from eligibility import screening
from intake.actions import kept_answers
from intake.models import Application
from intake.prefilled import pages_from
from tests.factories.dates import NM, born, days_from_today

CONDITION = "hipotiroidismo-canario"
BORN = born(5)
TOLD = {
    "born": {"date_of_birth": BORN.isoformat()},
    "home": {"home": "stays", "zip_code": "87501"},
    "condition": {"text": CONDITION, "status": "confirmed"},
    "doctor": {"has_primary_care_provider": "yes"},
    "medicaid": {"medicaid": "denied"},
    "money": {"size": 4, "amount": "2500.00", "period": "monthly"},
    "pool": {"insurance_pool": "none"},
}
LUZ = {"first_name": "Luz", "last_name": "Baca", "relation": "parent"}


def sent(told=None, program=NM):
    return {"answers": screening.Screening(program, told or TOLD, days_from_today(0)).token}


def press_button(browser, program=NM, **more):
    return browser.post(
        reverse("intake:start_with_answers", args=[program]), sent(program=program) | more
    )


def name_child(browser, day=BORN, program=NM):
    date = {
        "date_of_birth_month": day.month,
        "date_of_birth_day": day.day,
        "date_of_birth_year": day.year,
    }
    browser.post(
        reverse("intake:new_child", args=[program]), LUZ | date | {"start_key": uuid.uuid4()}
    )
    return Application.objects.get(child__first_name="Luz")


def step(browser, application, key):
    return browser.get(reverse("intake:step", args=[application.number, key])).content.decode()


def keep(application):
    return kept_answers.keep(
        application=application,
        pages=pages_from(TOLD, application.program),
        by=application.started_by,
        at=timezone.now(),
    )
