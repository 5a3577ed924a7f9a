"""How workers come to a decision by keyboard: one decides, a second stands behind it, the family hears."""

from __future__ import annotations

from intake.models import Application, Status
from tests.browser.visitor import Visitor

WORDS = "We will look again when the pool has answered."


def decide_each_service(worker: Visitor) -> None:
    """Confirm what the rules recommend; where they leave it to a person, say no with words.

    What was begun about the last service is still there when the first is decided.
    """
    services = worker.page.locator("article.service").evaluate_all("(all) => all.map((e) => e.id)")
    first, *others = services
    last = worker.page.locator(f'[id="{others[-1]}"]')
    last.locator(".service__decide > summary").click()
    last.locator("textarea").fill(WORDS)
    decide(worker, first)
    assert last.locator("textarea").is_visible()
    assert last.locator("textarea").input_value() == WORDS
    for service in others:
        decide(worker, service)


def decide(worker: Visitor, service: str) -> None:
    block = f'[id="{service}"]'
    if worker.page.locator(f"{block} .service__agree").count():
        worker.follow(f"{block} .service__agree button")
        return
    if not worker.page.locator(f"{block} .service__decide[open]").count():
        worker.keys.to(f"{block} .service__decide > summary")
        worker.page.keyboard.press("Enter")
    worker.keys.fill(
        {
            f"{service}-outcome": "not_available",
            f"{service}-reason_code": "family_told",
            f"{service}-words": WORDS,
        }
    )
    worker.follow(f"{block} .service__decide button")


def stand_behind(second: Visitor, application: Application) -> None:
    """Find the application in the queue, and countersign whatever waits for it."""
    second.follow(f'a[href="/applications/{application.number}/review/"]')
    signed = 0
    while second.page.locator('form[action*="/countersign/"]').count():
        second.follow('form[action*="/countersign/"] button')
        signed += 1
    assert signed


def tell_the_family(worker: Visitor, application: Application) -> None:
    worker.go(f"/applications/{application.number}/review/")
    worker.follow('.tell a[href$="/tell/"]')
    worker.follow('main form button[type="submit"]')
    application.refresh_from_db()
    assert application.status == Status.DECIDED
