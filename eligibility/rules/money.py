"""What does the household live on, and who else pays?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ..facts import Facts, IncomeLine, Medicaid
from ..favourable import WantedIncome
from ..library import Answer, Values, met, needs_review, not_met, rule, unknown
from ..parameters import AgeBand, Guideline
from ..wording import mark as _
from .ages import born_to_be


def line_for(percent: int, guideline: Guideline, size: int) -> Decimal:
    """Return a share of the poverty guideline for a household, in dollars a year."""
    return guideline.for_household(size) * percent / 100


def least_income(income: tuple[IncomeLine, ...] | None, times_a_year: Mapping[str, int]) -> Decimal:
    """Return the least that the lines can come to in a year, whatever is still unknown."""
    fewest = min(times_a_year.values())
    return sum(
        (
            line.amount * (times_a_year[line.period] if line.period else fewest)
            for line in income or ()
            if line.amount is not None
        ),
        Decimal(0),
    )


def smallest_household(income: Decimal, percent: int, guideline: Guideline) -> int:
    """Return the smallest household for which the income is under the line."""
    above_first = income * 100 / percent - guideline.first_person
    return 1 if above_first < 0 else int(above_first // guideline.each_additional) + 2


def money_that_matters(facts: Facts, values: Values, percents: Iterable[int]) -> Mapping[str, Any]:
    """Return the household sizes and yearly totals at which a line of these shares is crossed."""
    guideline, times, shares = values.guidelines, values.times_a_year, tuple(percents)
    least = least_income(facts.income, times)
    sizes = {1, *(smallest_household(least, share, guideline) for share in shares)}
    known = facts.household.size
    lines = [
        line_for(share, guideline, size)
        for share in shares
        for size in (sizes if known is None else (known,))
    ]
    totals = sorted({least, *(line for line in lines if line > least)})
    return {
        "household.size": tuple(sorted(sizes)),
        "income": WantedIncome(totals, times),
    }


def _income_that_matters(facts: Facts, values: Values, _on: date) -> Mapping[str, Any]:
    return {
        **money_that_matters(facts, values, [values.percent]),
        "household.children_with_special_needs": (2,),
    }


@rule(
    "income",
    asks=_("Is the household’s income under the limit?"),
    reads=["household.size", "household.children_with_special_needs", "income"],
    takes={"percent": "percent", "guidelines": "guideline", "times_a_year": "times_a_year"},
    favours=_income_that_matters,
)
def income_under_limit(facts: Facts, values: Values, _on: date) -> Answer:
    size, income = facts.household.size, facts.annual_income(values.times_a_year)
    if size is None and income is None:
        return unknown(_("We do not know the size of the household or its income yet."))
    if size is None:
        return unknown(_("We do not know the size of the household yet."))
    if income is None:
        return unknown(_("We do not know the household’s income yet."))
    line = line_for(values.percent, values.guidelines, size)
    said: dict[str, Any] = {"income": income, "line": line, "size": size, "percent": values.percent}
    if income < line:
        return met(
            _(
                "Income of {income:money} a year is under {line:money}, the limit for a household of {size}."
            ),
            **said,
        )
    return _at_or_over(facts.household.children_with_special_needs, said)


def _at_or_over(children: int | None, said: Mapping[str, Any]) -> Answer:
    if children is None:
        return unknown(
            _(
                "Income of {income:money} a year is not under {line:money}, the limit for a"
                " household of {size}. We need to know how many children in the home have special needs."
            ),
            **said,
        )
    if children > 1:
        return needs_review(
            _(
                "Income of {income:money} a year is not under {line:money}, the limit for a"
                " household of {size}. More than one child in the home has special needs, so a"
                " person will look at this."
            ),
            **said,
        )
    return not_met(
        _(
            "Income of {income:money} a year is not under {line:money}, the limit for a household of {size}."
        ),
        **said,
    )


def _coverage_that_matters(facts: Facts, values: Values, on: date) -> Mapping[str, Any]:
    bands: tuple[AgeBand, ...] = values.ceilings
    return {
        **money_that_matters(facts, values, [band.percent for band in bands]),
        "date_of_birth": born_to_be([band.under_age for band in bands], on),
        "coverage.medicaid": (Medicaid.DENIED,),
    }


SETTLED = {
    Medicaid.DENIED: _("Medicaid does not cover this child."),
    Medicaid.EMERGENCY_ONLY: _("Medicaid covers this child in an emergency only."),
    Medicaid.LIMITED_BENEFIT: _("Medicaid covers only some care for this child."),
    Medicaid.SCREENED_OUT: _("A trained worker found that Medicaid is not for this child."),
}


@rule(
    "payer_of_last_resort",
    asks=_("Is there nobody else who pays for the child’s care?"),
    reads=["coverage.medicaid", "date_of_birth", "household.size", "income"],
    takes={"ceilings": "age_bands", "guidelines": "guideline", "times_a_year": "times_a_year"},
    favours=_coverage_that_matters,
)
def nobody_else_pays(facts: Facts, values: Values, on: date) -> Answer:
    medicaid = facts.coverage.medicaid
    if medicaid is Medicaid.ENROLLED:
        return not_met(
            _(
                "The child has Medicaid, which pays for care."
                " This help is for care nobody else pays."
            )
        )
    if medicaid is Medicaid.PENDING:
        return unknown(_("Medicaid has not answered yet."))
    if medicaid is Medicaid.DENIED_INCOMPLETE:
        return unknown(
            _(
                "Medicaid closed its file because papers were missing."
                " A worker can help you with them."
            )
        )
    if medicaid is None or medicaid is Medicaid.NOT_APPLIED:
        return _medicaid_not_asked(facts, values, on)
    return met(SETTLED[medicaid])


def _medicaid_not_asked(facts: Facts, values: Values, on: date) -> Answer:
    age = facts.age_on(on)
    if age is None:
        return unknown(_("We need a date of birth to see if Medicaid may cover the child."))
    band: AgeBand | None = next((band for band in values.ceilings if age < band.under_age), None)
    if band is None:
        return _grown(facts)
    size, income = facts.household.size, facts.annual_income(values.times_a_year)
    if size is None or income is None:
        return unknown(
            _(
                "We do not know yet if Medicaid may cover the child."
                " A worker can talk it over with you."
            )
        )
    ceiling = line_for(band.percent, values.guidelines, size)
    said: dict[str, Any] = {"income": income, "ceiling": ceiling, "size": size}
    if income < ceiling:
        return unknown(
            _(
                "Income of {income:money} a year is under {ceiling:money}, so Medicaid may cover"
                " the child. A worker can talk it over with you first."
            ),
            **said,
        )
    return met(
        _(
            "Income of {income:money} a year is not under {ceiling:money}, Medicaid’s limit for"
            " a child of this age."
        ),
        **said,
    )


def _grown(facts: Facts) -> Answer:
    if facts.coverage.medicaid is None:
        return unknown(_("We do not know yet if Medicaid covers this person."))
    return needs_review(
        _(
            "Medicaid has not been asked. A worker can talk it over with you,"
            " and a person will look at this."
        )
    )


@rule(
    "assets",
    asks=_("Are the household’s assets under the limit?"),
    reads=[],
    takes={"limit": "dollars"},
    favours={},
)
def assets_under_limit(facts: Facts, values: Values, _on: date) -> Answer:
    if values.limit is None:
        return needs_review(_("The limit on assets is not published. A person will look at this."))
    if facts.assets is None:
        return unknown(_("We do not know the household’s assets yet."))
    said = {"assets": facts.assets, "limit": values.limit}
    if facts.assets < values.limit:
        return met(_("Assets of {assets:money} are under {limit:money}."), **said)
    return not_met(_("Assets of {assets:money} are not under {limit:money}."), **said)
