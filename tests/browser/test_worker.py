"""A worker takes an application by telephone, a second person stands behind it, the family reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cms_portal.families.models import Child
from intake.models import Application, Status
from tests.browser.answers import MISSISSIPPI, NEW_MEXICO, on_one_page
from tests.browser.deciding import decide_each_service, stand_behind, tell_the_family
from tests.browser.visitor import DESK, Inspector, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBMIT = 'main form button[type="submit"]'


@dataclass(frozen=True)
class Case:
    """Who works, who stands behind it, whose child it is, and what the caller says."""

    program: str
    worker: str
    second: str
    parent: str
    child: str
    code: str
    pages: dict[str, dict[str, Any]]

    def known_child(self) -> Child:
        return Child.objects.get(first_name=self.child)


SANTA_FE = Case("nm-cms", "ida", "sam", "rosa", "Mateo", "J45.40", NEW_MEXICO)
JACKSON = Case("ms-cmp", "mo", "sue", "dana", "Zoe", "D57.1", MISSISSIPPI)


NAMES = {
    "ida": "Ida Romero",
    "sam": "Sam Trujillo",
    "rosa": "Rosa Gallegos",
    "mo": "Mo Jefferson",
    "sue": "Sue Hayes",
    "dana": "Dana Whitfield",
}


def caller(child: Child) -> dict[str, Any]:
    born: date = child.date_of_birth
    return {
        "guardian_first_name": "Somebody",
        "guardian_last_name": child.last_name,
        "first_name": child.first_name,
        "last_name": child.last_name,
        "date_of_birth_month": str(born.month),
        "date_of_birth_day": str(born.day),
        "date_of_birth_year": str(born.year),
        "relation": "parent",
    }


def take_by_phone(worker: Visitor, case: Case) -> Application:
    """Open the form for a caller, find that we know the child, and go through the dense page."""
    worker.follow(f'a[href="{reverse("intake:take", args=[case.program])}"]')
    worker.keys.fill(caller(case.known_child()))
    worker.follow(f"{SUBMIT}:not([name])")
    worker.follow('.known button[type="submit"]')
    application = Application.objects.get(child=case.known_child(), status=Status.DRAFT)
    assert worker.path == f"/applications/{application.number}/phone/"

    confirmed = {
        "conditions-0-text": "as the paper says",
        "conditions-0-icd10": case.code,
        "conditions-0-status": "confirmed",
    }
    worker.keys.fill(on_one_page(application, case.pages | {"conditions": confirmed}))
    worker.keys.fill({"sign-name": "Somebody Whitfield", "sign-agrees": True})
    worker.follow('button[name="send"]')
    assert worker.path == f"/applications/{application.number}/review/", worker.text()
    return application


@pytest.mark.parametrize("case", [SANTA_FE, JACKSON], ids=lambda case: case.program)
def test_a_call_becomes_a_decision_that_the_family_reads(visit, inspector: Inspector, case):
    worker = visit(width=DESK)
    worker.sign_in(case.worker)
    application = take_by_phone(worker, case)
    worker.follow('a[href="/queue/"]')
    worker.follow(f'a[href="/applications/{application.number}/review/"]')
    worker.follow('form[action$="/rules/"] button')
    decide_each_service(worker)

    second = visit(width=DESK)
    second.sign_in(case.second)
    stand_behind(second, application)
    tell_the_family(worker, application)

    parent = visit()
    parent.sign_in(case.parent)
    parent.follow(f'a[href="/applications/{application.number}/decision/"]')
    parent.keys.to(".reasons summary")
    parent.page.keyboard.press("Enter")
    assert application.number in parent.text()
    assert parent.page.locator(".reasons[open] li").first.is_visible()

    second.follow('a[href$="/history/"]')
    happened, _heading, looked = second.text().rpartition("Who looked")
    number = application.number
    assert f"{NAMES[case.worker]} started application {number}" in happened
    assert f"{NAMES[case.worker]} decided" in happened
    assert f"{NAMES[case.second]} countersigned the decision" in happened
    assert f"{NAMES[case.worker]} told the family the decision" in happened
    assert f"{NAMES[case.parent]} looked at application {number}" in looked

    for visitor in (worker, second, parent):
        assert visitor.complaints == []
        assert visitor.keys.faults == []
        assert inspector.faults(visitor) == []
