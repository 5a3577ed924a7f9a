"""A school nurse refers a child without script; the office decides; the receipt says little."""

from __future__ import annotations

from typing import Any

import pytest

from intake.models import Application, Referral
from tests.browser.answers import NEW_MEXICO, on_one_page
from tests.browser.deciding import decide_each_service, stand_behind, tell_the_family
from tests.browser.visitor import DESK, Inspector, Visitor
from tests.factories.dates import born

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BORN = born(9, days=40)
PAGE = {
    "source": "school",
    "referrer_name": "Nina Nurse",
    "referrer_email": "nina@example.test",
    "news_by": "email",
    "first_name": "Marisol",
    "last_name": "Prueba",
    "born_on_month": str(BORN.month),
    "born_on_day": str(BORN.day),
    "born_on_year": str(BORN.year),
    "guardian_name": "Elena Prueba",
    "phone": "505-555-0122",
    "calling": "voicemail",
    "county": "Santa Fe",
    "reasons": ["no_doctor", "school_lacks"],
    "words": "The inhaler is empty.",
    "urgency": "medicine",
    "agrees": True,
    "agreed_by": "Elena Prueba",
}
SUBMIT = 'main form button[type="submit"]'
RECEIPT = ".receipt__link a"


def refer_a_child(nurse: Visitor) -> None:
    """Come from the front page, send it too early, mend it, and open the receipt."""
    nurse.go("/nm-cms/")
    nurse.look()
    nurse.follow('main a[href="/nm-cms/refer/"]')
    nurse.keys.fill({key: PAGE[key] for key in ("source", "referrer_name", "referrer_email")})
    nurse.follow(SUBMIT)
    assert "Nina Nurse" in nurse.page.content()
    rest: dict[str, Any] = {key: PAGE[key] for key in PAGE if key not in ("source",)}
    nurse.keys.fill(rest)
    nurse.follow(SUBMIT)
    assert "Thank you. We have your referral." in nurse.text()
    nurse.follow(RECEIPT)


def take_the_application(worker: Visitor) -> Application:
    """Find the urgent family on top of the list, call it, and take what it says."""
    worker.follow('a[href="/referrals/"]')
    first = worker.page.locator("tbody tr").first
    assert "Urgent" in first.inner_text()
    number = Referral.objects.get(first_name="Marisol").number
    worker.follow(f'a[href="/referrals/{number}/"]')
    worker.keys.fill({"channel": "call", "outcome": "no_answer"})
    worker.follow('form[action$="/tries/"] button')
    worker.follow('a[href$="/apply/"]')
    assert worker.page.locator('[name="first_name"]').input_value() == "Marisol"
    worker.keys.fill({"relation": "parent"})
    worker.follow(f"{SUBMIT}:not([name])")
    application = Application.objects.get(child__first_name="Marisol")
    confirmed = {
        "conditions-0-text": "as the paper says",
        "conditions-0-icd10": "J45.40",
        "conditions-0-status": "confirmed",
    }
    worker.keys.fill(on_one_page(application, NEW_MEXICO | {"conditions": confirmed}))
    worker.keys.fill({"sign-name": "Elena Prueba", "sign-agrees": True})
    worker.follow('button[name="send"]')
    assert worker.path == f"/applications/{application.number}/review/", worker.text()
    return application


def test_a_school_nurse_refers_and_a_person_decides(visit, inspector: Inspector):
    nurse = visit(script=False)
    refer_a_child(nurse)
    receipt = nurse.path
    assert "We have your referral" in nurse.text()

    worker = visit(width=DESK)
    worker.sign_in("ida")
    application = take_the_application(worker)
    worker.follow('a[href="/queue/"]')
    worker.follow(f'a[href="/applications/{application.number}/review/"]')
    worker.follow('form[action$="/rules/"] button')
    decide_each_service(worker)
    second = visit(width=DESK)
    second.sign_in("sam")
    stand_behind(second, application)
    tell_the_family(worker, application)

    nurse.go(receipt)
    nurse.look()
    assert "We reached the family" in nurse.text()
    for told in ("Marisol", "Elena", "Ida", "inhaler", application.number):
        assert told not in nurse.page.locator("main").inner_text()
    for visitor in (nurse, worker):
        assert visitor.complaints == []
        assert visitor.keys.faults == []
        assert inspector.faults(visitor) == []


def test_who_referred_gives_another_number_when_nobody_answers(visit):
    nurse = visit()
    refer_a_child(nurse)
    receipt = nurse.path
    assert "another number" not in nurse.text()

    worker = visit(width=DESK)
    worker.sign_in("ida")
    worker.go(Referral.objects.get(first_name="Marisol").get_absolute_url())
    worker.keys.fill({"channel": "call", "outcome": "wrong_number"})
    worker.follow('form[action$="/tries/"] button')

    nurse.go(receipt)
    nurse.keys.fill({"phone": "505-555-0144"})
    nurse.follow(SUBMIT)
    assert "Thank you. We have the number." in nurse.text()
    worker.go(Referral.objects.get(first_name="Marisol").get_absolute_url())
    assert "(505) 555-0144" in worker.text()
