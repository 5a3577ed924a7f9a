"""No page asks the database more often for thirty rows than for three, and none more than twelve times."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.pages import MOST_QUERIES
from cms_portal.access import same_page
from cms_portal.accounts.models import User
from cms_portal.audit.actions import note_access
from cms_portal.families.models import Child
from cms_portal.families.views.child import ChildPage
from cms_portal.journeys.rows import MOST_ROWS
from cms_portal.notifications import actions as notifications
from cms_portal.notifications.models import Message
from cms_portal.work import actions as work
from intake.actions import decisions
from intake.journeys.filling import fill, rows
from intake.models import Channel
from tests.factories import (
    AssignmentFactory,
    AuthorityFactory,
    ChildFactory,
    Family,
    FamilyFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.applications import answer, send, start
from tests.factories.dates import days_from_today
from tests.intake.conftest import office
from tests.intake.test_deciding import decide_everything

__all__ = ["office"]
pytestmark = pytest.mark.django_db
FEW, MANY = 3, 30
# A page is a transaction of its own; inside the test's, that is a savepoint, and its release.
OF_THE_TEST = 2


@dataclass
class Cast:
    """A family of one office, a worker of it, and a supervisor."""

    office: Any
    ida: User
    sam: User
    rosa: Family

    def another_child(self) -> Child:
        child = ChildFactory(household=self.rosa.household)
        AuthorityFactory(guardian=self.rosa.guardian, child=child)
        return child

    def draft(self) -> Any:
        return answer(start(self.rosa))

    def sent(self) -> Any:
        return send(self.draft())

    def decided(self) -> Any:
        application = self.sent()
        decide_everything(application, self.ida, self.sam)
        return decisions.tell_family(application=application, by=self.ida, at=timezone.now())


@pytest.fixture
def cast(office):
    ida = StaffFactory(role="intake-worker", office=office)
    sam = StaffFactory(role="program-supervisor", program=office.program)
    return Cast(office, ida, sam, FamilyFactory(household__county=office.county))


@dataclass(frozen=True)
class Grown:
    """A page, who asks for it, and what adds one row to it."""

    who: User
    address: str
    add: Callable[[int], object] = lambda number: None
    most: int = MANY
    data: dict[str, str] | None = None


PAGES: dict[str, Callable[[Cast], Grown]] = {}


def page(grown: Callable[[Cast], Grown]) -> Callable[[Cast], Grown]:
    PAGES[grown.__name__] = grown
    return grown


@page
def home(cast):
    def add(number):
        start(Family(**vars(cast.rosa) | {"child": cast.another_child()}))

    return Grown(cast.rosa.user, reverse("home"), add)


@page
def child(cast):
    def add(number):
        AuthorityFactory(guardian__household=cast.rosa.household, child=cast.rosa.child)
        worker = StaffFactory(role="intake-worker", office=cast.office)
        note_access(by=worker, page="families:child_record", child=cast.rosa.child)

    return Grown(cast.rosa.user, reverse("families:child", args=[cast.rosa.child.pk]), add)


def _conditions(application: Any, by: User) -> Callable[[int], object]:
    """Tell one condition more each time, epilepsy among them, which opens a page of its own."""

    def add(number):
        kept = {"conditions-INITIAL_FORMS": number}
        told = [{"text": f"epilepsy {n}", "status": "reported"} for n in range(number + 1)]
        fill(application, {"conditions": rows("conditions", *told) | kept}, by=by)

    return add


def _of_draft(name: str, cast: Cast, *arguments: str, data: Any = None) -> Grown:
    application = start(cast.rosa)
    answer(application, conditions=rows("conditions"), **{"any-income": {"has_income": "no"}})
    add = _conditions(application, cast.rosa.user)
    address = reverse(name, args=[application.number, *arguments])
    return Grown(cast.rosa.user, address, add, most=MOST_ROWS, data=data)


@page
def tasks_of_a_draft(cast):
    return _of_draft("intake:tasks", cast)


@page
def step_shown(cast):
    return _of_draft("intake:step", cast, "conditions")


@page
def step_saved(cast):
    return _of_draft("intake:step", cast, "about", data={"strengths": "Sings."})


@page
def check(cast):
    return _of_draft("intake:check", cast)


@page
def receipt(cast):
    application = cast.sent()
    return Grown(cast.rosa.user, reverse("intake:receipt", args=[application.number]))


@page
def decision(cast):
    application = cast.decided()
    return Grown(cast.rosa.user, reverse("intake:decision", args=[application.number]))


def _write(cast: Cast, number: int) -> Message:
    return notifications.queue(
        key="notifications/sign_in_code",
        guardian=cast.rosa.guardian,
        child=cast.another_child(),
        outside={"code": "-"},
        by=the_portal(),
    )


@page
def messages(cast):
    return Grown(cast.rosa.user, reverse("notifications:mine"), lambda number: _write(cast, number))


@page
def one_message(cast):
    message = _write(cast, 0)
    return Grown(cast.rosa.user, reverse("notifications:message", args=[message.pk]))


@page
def own_account(cast):
    return Grown(cast.rosa.user, reverse("account_home"))


@page
def staff_queue(cast):
    def add(number):
        family = FamilyFactory(household__county=cast.office.county)
        AssignmentFactory(child=family.child, office=cast.office)
        start(family, channel=Channel.PHONE, by=cast.ida)

    return Grown(cast.ida, reverse("intake:queue"), add)


@page
def staff_tasks(cast):
    def add(number):
        child = ChildFactory()
        AssignmentFactory(child=child, office=cast.office)
        work.ask_for(
            program=child.program,
            kind="test.task",
            title="Call the family back",
            due_on=days_from_today(1),
            office=cast.office,
            child=child,
            about=child,
            by=the_portal(),
        )

    return Grown(cast.ida, reverse("work:tasks"), add)


@page
def review(cast):
    application = cast.sent()
    add = _conditions(application, cast.ida)

    def add_after_the_first(number):
        return add(number + 1)

    address = reverse("intake:review", args=[application.number])
    return Grown(cast.ida, address, add_after_the_first, most=MOST_ROWS - 1)


@page
def phone(cast):
    application = start(cast.rosa, channel=Channel.PHONE, by=cast.ida)
    AssignmentFactory(child=cast.rosa.child, office=cast.office)
    add = _conditions(application, cast.ida)
    return Grown(cast.ida, reverse("intake:phone", args=[application.number]), add, most=MOST_ROWS)


def _ask(client: Client, grown: Grown) -> Any:
    if not grown.data:
        return client.get(grown.address)
    # Each time as from a page opened anew.
    return client.post(grown.address, grown.data | {same_page.TOKEN: secrets.token_hex(16)})


def asked(client: Client, grown: Grown) -> int:
    """Return how often one request asks the database, as it does outside of a test."""
    with CaptureQueriesContext(connection) as queries:
        answered = _ask(client, grown)
    assert answered.status_code == (302 if grown.data else 200)
    return len(queries) - OF_THE_TEST


def counts(client: Client, grown: Grown) -> tuple[int, int]:
    """Return the number of queries with few rows and with many."""
    client.force_login(grown.who)
    for number in range(FEW):
        grown.add(number)
    # Its first request writes down the time of the click, and Django reads the content types once.
    client.get(grown.address)
    few = asked(client, grown)
    for number in range(FEW, grown.most):
        grown.add(number)
    return few, asked(client, grown)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_thirty_rows_as_for_three(client, cast, name):
    few, many = counts(client, PAGES[name](cast))

    assert few == many
    assert many <= MOST_QUERIES


def test_a_page_that_reads_row_by_row_is_found(client, cast, monkeypatch):
    frugal = ChildPage.page

    def forgetful(self: ChildPage) -> dict[str, Any]:
        homes = [row.guardian.household for row in self.object.authorities.all()]
        return frugal(self, homes=homes)

    monkeypatch.setattr(ChildPage, "page", forgetful)

    few, many = counts(client, child(cast))

    assert many - few == 2 * (MANY - FEW)
