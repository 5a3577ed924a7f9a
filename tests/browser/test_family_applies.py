"""A family applies with nothing but a keyboard on a small phone, with and without script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from cms_portal import programs
from intake.models import Application, Signature
from tests.browser.answers import CHILD, MISSISSIPPI, NEW_MEXICO
from tests.browser.deciding import decide_each_service, stand_behind, tell_the_family
from tests.browser.visitor import DESK, Inspector, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GO_ON = 'main form button[type="submit"]:not([name])'
ANOTHER = 'button[name="another"]'


def begin(visitor: Visitor, program: str) -> Application:
    """From home, name a child we do not know yet."""
    visitor.follow(f'main a[href$="/{program}/apply/start/"]')
    visitor.keys.fill({"who": "new"})
    visitor.follow(GO_ON)
    visitor.keys.fill(CHILD)
    visitor.follow(GO_ON)
    return Application.objects.filter(child__first_name=CHILD["first_name"]).latest("pk")


def answer_pages(visitor: Visitor, pages: dict[str, dict[str, Any]], until: str = "") -> list[str]:
    """Answer the pages as they come, up to and without the page `until`; return their keys."""
    answered = []
    while step := re.search(r"/pages/([a-z-]+)/", visitor.path):
        key = step[1]
        if key == until:
            break
        visitor.keys.fill(pages[key])
        visitor.follow(GO_ON)
        assert key not in answered, f"{key} asks again: {visitor.text()}"
        answered.append(key)
    return answered


def send_and_read_the_receipt(visitor: Visitor, application: Application, name: str) -> None:
    visitor.keys.fill({"name": name, "agrees": True})
    visitor.follow('main form[action$="/send/"] button')
    application.refresh_from_db()
    receipt = visitor.text()
    assert visitor.path == f"/applications/{application.number}/receipt/"
    assert application.number in receipt
    assert application.worker.name in receipt
    program = programs.get(application.program)
    due = program.today() + timedelta(days=program.decision_days)
    assert application.answer_due_on == due
    assert str(due.year) in receipt and str(due.day) in receipt


def all_is_well(visitor: Visitor, inspector: Inspector) -> None:
    assert visitor.complaints == []
    assert visitor.keys.faults == []
    assert inspector.faults(visitor) == []


def test_rosa_applies_in_spanish_without_script(visit, inspector):
    rosa = visit(script=False, language="es-US")
    rosa.sign_in("rosa")
    application = begin(rosa, "nm-cms")
    rosa.follow(f'a.usa-button[href*="/applications/{application.number}/"]')

    # She sends an empty page, and is told where an answer is missing.
    before = answer_pages(rosa, NEW_MEXICO, until="residence")
    rosa.follow(GO_ON)
    assert "data-error-summary" in rosa.seen[-1].html
    before += answer_pages(rosa, NEW_MEXICO, until="conditions")

    # She leaves midway and comes back.
    rosa.follow(f'a[href$="/{application.number}/"]')
    rosa.sign_out()
    rosa.sign_in("rosa")
    rosa.follow(f'.child a[href="/applications/{application.number}/"]')
    rosa.follow("main a.usa-button")
    assert rosa.path.endswith("/pages/conditions/")
    rosa.keys.fill(NEW_MEXICO["conditions"])
    rosa.follow(ANOTHER)
    rosa.keys.fill({"conditions-1-text": "convulsiones", "conditions-1-status": "suspected"})
    rosa.follow(GO_ON)
    rosa.keys.fill({"on_seizure_medication": "no"})
    rosa.follow(GO_ON)
    after = answer_pages(rosa, NEW_MEXICO)
    assert len(before) + len(after) >= 13

    # Check your answers, and change one.
    assert "/check/" in rosa.path
    rosa.follow('a[href$="/pages/doctor/?check=1"]')
    rosa.keys.fill({"primary_care_provider": "Clínica Nueva"})
    rosa.follow(GO_ON)
    assert "/check/" in rosa.path
    assert "Clínica Nueva" in rosa.text()

    send_and_read_the_receipt(rosa, application, "Rosa Gallegos")
    assert Signature.objects.get(application=application).language == "es"
    assert {seen.language for seen in rosa.seen[2:]} == {"es"}
    all_is_well(rosa, inspector)


def an_empty_page_says_what_is_missing(visitor: Visitor) -> None:
    """With script the summary has the focus, and its link leads to the field."""
    visitor.follow(GO_ON)
    visitor.keys.to("[data-error-summary]")
    visitor.keys.to("[data-error-summary] a")
    wanted = visitor.page.evaluate("document.activeElement.hash.slice(1)")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == wanted


def another_language_keeps_what_was_typed(visitor: Visitor, name: str, words: str) -> None:
    """Half an answer is typed; the page comes again in Spanish, and in English, with it."""
    visitor.keys.fill({name: words})
    page = visitor.path.partition("#")[0]
    for language in ("es", "en"):
        visitor.page.keyboard.press("Home")
        visitor.keys.to(f'button[name="language"][value="{language}"]')
        with visitor.page.expect_navigation(url=f"**{page}"):
            visitor.page.keyboard.press("Enter")
        assert visitor.look().language == language
        assert visitor.page.locator(f'[name="{name}"]').input_value() == words


def one_key_goes_on_before_the_session_ends(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.page.reload()
    visitor.page.clock.fast_forward("28:30")
    dialog = visitor.page.locator("#idle")
    dialog.wait_for()
    with visitor.page.expect_response("**/stay/"):
        visitor.page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    # The browser takes the focus out of a closed dialog with the next picture it draws.
    dialog.locator(":focus").wait_for(state="detached")


@pytest.mark.slow
def test_dana_answers_with_script_and_mo_decides(visit, inspector):
    dana = visit()
    dana.sign_in("dana")
    application = begin(dana, "ms-cmp")
    dana.follow(f'a.usa-button[href*="/applications/{application.number}/"]')
    an_empty_page_says_what_is_missing(dana)
    answered = answer_pages(dana, MISSISSIPPI, until="about")
    another_language_keeps_what_was_typed(dana, "strengths", "She laughs a lot.")
    one_key_goes_on_before_the_session_ends(dana)
    answered += answer_pages(dana, MISSISSIPPI)
    assert "income" not in answered
    send_and_read_the_receipt(dana, application, "Dana Whitfield")

    mo, sue = visit(width=DESK), visit(width=DESK)
    mo.sign_in("mo")
    mo.follow(f'a[href="/applications/{application.number}/review/"]')
    decide_each_service(mo)
    sue.sign_in("sue")
    stand_behind(sue, application)
    tell_the_family(mo, application)

    dana.go(f"/applications/{application.number}/decision/")
    assert application.number in dana.text()
    for visitor in (dana, mo, sue):
        all_is_well(visitor, inspector)
