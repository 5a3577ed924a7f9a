"""A refusal, a request for a review of it, the committee, and the yes: by keyboard alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from eligibility.models import Outcome, ServiceDecision
from intake.appeal_states import AppealState
from intake.models import Appeal, Application
from tests.browser.visitor import DESK, Inspector, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBMIT = 'main form button[type="submit"]'
WHY = "El fondo nos aceptó ayer. Mando la carta."
REASONS = "La carta del fondo dice que acepta a Mateo desde este mes."


def test_a_refusal_to_a_review_to_a_reversal(visit, inspector: Inspector):
    application = Application.objects.get(child__first_name="Mateo", child__last_name="Gallegos")
    decision = reverse("intake:decision", args=[application.number])
    mother = visit()
    mother.sign_in("rosa")
    mother.go(decision)
    ask_for_a_review(mother)
    appeal = Appeal.objects.get(application=application)
    assert (appeal.state, appeal.channel) == (AppealState.REQUESTED, "portal")

    supervisor = visit(width=DESK)
    supervisor.sign_in("prue")
    take_up(supervisor, appeal)

    member = visit(width=DESK)
    member.sign_in("rita")
    say_yes(member, appeal)

    mother.go(appeal.get_absolute_url())
    assert REASONS in mother.text()
    mother.go(decision)
    assert REASONS in mother.text()
    granted = ServiceDecision.objects.get(granted_by_appeal__appeal=appeal)
    assert (granted.outcome, granted.decided_by.username) == (Outcome.AVAILABLE, "rita")
    for visitor in (mother, supervisor, member):
        assert visitor.complaints == []
        assert visitor.keys.faults == []
        assert inspector.faults(visitor) == []


def ask_for_a_review(mother: Visitor) -> None:
    """What is missing is said first; then it goes, and its page says by when we answer."""
    mother.follow('main a[href*="/notices/"][href$="/review/"]')
    mother.follow(SUBMIT)
    assert mother.page.locator(".usa-error-message").count()
    mother.keys.fill({"narrative": WHY})
    mother.follow(SUBMIT)
    assert WHY in mother.text()


def take_up(supervisor: Visitor, appeal: Appeal) -> None:
    """Find it in the queue, screen it, name three people, and give it to them."""
    supervisor.follow('nav a[href="/reviews/"]')
    supervisor.follow(f'a[href="{appeal.get_absolute_url()}"]')
    supervisor.follow('a[href$="/screen/"]')
    supervisor.follow(SUBMIT)
    supervisor.follow('a[href$="/committee/"]')
    for box in supervisor.page.locator('[name="members"]').evaluate_all(
        "(all) => all.map((one) => one.value)"
    ):
        supervisor.keys.to(f'[name="members"][value="{box}"]')
        supervisor.page.keyboard.press("Space")
    supervisor.follow(SUBMIT)
    supervisor.follow('form[action$="/pack/"] button')
    appeal.refresh_from_db()
    assert appeal.state == AppealState.UNDER_REVIEW
    assert appeal.packs.count() == 1


def say_yes(member: Visitor, appeal: Appeal) -> None:
    member.follow('nav a[href="/reviews/"]')
    member.follow(f'a[href="{appeal.get_absolute_url()}"]')
    member.follow('a[href$="/answer/"]')
    service = appeal.services.get()
    member.keys.fill(
        {
            f"service-{service.pk}-answer": "reversed",
            f"service-{service.pk}-reasons": REASONS,
            "signed_name": "Rita Salas",
        }
    )
    member.follow(SUBMIT)
    appeal.refresh_from_db()
    assert appeal.state == AppealState.DECIDED
