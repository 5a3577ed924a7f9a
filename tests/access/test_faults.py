"""The walk is worth something: each fault planted here is found."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from cms_portal import programs
from cms_portal.access.policy import Policy
from cms_portal.access.roles import Scope
from cms_portal.access.views import ObjectPage
from cms_portal.families.actions import change_guardian
from cms_portal.families.models import Child
from cms_portal.families.policies import HOUSEHOLDS
from cms_portal.families.views.child import ChildPage, WhoLooked
from cms_portal.families.views.record import HouseholdRecord
from tests.access.addresses import differences
from tests.access.rules import Rule, all_of
from tests.access.table import TABLE
from tests.access.walk import Walker

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def walk(world):
    """Return a function that asks one page and returns what was found."""

    def ask(name, method="GET"):
        pages = [page for page in TABLE if page.name == name]
        return Walker(world, pages).walk(method)

    return ask


def test_an_address_that_nobody_judged_is_found():
    first, *others = TABLE

    assert differences(others) == [f"{first.name} is not judged"]


def test_a_method_that_nobody_judged_is_found(monkeypatch):
    monkeypatch.setattr(HouseholdRecord, "post", HouseholdRecord.get, raising=False)

    assert differences(TABLE) == [
        "families:household_record answers ['GET', 'POST'], judged is ['GET']"
    ]


def test_a_policy_opened_too_wide_is_found(walk, monkeypatch):
    monkeypatch.setitem(HOUSEHOLDS.scopes, Scope.OFFICE, lambda reach: Q())

    found = walk("families:household_record")

    assert "GET families:household_record (nearby) as ida: 200, not {404}" in found.wrong_status
    assert any("(nearby) as ida: tells the guardian's" in leak for leak in found.leaks)


def test_a_family_scope_opened_to_the_other_home_is_found(walk, monkeypatch):
    monkeypatch.setitem(HOUSEHOLDS.scopes, Scope.HOUSEHOLD, lambda reach: Q())

    found = walk("families:address", "POST")

    assert any("(second_home) as rosa" in wrong for wrong in found.wrong_status)
    assert found.writing_refusals


def test_a_word_of_another_home_on_a_page_is_found(walk, world, monkeypatch):
    honest, other = ChildPage.page, world.cases["second_home"]
    name = other.guardian.first_name
    monkeypatch.setattr(ChildPage, "page", lambda page: honest(page) | {"facts": [{"value": name}]})

    leaks = walk("families:child").leaks

    assert any("as rosa: tells the guardian's first name of second_home" in leak for leak in leaks)


def test_a_refusal_in_the_dress_of_the_childs_program_is_found(walk, monkeypatch):
    honest = WhoLooked.load

    def load(page, **kwargs):
        if child := Child.objects.filter(**kwargs).first():
            page.request.program = programs.get(child.program)
        honest(page, **kwargs)

    monkeypatch.setattr(WhoLooked, "load", load)

    told = walk("families:who_looked").tells_missing_from_foreign

    assert "GET families:who_looked (mateo) as newt" in told


def test_a_page_that_is_forbidden_where_it_should_not_exist_is_found(walk, monkeypatch):
    def find(policy, user, permission, rows=None, **lookup):
        raise PermissionDenied

    monkeypatch.setattr(Policy, "find", find)

    assert walk("families:who_looked").wrong_status


def test_a_page_about_a_child_that_leaves_no_note_is_found(walk, monkeypatch):
    monkeypatch.setattr(WhoLooked, "note_who_looked", lambda page: None)

    found = walk("families:who_looked")

    assert "GET families:who_looked (mateo) as rosa: 0 notes, not 1" in found.wrong_looks


def test_a_page_that_leaves_two_notes_is_found(walk, monkeypatch):
    honest = ObjectPage.note_who_looked
    monkeypatch.setattr(WhoLooked, "note_who_looked", lambda page: (honest(page), honest(page)))

    assert walk("families:who_looked").wrong_looks


def test_a_get_that_writes_is_found(walk, monkeypatch):
    honest = HouseholdRecord.page

    def page(view, **more):
        change_guardian(
            guardian=view.object.guardians.first(), by=view.request.user, reason="", last_name="x"
        )
        return honest(view, **more)

    monkeypatch.setattr(HouseholdRecord, "page", page)

    (told,) = walk("families:household_record").writing_gets
    assert "families_guardian" in told


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["'self'", "'unsafe-inline'"]}}),
        ("X_FRAME_OPTIONS", "SAMEORIGIN"),
    ],
)
def test_an_answer_without_its_headers_is_found(walk, settings, setting, value):
    setattr(settings, setting, value)

    found = walk("families:household")

    assert len(found.weak_headers) == found.requests


def test_a_page_that_nobody_may_open_is_found(world):
    (page,) = [page for page in TABLE if page.name == "work:tasks"]
    shut = type(page)(page.name, get=Rule({}, seen=all_of(*page.get.ok)))

    assert Walker(world, [shut]).walk("GET").never_allowed == ["GET work:tasks"]
