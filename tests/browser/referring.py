"""Steps on the public page of a referral, quickly and with script."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page

from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Child
from intake.actions import referral_moves
from intake.models import ContactChannel, ContactOutcome, Referral

SEND = 'main form button[type="submit"]'


def refer_a_child(page: Page, **other: str) -> None:
    """Fill in the page of somebody who refers, and send it."""
    page.locator('[name="source"]').select_option("school")
    words = {
        "referrer_name": "Paula Ortiz",
        "referrer_email": "paula@example.test",
        "first_name": "Lupe",
        "last_name": "Serna",
        "age": "7",
        "phone": "505-555-0188",
        "agreed_by": "Ana Serna",
    } | other
    for name, text in words.items():
        page.locator(f'[name="{name}"]').fill(text)
    for choice in ('reasons"][value="no_doctor', "agrees"):
        page.locator(f'[name="{choice}"]').evaluate("(box) => box.click()")
    page.locator(SEND).click()


def open_the_receipt(page: Page, **other: str) -> None:
    """Refer a child, and follow the link to the receipt, here instead of at the public address."""
    refer_a_child(page, **other)
    link = page.locator(".receipt__link a").inner_text()
    page.goto(page.url.partition("/nm-cms/")[0] + "/" + link.split("/", 3)[3])


def _reached(referral: Referral, by: User) -> None:
    _try(referral, by, ContactOutcome.REACHED)


def _not_reached(referral: Referral, by: User) -> None:
    _try(referral, by, ContactOutcome.NO_ANSWER)


def _try(referral: Referral, by: User, outcome: str) -> None:
    referral_moves.log_attempt(
        referral=referral,
        channel=ContactChannel.CALL,
        outcome=outcome,
        reached="Ana Serna" if outcome == ContactOutcome.REACHED else "",
        note="",
        by=by,
        at=timezone.now(),
    )


def _passed_on(referral: Referral, by: User) -> None:
    referral_moves.pass_on(referral=referral, to="Family Infant Toddler", by=by, at=timezone.now())


def _closed(referral: Referral, by: User) -> None:
    child = Child.objects.get(first_name="Mateo")
    referral_moves.already_served(referral=referral, child=child, by=by, at=timezone.now())


def _with_us(referral: Referral, by: User) -> None:
    """Close it as already with us, where the family agreed that who referred hears of it."""
    referral.may_tell_referrer = True
    save_tracked(referral, by=by, reason="the family agreed")
    _closed(referral, by)


MOVED = {
    "reached": _reached,
    "not-reached": _not_reached,
    "passed-on": _passed_on,
    "closed": _closed,
    "with-us": _with_us,
}


def receipt_after(move: Callable[[Referral, User], None]) -> Callable[[Page], None]:
    """Return how to come to the receipt of a referral about which a worker did something since."""

    def come(page: Page) -> None:
        # Another child each time: the referral of one whom somebody referred before is joined to that.
        number = Referral.objects.count()
        name = chr(ord("A") + number % 26) * 4
        open_the_receipt(
            page, first_name=name, last_name=name, phone=f"505-555-01{number % 100:02}"
        )
        move(Referral.objects.latest("pk"), User.objects.get(username="ida"))
        page.reload()

    return come
