"""What the quick check was told, as the pages of an application ask it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cms_portal import programs
from cms_portal.offices import places
from intake.models import ConditionStatus

Told = Mapping[str, Any]
Pages = dict[str, dict[str, Any]]

# Who says so, in the words of the application; "we think so ourselves" is none of them, so it is asked.
SAYS_SO = {"confirmed": ConditionStatus.REPORTED, "suspected": ConditionStatus.SUSPECTED}


def pages_from(answers: Mapping[str, Told], program: str) -> Pages:
    """Return, by page of this program's application, the fields that the quick check can fill in."""
    journey = programs.get(program).journey
    found: Pages = {}
    for question, told in answers.items():
        for page, fields in _pages_of(question, told).items():
            known = {name: value for name, value in fields.items() if value not in (None, "")}
            if known and page in journey:
                found.setdefault(page, {}).update(known)
    return found


def _pages_of(question: str, told: Told) -> Pages:
    takes = TAKES.get(question)
    return takes(told) if takes else {}


def _home(told: Told) -> Pages:
    lives = {"elsewhere": "no", "unsure": None}.get(told["home"], "yes")
    stays = {"stays": "yes", "leaves": "no", "may_leave": "unsure"}.get(told["home"])
    place = places.of_zip_in(told.get("zip_code"))
    return {
        "residence": {"lives_in_state": lives, "intends_to_stay": stays},
        "state": {"lives_in_state": lives},
        "address": {"county": place.county if place and lives == "yes" else None},
    }


def _condition(told: Told) -> Pages:
    status = SAYS_SO.get(told.get("status") or "")
    return {"conditions": {"text": told.get("text"), "status": status}}


def _newborn(told: Told) -> Pages:
    return {
        "newborn": {
            "born_in_state": told["born_in_state"],
            "hearing_screen": told["hearing"],
            "bloodspot_screen": told["bloodspot"],
        }
    }


def _money(told: Told) -> Pages:
    amount = told.get("amount")
    pages: Pages = {"household": {"household_size": told.get("size")}}
    if amount:
        has_income = Decimal(amount) > 0
        pages["any-income"] = {"has_income": "yes" if has_income else "no"}
        if has_income:
            pages["income"] = {"amount": amount, "period": told.get("period")}
    return pages


def _same(page: str, name: str, *, asked_as: str = "") -> Callable[[Told], Pages]:
    """Return how a question that both ask goes to its page: `asked_as` is its name in the quick check."""
    return lambda told: {page: {name: told.get(asked_as or name)}}


TAKES: Mapping[str, Callable[[Told], Pages]] = {
    "home": _home,
    "condition": _condition,
    "seizure": _same("seizure-medicine", "on_seizure_medication"),
    "newborn": _newborn,
    "doctor": _same("doctor", "has_primary_care_provider"),
    "medicaid": _same("medicaid", "medicaid"),
    "money": _money,
    "others": _same("household", "children_with_special_needs"),
    "insurance": _same("insurance", "has_private_insurance", asked_as="private_insurance"),
    "pool": _same("pool", "insurance_pool"),
}
