"""A grant of no office and no region reaches nothing, not even what belongs to no office."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.families.policies import CHILDREN
from cms_portal.work.actions import ask_for
from cms_portal.work.policies import TASKS
from tests.factories import AssignmentFactory, OfficeFactory, StaffFactory, the_portal
from tests.factories.dates import NM, days_from_today

pytestmark = pytest.mark.django_db


def policies() -> dict[str, Policy]:
    modules = [
        import_module(f"{app.name}.policies")
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, "policies")
    ]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Policy)
    }


def ways(policy, scope, reach):
    reached = policy.scopes[scope](reach) if scope in policy.scopes else []
    return reached if isinstance(reached, list) else [reached]


@pytest.fixture
def nowhere():
    """A supervisor whose grant names no region."""
    return StaffFactory(role="supervisor", program=NM)


def test_a_child_served_by_an_office_of_no_region_is_not_everybodys(nowhere):
    child = AssignmentFactory(office=OfficeFactory(region=None, county=None)).child

    assert not CHILDREN.allows(nowhere, Permission.CHILD_VIEW, child)


def test_a_task_of_no_office_is_not_everybodys(nowhere):
    ask_for(program=NM, kind="x", title="Call", due_on=days_from_today(1), by=the_portal())

    assert not TASKS.rows(nowhere, Permission.TASK_VIEW).exists()


@pytest.mark.parametrize("scope", [Scope.OFFICE, Scope.REGION])
@pytest.mark.parametrize("name", sorted(policies()))
def test_no_policy_asks_for_the_rows_of_no_office(name, scope, nowhere):
    policy = policies()[name]
    (grant,) = nowhere.grants
    reach = Reach(nowhere, policy.view, (NM,), days_from_today(0), grant)

    for way in ways(policy, scope, reach):
        rows = policy.model._default_manager.filter(way)
        assert not re.search(r'"(office|region)_id" IS NULL', str(rows.query))


def test_the_policies_are_found():
    assert len(policies()) >= 14
