"""Fifty at the same moment: one open application for a child in each home, and no home shuts out another."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms_portal.audit.tracking import save_tracked
from eligibility.models import Determination
from intake.actions import applications
from intake.models import Application, Signature, Status
from tests.factories import AuthorityFactory, GuardianFactory, SecondHomeFactory
from tests.factories.applications import answer, start
from tests.logins import as_login
from tests.reliability.at_once import browser_of, in_threads, token_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FIFTY = 50
START = reverse("intake:start", args=["nm-cms"])
SIGN = {"name": "Rosa Baca", "agrees": "on"}
ONE_OPEN = "one_open_application_per_child_and_household"


@pytest.fixture
def elena(rosa):
    """The child's other parent, in the same home."""
    guardian = GuardianFactory(household=rosa.household, first_name="Elena")
    AuthorityFactory(guardian=guardian, child=rosa.child)
    return guardian.user


@pytest.fixture
def marta(rosa, office):
    """The child's other parent, in a home of their own."""
    return SecondHomeFactory(child=rosa.child, household__county=office.county)


@pytest.fixture
def shown(rosa, elena, marta):
    """Fifty pages that ask for whom the application is, open before the first of them is sent."""
    parents = [browser_of(user) for user in (rosa.user, elena, marta.user)]
    browsers = [parents[number % len(parents)] for number in range(FIFTY)]
    return [(browser, START, whom(rosa, browser)) for browser in browsers]


def whom(family, browser):
    return {"who": family.child.pk, "start_key": uuid.uuid4()} | token_of(browser.get(START))


def at_once(pages):
    """Send pages at the same moment, each over a connection of its own."""
    together = threading.Barrier(len(pages))

    def one(page):
        browser, url, data = page
        together.wait(60)
        return browser.post(url, data)

    return in_threads(one, pages, threads=len(pages))


def open_by_home(child):
    """Return how many open applications each home of a child has."""
    return Counter(
        Application.objects.open().filter(child=child).values_list("household", flat=True)
    )


@contextmanager
def without_the_constraint():
    """Take the database's own word away, and give it back on an empty table."""
    table = Application._meta.db_table
    kept = next(one for one in Application._meta.constraints if one.name == ONE_OPEN)
    with as_login("owner") as owner, owner.schema_editor() as editor:
        editor.execute(f"DROP INDEX {ONE_OPEN}")
    try:
        yield
    finally:
        with as_login("owner") as owner:
            with owner.cursor() as cursor:
                cursor.execute(f"TRUNCATE {table} CASCADE")
            with owner.schema_editor() as editor:
                editor.add_constraint(Application, kept)


def take_the_lock_away(monkeypatch):
    homes = applications.Household.objects
    monkeypatch.setattr(homes, "select_for_update", homes.all, raising=False)


def test_fifty_starts_are_one_application_in_each_home(shown, rosa, marta, elena):
    answers = at_once(shown)

    assert Counter(one.status_code for one in answers) == {302: FIFTY}
    assert open_by_home(rosa.child) == {rosa.household.pk: 1, marta.household.pk: 1}
    of_home = {one.household_id: one for one in Application.objects.all()}
    for (browser, *_page), answered in zip(shown, answers, strict=True):
        is_martas = browser.session["_auth_user_id"] == str(marta.user.pk)
        own = of_home[(marta if is_martas else rosa).household.pk]
        other = of_home[(rosa if is_martas else marta).household.pk]
        assert answered.url == own.get_absolute_url()
        assert other.number not in answered.url
    assert browser_of(elena).get(of_home[rosa.household.pk].get_absolute_url()).status_code == 200
    assert (
        browser_of(marta.user).get(of_home[rosa.household.pk].get_absolute_url()).status_code == 404
    )


def test_fifty_sends_are_one_application_sent_by_each_home(rosa, elena, marta):
    drafts = {family.household.pk: answer(start(family)) for family in (rosa, marta)}
    senders = [(rosa.user, rosa), (elena, rosa), (marta.user, marta)]
    pages = []
    for number in range(FIFTY):
        user, home = senders[number % len(senders)]
        draft, browser = drafts[home.household.pk], browser_of(user)
        page = browser.get(reverse("intake:check", args=[draft.number]))
        pages.append(
            (browser, reverse("intake:submit", args=[draft.number]), SIGN | token_of(page))
        )

    answers = at_once(pages)

    assert Counter(one.status_code for one in answers) == {302: FIFTY}
    assert {one.url for one in answers} == {
        reverse("intake:receipt", args=[draft.number]) for draft in drafts.values()
    }
    assert set(Application.objects.values_list("status", flat=True)) == {Status.SUBMITTED}
    assert Application.objects.count() == Signature.objects.count() == 2
    assert Determination.objects.count() == 2


@pytest.mark.parametrize("first", ["rosa", "marta"])
def test_who_applied_first_shuts_nobody_out(first, rosa, marta):
    homes = [rosa, marta] if first == "rosa" else [marta, rosa]
    at_once([(b, START, whom(rosa, b)) for b in (browser_of(homes[0].user) for _n in range(5))])

    late = at_once(
        [(b, START, whom(rosa, b)) for b in (browser_of(homes[1].user) for _n in range(5))]
    )

    assert {one.status_code for one in late} == {302}
    assert open_by_home(rosa.child) == {home.household.pk: 1 for home in homes}


def test_without_the_lock_the_database_still_lets_one_in(shown, rosa, marta, monkeypatch):
    take_the_lock_away(monkeypatch)
    for browser, *_page in shown:
        browser.raise_request_exception = False

    answers = at_once(shown)

    assert open_by_home(rosa.child) == {rosa.household.pk: 1, marta.household.pk: 1}
    assert {one.status_code for one in answers} <= {302, 500}


def test_without_the_lock_and_the_constraint_fifty_starts_are_more_than_one(
    shown, rosa, monkeypatch
):
    """Positive control: nothing else guards the one application, and the count finds it."""
    take_the_lock_away(monkeypatch)

    with without_the_constraint():
        at_once(shown)
        found = open_by_home(rosa.child)

    assert max(found.values()) > 1


def test_the_constraint_refuses_a_second_one_past_the_action(rosa):
    """Positive control: without the constraint the database takes a second one."""
    first = start(rosa)

    def start_another():
        second = Application(
            program=first.program,
            child=first.child,
            household=first.household,
            channel=first.channel,
            start_key=uuid.uuid4(),
            started_by=rosa.user,
        )
        with transaction.atomic():
            save_tracked(second, by=rosa.user, reason="past the action")

    with pytest.raises(IntegrityError, match=ONE_OPEN):
        start_another()
    with without_the_constraint():
        start_another()
        assert open_by_home(rosa.child)[rosa.household.pk] == 2
