from __future__ import annotations

import random
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine import availability, determine_any
from eligibility.facts import Facts
from eligibility.program_folders import rulebooks
from eligibility.reading import parse_facts
from eligibility.rulebooks import Edition, Service
from tests.eligibility.strategies import (
    Json,
    answers_to,
    children,
    conditions,
    known,
    not_final,
    told,
)

quiet = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def outcomes(facts: Json) -> dict[str, str]:
    services = determine_any(rulebooks(), parse_facts(facts)).services
    return {key: service.outcome for key, service in services.items()}


def outcome(edition: Edition, service: Service, facts: Facts) -> str:
    return availability([edition.requirements[key].find(facts).outcome for key in service.requires])


def smallest_set(edition: Edition, service: Service, facts: Json) -> tuple[str, ...]:
    """The contract's definition, word for word: try every set of open facts with every answer."""
    paths = not_final(facts)
    for count in range(1, len(paths) + 1):
        for asked in combinations(paths, count):
            for answers in product(*(answers_to(path) for path in asked)):
                answered = facts
                for path, answer in zip(asked, answers, strict=True):
                    answered = told(answered, path, answer)
                found = outcome(edition, service, parse_facts(answered))
                if found in ("available", "needs_review"):
                    return asked
    return ()


@pytest.mark.slow
@settings(quiet, max_examples=400)
@given(children(most_unknown=4), st.data())
def test_what_to_ask_next_is_what_trying_everything_finds(facts: Json, data: st.DataObject):
    edition = rulebooks()[facts["program"]].on(parse_facts(facts).on)
    services = determine_any(rulebooks(), parse_facts(facts)).services
    for service in edition.services:
        if services[service.key].outcome != "unknown":
            assert services[service.key].ask_next == ()
    waiting = [one for one in edition.services if services[one.key].outcome == "unknown"]
    if waiting:
        service = data.draw(st.sampled_from(waiting))
        only = _without_what_no_rule_of(service, edition, facts)
        assert services[service.key].ask_next == smallest_set(edition, service, only)


def _without_what_no_rule_of(service: Service, edition: Edition, facts: Json) -> Json:
    """Settle the open facts that the service never looks at, so that trying everything ends."""
    reads = {name for key in service.requires for name in edition.requirements[key].rule.reads}
    settled = facts
    for path in not_final(facts):
        name = path if path in reads else path.split(".")[0]
        if name not in reads:
            settled = told(settled, path, answers_to(path)[0])
    return settled


@settings(quiet, max_examples=200)
@given(children(), st.data())
def test_telling_one_more_fact_never_closes_what_is_open(facts: Json, data: st.DataObject):
    before = outcomes(facts)
    unknown = [path for path in not_final(facts) if known(facts, path) is None]
    unknown = [path for path in unknown if path != "residence.away_days"]
    if not unknown:
        return
    path = data.draw(st.sampled_from(unknown))
    after = outcomes(told(facts, path, data.draw(st.sampled_from(answers_to(path)))))
    assert [
        key for key, was in before.items() if was == "available" and after[key] == "unknown"
    ] == []


@settings(quiet, max_examples=200)
@given(children(), conditions())
def test_naming_one_more_condition_never_closes_what_is_open(facts: Json, condition: Json):
    before = outcomes(facts)
    more = told(facts, "conditions", [*(facts.get("conditions") or []), condition])
    after = outcomes(more)
    assert [
        key for key, was in before.items() if was == "available" and after[key] == "unknown"
    ] == []


@settings(quiet, max_examples=150)
@given(children(), st.randoms(use_true_random=False))
def test_the_order_of_facts_never_matters(facts: Json, chance: random.Random):
    other = _shuffled(facts, chance)
    one = determine_any(rulebooks(), parse_facts(facts)).services
    two = determine_any(rulebooks(), parse_facts(other)).services
    for key, service in one.items():
        assert two[key].outcome == service.outcome
        assert two[key].findings == service.findings
        assert len(two[key].ask_next) == len(service.ask_next)


def _shuffled(facts: Json, chance: random.Random) -> Json:
    keys = list(facts)
    chance.shuffle(keys)
    other = {key: facts[key] for key in keys}
    for name in ("conditions", "income"):
        if other.get(name):
            other[name] = chance.sample(other[name], len(other[name]))
    return other


@settings(quiet, max_examples=150)
@given(children())
def test_a_rule_looks_only_at_the_facts_it_declares(facts: Json):
    child = parse_facts(facts)
    for requirement in rulebooks()[child.program].on(child.on).requirements.values():
        declared: Json = {"program": facts["program"], "on": facts["on"]}
        for name in requirement.rule.reads:
            declared = told(declared, name, known(facts, name))
        assert requirement.find(parse_facts(declared)) == requirement.find(child)


@settings(quiet, max_examples=100)
@given(children())
def test_the_answers_to_what_is_asked_are_worth_asking_for(facts: Json):
    """Nothing is asked twice: each path asked is one that is not final."""
    services = determine_any(rulebooks(), parse_facts(facts)).services
    for service in services.values():
        assert set(service.ask_next) <= set(not_final(facts))
