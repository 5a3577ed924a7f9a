"""What would the rules say if one fact were another? Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cms_portal import programs
from eligibility.catalogue import service_name
from eligibility.choices import ELSEWHERE
from eligibility.comparing import flips
from eligibility.engine import determine
from eligibility.library import Outcome as Found
from eligibility.models import Outcome
from eligibility.program_folders import rulebooks
from eligibility.reading import parse_facts
from eligibility.sentences import sentence

YES_OR_NO = {"yes": True, "no": False}
ANSWERS = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True)
class Flip:
    """One service that would come out otherwise, and why."""

    service: str
    was: str
    becomes: str
    reasons: list[str]


def facts_read(program: str) -> set[str]:
    """Return the facts that any rule of a program reads."""
    return {fact for one in rulebooks()[program].rules.values() for fact in one.rule.reads}


def as_shown(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts as the what-if form shows them; of several conditions, the first."""
    known = parse_facts(facts)
    condition = (facts.get("conditions") or [{}])[0]
    rules = rulebooks()[facts["program"]].on(known.on).requirements.values()
    times = next((one.values.times_a_year for one in rules if one.values.times_a_year), None)
    home = facts["residence"]
    return {
        "date_of_birth": known.date_of_birth,
        "lives_in_state": ANSWERS[None if home["state"] is None else home["state"] != ELSEWHERE],
        "intends_to_stay": ANSWERS[home["intends_to_stay"]],
        "icd10": condition.get("icd10") or "",
        "status": condition.get("status") or "",
        "on_seizure_medication": ANSWERS[condition.get("on_seizure_medication")],
        "has_primary_care_provider": ANSWERS[facts["has_primary_care_provider"]],
        "size": facts["household"]["size"],
        "children_with_special_needs": facts["household"]["children_with_special_needs"],
        "income_a_year": known.annual_income(times) if times else None,
        "medicaid": facts["coverage"]["medicaid"] or "",
        "private_insurance": ANSWERS[facts["coverage"]["private_insurance"]],
        "insurance_pool": facts["coverage"]["insurance_pool"] or "",
    }


def supposing(
    facts: dict[str, Any], told: dict[str, Any], changed: Iterable[str]
) -> dict[str, Any]:
    """Return the facts with the changed fields of the form in place of what was known."""
    supposed = deepcopy(facts)
    for name in changed:
        _put(supposed, name, told[name])
    return supposed


def _put(facts: dict[str, Any], name: str, value: Any) -> None:
    if name == "date_of_birth":
        facts[name] = value.isoformat() if isinstance(value, date) else None
    elif name == "lives_in_state":
        here = programs.get(facts["program"]).state
        facts["residence"]["state"] = {"yes": here, "no": ELSEWHERE}.get(value)
    elif name == "income_a_year":
        line = {"amount": str(value), "period": "annual"}
        facts["income"] = [line] if isinstance(value, Decimal) else None
    elif name in ("icd10", "status", "on_seizure_medication"):
        first, *others = facts.get("conditions") or [{}]
        known = YES_OR_NO.get(value) if name == "on_seizure_medication" else value or None
        facts["conditions"] = [first | {name: known}, *others]
    else:
        _put_plain(facts, name, YES_OR_NO.get(value, value))


def _put_plain(facts: dict[str, Any], name: str, value: Any) -> None:
    for group in ("residence", "household", "coverage"):
        if name in facts[group]:
            facts[group][name] = None if value == "" else value
            return
    facts[name] = None if value == "" else value


def flips_of(facts: dict[str, Any], supposed: dict[str, Any]) -> list[Flip]:
    """Return the services that come out otherwise; raises BadFacts for facts that cannot be."""
    rulebook = rulebooks()[facts["program"]]
    before = determine(rulebook, parse_facts(facts))
    after = determine(rulebook, parse_facts(supposed))
    return [
        Flip(
            service=service_name(facts["program"], key),
            was=str(Outcome(was).label),
            becomes=str(Outcome(becomes).label),
            reasons=[
                sentence(one)
                for one in after.services[key].findings
                if one.outcome is not Found.MET or becomes == Outcome.AVAILABLE
            ],
        )
        for key, was, becomes in flips(before, after)
    ]
