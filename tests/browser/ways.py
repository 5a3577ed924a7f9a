"""How the album comes to a page: its address, found in the demo's data, and what is done there first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from cms_portal import programs
from cms_portal.documents import actions as documents
from cms_portal.documents.models import Document
from eligibility import screening
from intake.models import Application, Enrollment, Envelope, InformationRequest, Referral
from tests.documents.files import photo, upload
from tests.factories.dates import born

SEND = 'main form button[type="submit"]:not([name])'


BORN = {"date_of_birth": born(5).isoformat()}
ASTHMA = {
    "condition": {"text": "asma", "status": "confirmed"},
    "which": {"code": "J45"},
    "doctor": {"has_primary_care_provider": "no"},
    "medicaid": {"medicaid": "not_applied"},
}
SANTA_FE: dict[str, dict[str, Any]] = {
    "born": BORN,
    "home": {"home": "stays", "zip_code": "87501"},
    **ASTHMA,
    "money": {"size": 4, "amount": "2500.00", "period": "monthly"},
    "pool": {"insurance_pool": "none"},
}
JACKSON = {
    "born": BORN,
    "home": {"home": "stays"},
    **ASTHMA,
    "insurance": {"private_insurance": "no"},
}
EL_PASO = {"born": BORN, "home": {"home": "elsewhere", "zip_code": "79901"}}


def of(child: str, page: str, *more: str) -> Callable[[], str]:
    """Return how to find a page about the newest application for a child of the demo."""

    def find() -> str:
        application = Application.objects.filter(child__first_name=child).latest("pk")
        return reverse(f"intake:{page}", args=[application.number, *more])

    return find


def give_insurance_card(application: Application) -> Document:
    """Let the family of an application send a photo of its insurance card."""
    return documents.add_document(
        program=application.program,
        household=application.household,
        child=application.child,
        kind="coverage",
        files=[upload(photo())],
        by=application.started_by,
    )


def a_paper(child: str) -> Callable[[], str]:
    """Return how to find the page of what a paper proves, of a paper that the family sends before."""

    def find() -> str:
        application = Application.objects.filter(child__first_name=child).latest("pk")
        paper = Document.objects.filter(household=application.household).first()
        if paper is None:
            paper = give_insurance_card(application)
        return reverse("intake:prove", args=[application.number, paper.pk])

    return find


def say_what_it_proves(page: Page) -> None:
    """Say what Medicaid answered, and come to the review that shows it."""
    page.locator('[name="requirement"][value="medicaid"] + label').click()
    page.locator("main form .actions .usa-button").first.click()


def referral(child: str, page: str = "referral") -> Callable[[], str]:
    """Return how to find a page about the referral of a child of the demo."""

    def find() -> str:
        number = Referral.objects.filter(first_name=child).latest("pk").number
        return reverse(f"intake:{page}", args=[number])

    return find


def at(name: str, *arguments: str) -> Callable[[], str]:
    return lambda: reverse(name, args=arguments)


def search_for(words: str) -> Callable[[Page], None]:
    """Return how to come to what the search for a condition finds."""

    def search(page: Page) -> None:
        page.locator('[name="asked"]').fill(words)
        page.locator(SEND).click()

    return search


def with_answers(program: str, **told: dict[str, Any]) -> Callable[[Page], None]:
    """Return how to come from the first page of the quick check to the page after these answers."""

    def answer(page: Page) -> None:
        token = screening.Screening(program, told, programs.get(program).today()).token
        page.locator('main [name="answers"]').evaluate("(field, told) => field.value = told", token)
        page.locator('main [name="question"]').evaluate("(field) => field.value = ''")
        page.locator(SEND).click()

    return answer


def from_quick_check(page: Page) -> None:
    """Press the button below the result, and come to the page about the child."""
    with_answers("nm-cms", **SANTA_FE)(page)
    page.locator('main form[action$="/apply/with-answers/"] button').click()
    page.locator('[name="who"][value="new"]').evaluate("(choice) => choice.click()")
    page.locator(SEND).click()


def filled_in(page: Page) -> None:
    """Name the child, and come to a page that the quick check filled in."""
    from_quick_check(page)
    page.locator('[name="first_name"]').fill("Lupe")
    page.locator('[name="last_name"]').fill("Gallegos")
    page.locator('[name="relation"][value="parent"]').evaluate("(choice) => choice.click()")
    page.locator(SEND).click()
    page.goto(page.url.partition("#")[0] + "pages/conditions/")


def asked(child: str, page: str = "answer_request") -> Callable[[], str]:
    """Return how to find a page about what the family of a child of the demo was asked."""

    def find() -> str:
        request = InformationRequest.objects.filter(application__child__first_name=child).latest(
            "pk"
        )
        return reverse(f"intake:{page}", args=[request.application.number, request.pk])

    return find


def enrollment(child: str, page: str = "enrollment") -> Callable[[], str]:
    """Return how to find a page about what a child of the demo can get."""

    def find() -> str:
        return reverse(f"intake:{page}", args=[Enrollment.objects.get(child__first_name=child).pk])

    return find


def tell_the_family(page: Page) -> None:
    """Confirm what the rules say of one service, and come to the notice of it."""
    page.locator(".service__decide summary").first.click()
    page.locator('.service__decide [value="available"]').first.check(force=True)
    page.locator(".service__decide select").first.select_option("family_told")
    page.locator(".service__decide textarea").first.fill("Vimos la carta de la doctora.")
    page.locator(".service__decide button").first.click()
    page.locator(".tell .usa-button").click()


def tell_what_cannot_wait(page: Page) -> None:
    """Mark the medicine, and come to who calls today."""
    if page.locator("main details:not([open])").count():
        page.locator("main summary").click()
    page.locator("label[for=id_kinds_0]").click()
    page.locator('[name="phone"]').fill("505-555-0134")
    page.locator("label[for=id_may_leave_message_1]").click()
    page.locator("main form .usa-button").first.click()


def envelope(state: str, page: str = "envelope") -> Callable[[], str]:
    """Return how to find a page about the newest envelope of the demo that stands so."""

    def find() -> str:
        found = Envelope.objects.filter(state=state).latest("pk")
        return reverse(f"intake:{page}", args=[found.pk])

    return find


def look_for(words: str) -> Callable[[Page], None]:
    """Return how a worker looks for whose paper it is."""

    def look(page: Page) -> None:
        page.locator('[name="look_for"]').fill(words)
        page.locator('[name="look"]').click()
        page.locator('[name="target"]').first.wait_for()

    return look


def send_first_empty(page: Page) -> None:
    """Send the first form of a page with nothing chosen."""
    page.locator(SEND).first.click()


def send_empty(page: Page) -> None:
    """Send a form with nothing typed, and come to what is wrong with it."""
    for field in page.locator(
        'main form :is(input[type="text"], input[type="tel"], textarea)'
    ).all():
        field.fill("")
    if page.locator(SEND).count():
        page.locator(SEND).last.click()


def send_wrong(page: Page) -> None:
    """Write what no field takes, one long word of it in each."""
    for field in page.locator('main form :is(input[type="text"], input[type="tel"])').all():
        field.fill("x" * 60)
    page.locator(SEND).last.click()


def tell_a_change(page: Page) -> None:
    """Tell that the insurance changed, and come to what was told."""
    today = programs.get("nm-cms").today()
    page.locator('[name="became_aware_on_month"]').select_option(str(today.month))
    page.locator('[name="became_aware_on_day"]').fill(str(today.day))
    page.locator('[name="became_aware_on_year"]').fill(str(today.year))
    page.locator('[name="words"]').fill("Tenemos seguro por el trabajo desde hoy.")
    page.locator(SEND).click()


def invite(page: Page) -> None:
    """Let an aunt help, and come to the code for her."""
    page.locator('[name="name"]').fill("Tía Carmen")
    page.locator('[name="agrees"]').evaluate("(box) => box.click()")
    page.locator(SEND).last.click()


def sign_nothing(page: Page) -> None:
    """Send last year's answers unsigned; what is begun to change already stands on its own pages."""
    sign = page.locator('.sign button[type="submit"]')
    if sign.count():
        sign.click()


def say_it_changed(page: Page) -> None:
    """Begin to change last year's answers; afterwards the same address leads there."""
    if page.locator('[name="change"]').count():
        page.locator('[name="change"]').click()


def file_nothing(page: Page) -> None:
    """File the pages of an envelope without saying where."""
    page.locator('.sorting [name="pages"]').fill("2-9")
    page.locator(".sorting .actions button").click()
