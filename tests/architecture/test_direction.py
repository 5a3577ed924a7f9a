"""News travels down only: no lower app asks through a relation that an upper app has given it.

The linter of imports cannot see a lookup: `child__applications` is a string.
"""

from __future__ import annotations

import ast

import pytest

from cms_portal.access.policy import Policy
from tests.architecture.lookups import crosses, names_above, reaches_up
from tests.architecture.sources import APPS, ROOT, name_of, portal_files, tree


@pytest.mark.parametrize("app", APPS)
def test_no_app_asks_through_a_relation_of_an_app_above_it(app):
    files = [path for path in portal_files() if path.is_relative_to(ROOT / app)]
    found = [
        f"{name_of(path)}:{line}: {lookup}"
        for path in files
        for line, lookup in reaches_up(tree(path), app)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("app", "planted"),
    [
        ("cms_portal", "Q(child__applications__status='sent')"),
        ("cms_portal", "Child.objects.filter(applications__isnull=True)"),
        ("cms_portal", "rows.select_related('child').prefetch_related('applications')"),
        ("cms_portal", "def scope(path='child__determinations'): ..."),
        ("cms_portal", "child.applications.first()"),
        ("cms_portal", "rows.order_by('-child__applications__pk')"),
        ("eligibility", "Q(child__applications__isnull=False)"),
        ("eligibility", "household.applications.all()"),
    ],
)
def test_a_planted_lookup_is_found(app, planted):
    assert list(reaches_up(ast.parse(planted), app))


@pytest.mark.parametrize(
    ("app", "fine"),
    [
        ("cms_portal", "Q(child__household__guardians__user=user)"),
        ("cms_portal", "child.memberships.filter(household__is_placement=True)"),
        ("eligibility", "Determination.objects.filter(child__authorities__isnull=True)"),
        ("intake", "Child.objects.filter(applications__status='sent')"),
        ("intake", "rows.filter(child__determinations__made_by=user)"),
    ],
)
def test_a_lookup_that_stays_below_is_fine(app, fine):
    assert list(reaches_up(ast.parse(fine), app)) == []


def test_what_the_kernel_is_given_from_above_is_known():
    assert {"applications", "determinations"} <= names_above(0)
    assert not names_above(len(APPS) - 1)


def test_every_policy_says_by_a_path_below_it_which_program_a_row_belongs_to():
    policies = list(_policies())

    assert len(policies) >= 10
    for module, policy in policies:
        height = APPS.index(module.split(".")[0])
        policy.model._default_manager.filter(**{policy.program: ""})  # the path resolves
        assert not crosses(policy.program, height), module


def _policies():
    import importlib

    for path in portal_files():
        if path.name == "policies.py":
            module = name_of(path).removesuffix(".py").replace("/", ".")
            yield from (
                (module, value)
                for value in vars(importlib.import_module(module)).values()
                if isinstance(value, Policy)
            )
