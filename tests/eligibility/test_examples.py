from __future__ import annotations

from collections import Counter

import pytest
from django.utils import translation

from eligibility.engine import determine_any
from eligibility.program_folders import rulebooks
from eligibility.reading import parse_facts
from eligibility.sentences import sentence
from tests.eligibility.children import ExampleChild, example_children

CHILDREN = tuple(example_children())


@pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.name)
def test_example_child(child: ExampleChild):
    services = determine_any(rulebooks(), parse_facts(child.facts)).services
    for key, expected in child.expect.items():
        assert {f.rule: f.outcome for f in services[key].findings} == expected.findings
        assert services[key].outcome == expected.outcome
    for key, paths in child.asks.items():
        assert services[key].ask_next == paths
    with translation.override("en"):
        said = {f.rule: sentence(f) for key in child.expect for f in services[key].findings}
    assert {rule: said[rule] for rule in child.says} == child.says


def test_there_are_at_least_150_example_children_and_no_two_share_a_name():
    names = Counter(child.name for child in CHILDREN)
    assert len(names) >= 150
    assert max(names.values()) == 1


def test_every_example_names_a_source_of_its_program_and_a_paragraph():
    for child in CHILDREN:
        assert child.source in rulebooks()[child.facts["program"]].sources, child.name
        assert child.paragraph, child.name


def test_the_examples_meet_every_rule_with_every_outcome_it_can_have():
    seen = {
        (rule, outcome)
        for child in CHILDREN
        for expected in child.expect.values()
        for rule, outcome in expected.findings.items()
    }
    rules = {rule for rule, _outcome in seen}
    assert rules == {
        one.rule.name
        for rulebook in rulebooks().values()
        for one in rulebook.rules.values()
        if one.until is None
    }
    assert {rule for rule in rules if (rule, "met") not in seen} == set()
    assert {rule for rule in rules if (rule, "unknown") not in seen} == set()


def test_every_service_is_seen_open():
    open_services = {
        (child.facts["program"], key)
        for child in CHILDREN
        for key, expected in child.expect.items()
        if expected.outcome == "available"
    }
    assert open_services == {
        (code, service.key)
        for code, rulebook in rulebooks().items()
        for service in rulebook.services
    }
