"""Facts read strictly from JSON: whatever breaks the contract is a BadFacts naming the key."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from .facts import (
    BadFacts,
    Bloodspot,
    Condition,
    Coverage,
    Facts,
    Hearing,
    Household,
    IncomeLine,
    InsurancePool,
    Medicaid,
    Newborn,
    Period,
    Residence,
    Status,
)
from .strict_json import read_json, shown

MOST_PEOPLE_OR_DAYS = 10**9
MOST_MONEY = Decimal(10) ** 12
SMALLEST_DECIMALS = -6

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
MONEY = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,9})?")
STATE = re.compile(r"[A-Z]{2}")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_facts(text: str | bytes) -> Facts:
    """Return the facts in a JSON text; raises BadFacts naming the key at fault."""
    return parse_facts(read_json(text))


def parse_facts(given: object) -> Facts:
    """Return the facts in an object already read from JSON; raises BadFacts."""
    facts = _Reader(given, "", FACT_KEYS)
    on = facts.date("on")
    if on is None:
        raise BadFacts("on", "is needed: the day the question is asked about")
    return Facts(
        program=facts.needed_word("program"),
        on=on,
        date_of_birth=facts.date("date_of_birth", latest=on),
        residence=_residence(facts),
        conditions=_conditions(facts),
        has_primary_care_provider=facts.flag("has_primary_care_provider"),
        household=_household(facts),
        income=_income(facts),
        coverage=_coverage(facts),
        newborn=_newborn(facts),
        last_intake_completed_on=facts.date("last_intake_completed_on", latest=on),
    )


FACT_KEYS = frozenset(
    (
        "program",
        "on",
        "date_of_birth",
        "residence",
        "conditions",
        "has_primary_care_provider",
        "household",
        "income",
        "coverage",
        "newborn",
        "last_intake_completed_on",
    )
)
RESIDENCE_KEYS = frozenset(Residence.__slots__)
CONDITION_KEYS = frozenset(Condition.__slots__)
HOUSEHOLD_KEYS = frozenset(Household.__slots__)
INCOME_KEYS = frozenset(IncomeLine.__slots__)
COVERAGE_KEYS = frozenset(Coverage.__slots__)
NEWBORN_KEYS = frozenset(Newborn.__slots__)

Choice = TypeVar("Choice", bound=StrEnum)


class _Reader:
    """One JSON object, read key by key; every refusal names the whole path."""

    __slots__ = ("given", "path")

    def __init__(self, given: object, path: str, keys: frozenset[str]) -> None:
        if not isinstance(given, dict):
            raise BadFacts(path.rstrip(".") or "facts", "must be an object")
        for key in given:
            if key not in keys:
                raise BadFacts(path + shown(key), "is not a key we know")
        self.given: dict[str, Any] = given
        self.path = path

    def refuse(self, key: str, problem: str) -> NoReturn:
        raise BadFacts(self.path + key, problem)

    def needed_word(self, key: str) -> str:
        value = self.given.get(key)
        if not isinstance(value, str):
            self.refuse(key, "is needed, as text")
        return value

    def date(self, key: str, latest: date | None = None) -> date | None:
        value = self.given.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not DATE.fullmatch(value):
            self.refuse(key, "must be a date written YYYY-MM-DD")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.refuse(key, "is not a day of the calendar")
        if latest is not None and day > latest:
            self.refuse(key, "is after the day the question is asked about")
        return day

    def flag(self, key: str) -> bool | None:
        value = self.given.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "must be true, false or null")
        return value

    def whole(self, key: str, least: int) -> int | None:
        value = self.given.get(key)
        if value is None:
            return None
        if type(value) is not int:
            self.refuse(key, "must be a whole number")
        if value < least:
            self.refuse(key, f"must be {least} or more")
        if value > MOST_PEOPLE_OR_DAYS:
            self.refuse(key, "is too large")
        return value

    def money(self, key: str) -> Decimal | None:
        value = self.given.get(key)
        if value is None:
            return None
        if type(value) not in (int, str, Decimal):
            self.refuse(key, "must be an amount of money")
        return self._amount(key, value)

    def _amount(self, key: str, value: int | str | Decimal) -> Decimal:
        if isinstance(value, str) and not MONEY.fullmatch(value):
            self.refuse(key, "must be an amount of money")
        try:
            amount = Decimal(value)
        except InvalidOperation:
            self.refuse(key, "must be an amount of money")
        if not amount.is_finite():
            self.refuse(key, "must be an amount of money")
        if amount.is_zero():
            return Decimal(0)
        if amount < 0:
            self.refuse(key, "must not be negative")
        if amount >= MOST_MONEY:
            self.refuse(key, "is too large")
        return self._without_tail(key, amount)

    def _without_tail(self, key: str, amount: Decimal) -> Decimal:
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int) and exponent < SMALLEST_DECIMALS:
            amount = amount.normalize()
            exponent = amount.as_tuple().exponent
            if isinstance(exponent, int) and exponent < SMALLEST_DECIMALS:
                self.refuse(key, "has too many decimals")
        return amount

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        value = self.given.get(key)
        if value is None:
            return None
        try:
            return choices(value)
        except ValueError:
            self.refuse(key, "must be one of " + ", ".join(choices))

    def text(self, key: str) -> str | None:
        value = self.given.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(key, "must be text")
        if UNSTORABLE.search(value):
            self.refuse(key, "has a character that cannot be stored")
        return value

    def pattern(self, key: str, pattern: re.Pattern[str], problem: str) -> str | None:
        value = self.given.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self.refuse(key, problem)
        return value

    def code(self, key: str) -> str | None:
        value = self.given.get(key)
        if value is None:
            return None
        code = value.upper() if isinstance(value, str) else ""
        if not ICD10.fullmatch(code):
            self.refuse(key, "must be an ICD-10 code such as J45.40")
        return code

    def inner(self, key: str, keys: frozenset[str]) -> _Reader | None:
        value = self.given.get(key)
        return None if value is None else _Reader(value, f"{self.path}{key}.", keys)

    def items(self, key: str, keys: frozenset[str]) -> list[_Reader] | None:
        value = self.given.get(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self.refuse(key, "must be a list")
        path = f"{self.path}{key}."
        return [_Reader(item, f"{path}{index}.", keys) for index, item in enumerate(value)]


def _residence(facts: _Reader) -> Residence:
    given = facts.inner("residence", RESIDENCE_KEYS)
    if given is None:
        return Residence()
    return Residence(
        state=given.pattern("state", STATE, "must be a state's two capital letters, such as NM"),
        intends_to_stay=given.flag("intends_to_stay"),
        away_days=given.whole("away_days", least=0),
        told_coordinator=given.flag("told_coordinator"),
    )


def _conditions(facts: _Reader) -> tuple[Condition, ...] | None:
    given = facts.items("conditions", CONDITION_KEYS)
    if given is None:
        return None
    return tuple(
        Condition(
            icd10=item.code("icd10"),
            text=item.text("text"),
            status=item.choice("status", Status),
            on_seizure_medication=item.flag("on_seizure_medication"),
        )
        for item in given
    )


def _household(facts: _Reader) -> Household:
    given = facts.inner("household", HOUSEHOLD_KEYS)
    if given is None:
        return Household()
    return Household(
        size=given.whole("size", least=1),
        children_with_special_needs=given.whole("children_with_special_needs", least=0),
    )


def _income(facts: _Reader) -> tuple[IncomeLine, ...] | None:
    given = facts.items("income", INCOME_KEYS)
    if given is None:
        return None
    return tuple(IncomeLine(item.money("amount"), item.choice("period", Period)) for item in given)


def _coverage(facts: _Reader) -> Coverage:
    given = facts.inner("coverage", COVERAGE_KEYS)
    if given is None:
        return Coverage()
    return Coverage(
        medicaid=given.choice("medicaid", Medicaid),
        private_insurance=given.flag("private_insurance"),
        insurance_pool=given.choice("insurance_pool", InsurancePool),
    )


def _newborn(facts: _Reader) -> Newborn:
    given = facts.inner("newborn", NEWBORN_KEYS)
    if given is None:
        return Newborn()
    return Newborn(
        born_in_state=given.flag("born_in_state"),
        hearing=given.choice("hearing", Hearing),
        hearing_risk_factors=given.flag("hearing_risk_factors"),
        bloodspot=given.choice("bloodspot", Bloodspot),
    )
