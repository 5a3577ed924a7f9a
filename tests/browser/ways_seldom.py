"""Ways of the album to what happens seldom: a missed call, a release taken back, a right that ends."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families import moving
from cms_portal.families.models import Authority, Guardian, Release
from cms_portal.offices.models import County
from intake.actions import urgent_needs
from intake.models import Application, ContactOutcome, UrgentNeed
from tests.browser.ways import SEND, of


def how_to_reach(username: str) -> Callable[[], str]:
    """Return how to find the page on which an adult says how to reach them."""

    def find() -> str:
        return reverse("families:contact", args=[Guardian.objects.get(user__username=username).pk])

    return find


def online_only_without_email(page: Page) -> None:
    """Ask for letters online alone, without a way to say that one is there."""
    page.locator('[name="online_only"]').evaluate("(box) => box.checked = true")
    page.locator('[name="email"]').fill("rosa@nowhere")
    page.locator(SEND).last.click()


def urgent_need() -> str:
    return reverse("intake:urgent_need", args=[_need().pk])


def _need() -> UrgentNeed:
    """Return what cannot wait for Lucía, which Rosa tells if she did not."""
    application = Application.objects.filter(child__first_name="Lucía").latest("pk")
    need = UrgentNeed.objects.open().filter(application=application).first()
    return need or urgent_needs.tell(
        application=application,
        kinds=["medicine"],
        phone="+15055550134",
        may_leave_message=True,
        by=application.started_by,
        at=timezone.now(),
    )


def told_of_missed_call() -> str:
    """Return the family's page of what cannot wait, after Ida called and reached nobody."""
    need = _need()
    if not need.missed_calls.exists():
        urgent_needs.note_missed_call(
            need=need,
            phone=need.phone,
            outcome=ContactOutcome.MESSAGE_LEFT,
            next_step="I call again at 3 p.m.",
            by=User.objects.get(username="ida"),
            at=timezone.now(),
        )
    return of("Lucía", "tell_urgent")()


def miss_nothing(page: Page) -> None:
    """Write a missed call down without a word of what came of it."""
    page.locator('form[action$="/missed/"] button').click()


def miss_the_call(page: Page) -> None:
    """Write down that nobody answered, and what comes next."""
    form = page.locator('form[action$="/missed/"]')
    form.locator('[type="radio"]').first.evaluate("(choice) => choice.click()")
    form.locator('[name="next_step"]').fill("I call again at 3 p.m., then her sister.")
    form.locator("button").click()


def press(path: str) -> Callable[[Page], None]:
    """Return how to press the button whose form goes to a path that ends so, unless it was pressed."""

    def once(page: Page) -> None:
        button = page.locator(f'main form[action$="/{path}/"] button')
        if button.count():
            button.first.click()

    return once


def release() -> str:
    """Return the page on which Dana takes back the release of Zoe's record, which she signs before."""
    signed = Release.objects.filter(child__first_name="Zoe").first()
    if signed is None:
        guardian = Guardian.objects.get(user__username="dana")
        families.release_to_program(
            child=guardian.authorities.get().child,
            guardian=guardian,
            county=County.objects.get(program="nm-cms", name="Santa Fe"),
            parts=[part.key for part in moving.parts()],
            words="I let you copy it.",
            signed_name="Dana Whitfield",
            by=User.objects.get(username="dana"),
            at=timezone.now(),
        )
        signed = Release.objects.get(child__first_name="Zoe")
    return reverse("families:take_back", args=[signed.pk])


def take_back(page: Page) -> None:
    button = page.locator("main form button")
    if button.count():
        button.click()


def end_authority() -> str:
    """Return the form that ends what Rosa may do for Mateo."""
    held = Authority.objects.get(guardian__user__username="rosa", child__first_name="Mateo")
    return reverse("families:end_authority", args=[held.pk])


def look_up(words: str) -> Callable[[Page], None]:
    """Return how a worker looks for a child whose name was misspelled."""

    def look(page: Page) -> None:
        page.locator('[name="look_for"]').first.fill(words)
        page.locator('[name="look"]').click()

    return look


def take_in_with_a_wrong_date(page: Page) -> None:
    """Choose two files and a day that has not come, and come to the form that still has them."""
    for field in ("papers", "photos"):
        scan = {"name": f"{field}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a"}
        page.locator(f'[name="{field}"]').first.set_input_files(scan)  # type: ignore[arg-type]
    page.locator('[name="received_on_year"]').fill("2031")
    page.locator(SEND).last.click()
