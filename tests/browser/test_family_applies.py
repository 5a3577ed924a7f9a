"""A family applies with nothing but a keyboard on a small phone, with and without script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from cms_portal import programs
from intake.models import Application, Signature
from tests.browser.answers import CHILD, MISSISSIPPI, NEW_MEXICO
from tests.browser.visitor import Inspector, Visitor

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
    return Application.objects.get(child__first_name="Inés")


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
    rosa.follow(GO_ON)
    assert "data-error-summary" in rosa.seen[-1].html
    before = answer_pages(rosa, NEW_MEXICO, until="conditions")

    # She leaves midway and comes back.
    rosa.follow(f'a[href$="/{application.number}/"]')
    rosa.sign_out()
    rosa.sign_in("rosa")
    rosa.follow(f'.next-step a[href="/applications/{application.number}/"]')
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


def test_dana_answers_an_intake_assessment_without_script(visit, inspector):
    dana = visit(script=False)
    dana.sign_in("dana")
    application = begin(dana, "ms-cmp")
    dana.follow(f'a.usa-button[href*="/applications/{application.number}/"]')
    answered = answer_pages(dana, MISSISSIPPI)
    assert "income" not in answered
    send_and_read_the_receipt(dana, application, "Dana Whitfield")
    all_is_well(dana, inspector)
