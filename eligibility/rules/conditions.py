"""What health condition does the child have, and is it on the program's list?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from ..condition_lists import ListedCondition
from ..facts import Condition, Facts
from ..favourable import Standing, WantedCondition
from ..library import Answer, Values, met, needs_review, not_met, rule, unknown
from ..wording import mark as _

NONE_KNOWN = _("We do not know of a health condition yet.")
SEEN_MEANWHILE = _("{code}: a clinic can see the child while a person looks at the condition.")
Judge = Callable[[Condition], Standing]


def foremost(conditions: tuple[Condition, ...], standing: Judge) -> Condition:
    """Return the condition with the highest standing, whatever order they were told in."""
    return min(conditions, key=lambda one: (-standing(one), one.icd10 is None, one.icd10 or ""))


def wanted(standing: Judge, values: Values) -> Mapping[str, Any]:
    return {"conditions": WantedCondition(standing, values.list.first_codes)}


def row_of(condition: Condition, values: Values) -> ListedCondition | None:
    found: ListedCondition | None = None
    if condition.icd10 is not None:
        found = values.list.find(condition.icd10)
    return found


def standing_on_list(values: Values, condition: Condition) -> Standing:
    row = row_of(condition, values)
    if row is None:
        found = Standing.REVIEW if condition.is_confirmed else Standing.OPEN
    elif not condition.is_confirmed:
        found = Standing.PENDING
    elif row.needs_seizure_medication and not condition.on_seizure_medication:
        unsaid = condition.on_seizure_medication is None
        found = Standing.PENDING if unsaid else Standing.REVIEW
    else:
        found = Standing.MET
    # Where the program sees children while their condition is under review, that is enough.
    if found is Standing.REVIEW and values.review_counts_as_met:
        return Standing.MET
    return found


def _wanted_on_list(_facts: Facts, values: Values, _on: date) -> Mapping[str, Any]:
    return wanted(partial(standing_on_list, values), values)


@rule(
    "eligible_condition",
    asks=_("Is a condition that a doctor confirmed on the list for this help?"),
    reads=["conditions"],
    takes={"list": "conditions"},
    favours=_wanted_on_list,
)
@rule(
    "covered_condition",
    asks=_("Is a condition that a doctor confirmed on the list for this help?"),
    reads=["conditions"],
    takes={"list": "conditions", "review_counts_as_met": "flag?"},
    favours=_wanted_on_list,
)
def has_listed_condition(facts: Facts, values: Values, _on: date) -> Answer:
    if not facts.conditions:
        return unknown(NONE_KNOWN)
    condition = foremost(facts.conditions, partial(_precisely, values))
    row = row_of(condition, values)
    if row is None:
        return _unlisted(condition, values)
    return _listed(condition, row, values)


def _precisely(values: Values, condition: Condition) -> Standing:
    return standing_on_list(values, condition)


def _listed(condition: Condition, row: ListedCondition, values: Values) -> Answer:
    said: dict[str, Any] = {
        "condition": row.name,
        "code": condition.icd10,
        "source": row.source,
    }
    if not condition.is_confirmed:
        return unknown(
            _(
                "{condition:name} ({code}) is on the list for this help."
                " We need a doctor to confirm it."
            ),
            **said,
        )
    if not row.needs_seizure_medication or condition.on_seizure_medication:
        return met(
            _("{condition:name} ({code}) is on the list for this help, and a doctor confirmed it."),
            **said,
        )
    if condition.on_seizure_medication is None:
        return unknown(
            _(
                "{condition:name} ({code}) is on the list for this help if the child takes medicine"
                " for seizures. We do not know that yet."
            ),
            **said,
        )
    if values.review_counts_as_met:
        return met(SEEN_MEANWHILE, code=condition.icd10, source=row.source)
    return needs_review(
        _(
            "{condition:name} ({code}) is on the list for this help if the child takes medicine for"
            " seizures. A person will look at this. It is not a no."
        ),
        **said,
    )


def _unlisted(condition: Condition, values: Values) -> Answer:
    code = condition.icd10
    if code is None:
        return unknown(_("We need a doctor to name the child’s condition."))
    if not condition.is_confirmed:
        return unknown(
            _("{code} is not on the list for this help, and no doctor has confirmed it yet."),
            code=code,
        )
    if values.review_counts_as_met:
        return met(SEEN_MEANWHILE, code=code)
    return needs_review(
        _("{code} is not on the list for this help. A person will look at it. It is not a no."),
        code=code,
    )


def _any_will_do(_condition: Condition) -> Standing:
    return Standing.MET


@rule(
    "any_condition",
    asks=_("Is there a health condition to find out about?"),
    reads=["conditions"],
    favours={"conditions": WantedCondition(_any_will_do, ("R69",))},
)
def has_any_condition(facts: Facts, _values: Values, _on: date) -> Answer:
    if facts.conditions:
        return met(_("There is a health condition to find out about."))
    return unknown(NONE_KNOWN)


def standing_as_named(values: Values, condition: Condition) -> Standing:
    if row_of(condition, values) is None:
        return Standing.OPEN
    return Standing.MET if condition.is_confirmed else Standing.PENDING


def wanted_by_name(_facts: Facts, values: Values, _on: date) -> Mapping[str, Any]:
    return wanted(partial(standing_as_named, values), values)


def by_name(facts: Facts, values: Values) -> Answer | None:
    """Return what the named conditions alone decide, or None when the child has none of them."""
    if not facts.conditions:
        return None
    condition = foremost(facts.conditions, partial(standing_as_named, values))
    row = row_of(condition, values)
    if row is None:
        return None
    said: dict[str, Any] = {"condition": row.name, "code": condition.icd10}
    if condition.is_confirmed:
        return met(_("A doctor confirmed {condition:name} ({code})."), **said)
    return unknown(_("We need a doctor to confirm {condition:name} ({code})."), **said)


@rule(
    "named_condition",
    asks=_("Is it the condition this help is for?"),
    reads=["conditions"],
    takes={"list": "conditions"},
    favours=wanted_by_name,
)
def has_named_condition(facts: Facts, values: Values, _on: date) -> Answer:
    if not facts.conditions:
        return unknown(NONE_KNOWN)
    found = by_name(facts, values)
    if found is not None:
        return found
    return not_met(
        _("This help is for one condition: {condition:name}."), condition=values.list.rows[0].name
    )
