"""A paper is missing: a worker asks for it, the mother sends it from her phone, and the rest is decided."""

from __future__ import annotations

import pytest
from django.urls import reverse

from intake.models import Application, InformationRequest, Notice
from intake.states import RequestState
from tests.browser.deciding import decide
from tests.browser.visitor import DESK, Inspector, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBMIT = 'main form button[type="submit"]'


def test_missing_information_to_a_decision(visit, inspector: Inspector):
    application = Application.objects.filter(child__first_name="Lucía").latest("pk")
    review = reverse("intake:review", args=[application.number])
    worker = visit(width=DESK)
    worker.sign_in("ida")
    ask_what_medicaid_answered(worker, application)

    mother = visit()
    mother.sign_in("rosa")
    tell_in_words(mother)
    request = InformationRequest.objects.get(application=application, rule="covered_condition")
    assert request.state == RequestState.ANSWERED

    worker.go(review)
    decide(worker, "information_and_referral")
    worker.follow('.tell a[href$="/tell/"]')
    assert "Lucía" in worker.text()
    worker.follow(SUBMIT)
    notice = Notice.objects.get(application=application)
    assert [line.decision.service for line in notice.lines.all()] == ["information_and_referral"]

    mother.go(reverse("home"))
    mother.follow(f'a[href="{reverse("intake:decision", args=[application.number])}"]')
    assert str(notice.lines.get().last_day.year) in mother.text()

    for visitor in (worker, mother):
        assert visitor.complaints == []
        assert visitor.keys.faults == []
        assert inspector.faults(visitor) == []


def ask_what_medicaid_answered(worker: Visitor, application: Application) -> None:
    worker.go(reverse("intake:review", args=[application.number]))
    worker.follow('a[href$="/ask/payer_of_last_resort/"]')
    worker.keys.fill({"words": "Una foto de la carta basta."})
    worker.follow(SUBMIT)
    asked = InformationRequest.objects.get(application=application, rule="payer_of_last_resort")
    assert asked.is_open


def tell_in_words(mother: Visitor) -> None:
    """The home's one next step is what we wait for; without the paper, words will do."""
    mother.follow(".next-step a")
    mother.follow(SUBMIT)
    assert mother.page.locator(".usa-error-message").count()
    mother.keys.fill({"words": "La doctora manda la carta el lunes."})
    mother.follow(SUBMIT)
