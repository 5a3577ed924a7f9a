"""A mother asks if her child could get help, and goes on into an application with what she answered."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest

from eligibility.diagnosis_codes import plain
from eligibility.models import DiagnosisCode
from intake.models import Application, KeptAnswer
from tests.accounts.people import PIN, newest_code
from tests.browser.answers import CHILD, MISSISSIPPI, NEW_MEXICO
from tests.browser.visitor import Inspector, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GO_ON = 'main form button[type="submit"]:not([name])'
START = 'main form[action$="/apply/with-answers/"] button'
BORN = {name: CHILD[name] for name in CHILD if name.startswith("date_of_birth")}
SANTA_FE: dict[str, dict[str, Any]] = {
    "born": BORN,
    "home": {"home": "stays"},
    "condition": {"text": "asma", "status": "confirmed"},
    "which": {"code": "J45"},
    "doctor": {"has_primary_care_provider": "yes"},
    "medicaid": {"medicaid": "denied"},
    "money": {"size": "4", "amount": "1,450.37", "period": "biweekly"},
    "pool": {"insurance_pool": "none"},
}
HINDS: dict[str, dict[str, Any]] = {
    "born": BORN,
    "home": {"home": "stays"},
    "condition": {"text": "seizures", "status": "suspected"},
    "which": {"code": "G40"},
    "seizure": {"on_seizure_medication": "yes"},
    "doctor": {"has_primary_care_provider": "yes"},
    "medicaid": {"medicaid": "not_applied"},
    "insurance": {"private_insurance": "no"},
}
# Words that stand in no address of the portal by themselves.
ANSWERS = ("asma", "seizures", "J45", "G40", "1,450", "1450", "biweekly", "denied", "not_applied")


@pytest.fixture(autouse=True)
def codes(demo: None) -> None:
    names = {"J45": "Asthma", "G40": "Epilepsy and recurrent seizures"}
    DiagnosisCode.objects.bulk_create(
        DiagnosisCode(code=code, name=name, plain=plain(name), release="test")
        for code, name in names.items()
    )


def watched(visitor: Visitor) -> list[str]:
    """Return the addresses that this browser asks for from now on."""
    addresses: list[str] = []
    visitor.page.on("request", lambda request: addresses.append(unquote(request.url)))
    return addresses


def answer_questions(visitor: Visitor, program: str, told: dict[str, dict[str, Any]]) -> list[str]:
    """Answer the quick check as it asks, up to its result; return what it asked."""
    visitor.go(f"/{program}/could-my-child-get-help/")
    visitor.look()
    asked: list[str] = []
    question = visitor.page.locator('main input[name="question"]')
    while question.count():
        key = str(question.get_attribute("value"))
        assert key not in asked, f"{key} asks again: {visitor.text()}"
        visitor.keys.fill(told[key])
        visitor.follow(GO_ON)
        asked.append(key)
    return asked


def open_an_account(visitor: Visitor, address: str) -> None:
    """From the page of signing in, open an account; it leads back to where she was going."""
    visitor.follow('main a[href^="/sign-up/"]')
    visitor.keys.fill({"identifier": address})
    visitor.follow(GO_ON)
    visitor.keys.fill({"code": newest_code(address)})
    visitor.follow(GO_ON)
    visitor.keys.fill({"name": "Nora Lente", "pin": PIN, "pin_again": PIN})
    visitor.follow(GO_ON)


def name_child(visitor: Visitor, child: dict[str, str]) -> Application:
    assert visitor.path.endswith("/apply/start/")
    visitor.keys.fill({"who": "new"})
    visitor.follow(GO_ON)
    visitor.keys.fill(child)
    visitor.follow(GO_ON)
    return Application.objects.filter(child__first_name="Inés").latest("pk")


def answer_the_rest(
    visitor: Visitor, application: Application, pages: dict[str, Any], says: str
) -> list[str]:
    """Send filled-in pages as they are, and answer the others; return which were filled in."""
    visitor.follow(f'main a.usa-button[href*="/applications/{application.number}/"]')
    filled_in: list[str] = []
    while step := re.search(r"/pages/([a-z-]+)/", visitor.path):
        if says in visitor.text():
            filled_in.append(step[1])
        else:
            visitor.keys.fill(pages[step[1]])
        before = visitor.path
        visitor.follow(GO_ON)
        assert visitor.path != before, f"{step[1]} asks again: {visitor.text()}"
    assert visitor.path.endswith("/check/")
    return filled_in


def all_is_well(visitor: Visitor, inspector: Inspector) -> None:
    assert visitor.complaints == []
    assert visitor.keys.faults == []
    assert inspector.faults(visitor) == []


def holds_an_answer(addresses: list[str]) -> list[str]:
    return [one for one in addresses if any(word in one for word in ANSWERS) or "?answers" in one]


def test_in_spanish_without_script_she_opens_an_account_and_her_answers_come_along(
    visit, inspector
):
    nora = visit(script=False, language="es-US")
    nora.read_in("es")
    addresses = watched(nora)

    asked = answer_questions(nora, "nm-cms", SANTA_FE)
    assert len(asked) <= 8
    assert "Coordinación" in nora.text()
    nora.follow(START)
    open_an_account(nora, "nora@example.test")
    application = name_child(nora, CHILD)
    filled_in = answer_the_rest(nora, application, NEW_MEXICO, "De su consulta rápida")

    assert filled_in == [
        *("residence", "household", "any-income", "income"),
        *("medicaid", "pool", "conditions", "doctor"),
    ]
    told = Application.objects.get(pk=application.pk).assessment
    assert told.conditions.get().text == "asma"
    assert (told.household_size, told.medicaid) == (4, "denied")
    assert str(told.income.get().amount) == "1450.37"
    assert not KeptAnswer.objects.exists()
    assert holds_an_answer(addresses) == []
    assert {seen.language for seen in nora.seen} == {"es"}
    all_is_well(nora, inspector)


def test_in_english_with_script_and_an_account_she_need_not_write_the_birth_date_again(
    visit, inspector
):
    dana = visit()
    dana.sign_in("dana")
    addresses = watched(dana)

    asked = answer_questions(dana, "ms-cmp", HINDS)
    assert len(asked) <= 8
    assert "money" not in asked
    dana.follow(START)
    names = {name: value for name, value in CHILD.items() if name not in BORN}
    application = name_child(dana, names)
    filled_in = answer_the_rest(dana, application, MISSISSIPPI, "From your quick check")

    assert {"state", "conditions", "seizure-medicine", "medicaid"} <= set(filled_in)
    assert application.child.date_of_birth.year == int(BORN["date_of_birth_year"])
    condition = Application.objects.get(pk=application.pk).assessment.conditions.get()
    assert (condition.text, condition.status) == ("seizures", "suspected")
    assert condition.on_seizure_medication
    assert holds_an_answer(addresses) == []
    all_is_well(dana, inspector)


@pytest.mark.parametrize(("language", "script"), [("en", False), ("es", True)])
def test_anybody_comes_to_a_result_and_from_there_to_signing_in(visit, inspector, language, script):
    anybody = visit(script=script, language=language)
    anybody.read_in(language)
    addresses = watched(anybody)

    answer_questions(anybody, "nm-cms", SANTA_FE)
    anybody.follow(START)

    assert anybody.path == "/sign-in/?next=/nm-cms/apply/start/"
    assert holds_an_answer(addresses) == []
    assert {seen.language for seen in anybody.seen} == {language}
    all_is_well(anybody, inspector)


def test_an_answer_in_an_address_would_be_found():
    assert holds_an_answer(["http://localhost/nm-cms/?medicaid=denied"])
