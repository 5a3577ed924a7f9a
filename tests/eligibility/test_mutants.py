from __future__ import annotations

import importlib
from dataclasses import replace

import pytest
from django.utils import translation

from tests.eligibility.children import ExampleChild, example_children
from tests.eligibility.mutants import NAME, Mutant, all_mutants, living

NOTHING_TURNED = Mutant("engine.py", "", number=-1, change="nothing")
# What no example can tell apart, and why.
SURVIVORS = {
    "condition_lists.py, _exactness: and ↔ or": "the lists put the more exact row first",
    "condition_lists.py, takes_in: LtE → Lt": "the upper bound itself begins with itself",
    "condition_lists.py, takes_in: and ↔ or": "a row has both ends of a range or none",
    "rules/conditions.py, _any_will_do: Standing.MET → OPEN": "only one code is there to choose",
    "rules/conditions.py, standing_as_named: Standing.PENDING → REVIEW": "it is still the highest",
    "rules/money.py, money_that_matters: Gt → GtE": "the same total, tried twice",
}


@pytest.mark.slow
def test_the_examples_catch_the_rules_when_one_thing_is_turned_around():
    children = tuple(example_children())
    mutants = tuple(all_mutants())
    assert len(mutants) > 150
    survivors = {str(mutant) for mutant in mutants if not is_caught(mutant, children)}
    assert survivors == SURVIVORS.keys(), (len(mutants), survivors)
    assert len(survivors) <= len(mutants) * 0.05


def test_nothing_is_caught_where_nothing_was_turned_around():
    assert not is_caught(NOTHING_TURNED, tuple(example_children()))


def test_a_rule_turned_around_is_caught():
    first = next(mutant for mutant in all_mutants() if mutant.file == "rules/ages.py")
    assert is_caught(first, tuple(example_children()))
    assert not is_caught(replace(first, number=-1), tuple(example_children()))


def is_caught(mutant: Mutant, children: tuple[ExampleChild, ...]) -> bool:
    with living(mutant), translation.override("en"):
        try:
            return any(answers_differ(child) for child in children)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return True


def answers_differ(child: ExampleChild) -> bool:
    engine, folders, reading, sentences = (
        importlib.import_module(f"{NAME}.{name}")
        for name in ("engine", "program_folders", "reading", "sentences")
    )
    facts = reading.parse_facts(child.facts)
    services = engine.determine_any(folders.rulebooks(), facts).services
    said: dict[str, str] = {}
    for key, expected in child.expect.items():
        found = {one.rule: one.outcome for one in services[key].findings}
        if (services[key].outcome, found) != (expected.outcome, expected.findings):
            return True
        said |= {one.rule: sentences.sentence(one) for one in services[key].findings}
    if any(said[rule] != words for rule, words in child.says.items()):
        return True
    return any(services[key].ask_next != paths for key, paths in child.asks.items())
