"""Ways to the pages of a review: of those the demo's families asked for, and of one to ask for."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from carecoord.demo.reviews import DECIDED, MORE_ASKED, TAKEN_BACK, UNDER_REVIEW
from intake.models import Appeal, Application

WHY = "Ahora ganamos menos. Mando los talones de pago."
SEND = 'main form button[type="submit"]'


STATES = {
    "read": UNDER_REVIEW,
    "asked-more": MORE_ASKED,
    "decided": DECIDED,
    "taken-back": TAKEN_BACK,
}


def family_of(number: int) -> str:
    return f"family-{number + 1}"


def asked_by(number: int) -> Appeal:
    """Return the review that a family of Cleo's caseload asked for."""
    return Appeal.objects.get(kept_by__username=family_of(number))


def appeal(number: int, page: str = "appeal") -> Callable[[], str]:
    return lambda: reverse(f"intake:{page}", args=[asked_by(number).number])


def write_down(number: int) -> Callable[[], str]:
    """Return the way to writing down a request about the notice of a review that was taken back."""

    def address() -> str:
        notice = asked_by(number).notice
        return reverse("intake:appeal_ask", args=[notice.application.number, notice.pk])

    return address


def ask_for_review(child: str) -> Callable[[], str]:
    """Return the way to asking for a review of what a child was refused."""

    def address() -> str:
        application = Application.objects.filter(child__first_name=child).latest("pk")
        notice = application.notices.earliest("pk")
        return reverse("intake:appeal_ask", args=[application.number, notice.pk])

    return address


def send_request(page: Page) -> None:
    """Ask, the first time; afterwards the same address leads to where the review stands."""
    if page.locator('[name="narrative"]').count():
        page.locator('[name="narrative"]').fill(WHY)
        page.locator('[name="address"]').fill("PO Box 118, Santa Fe")
        page.locator('[name="phones"]').fill("505-555-0134")
        page.locator(SEND).click()


def add_something(page: Page) -> None:
    send_request(page)
    page.locator('a[href$="/add/"]').click()


def screen_wrong(page: Page) -> None:
    """Say no without a reason."""
    page.locator('[name="accepts"][value="no"], [name="takes_up"][value="no"]').first.evaluate(
        "(choice) => choice.click()"
    )
    page.locator(SEND).click()


def name_nobody(page: Page) -> None:
    for box in page.locator('main form input[type="checkbox"]').all():
        box.evaluate("(box) => { box.checked = false; }")
    page.locator(SEND).click()
