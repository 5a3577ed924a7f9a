"""The list of tasks: what must I do today, and why."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.access.roles import Permission
from cms_portal.audit.models import AccessEvent
from cms_portal.families.actions import assign
from cms_portal.families.models import AssignmentKind
from cms_portal.work import actions
from cms_portal.work.models import Task
from cms_portal.work.policies import TASKS
from tests.factories import ChildFactory, OfficeFactory, StaffFactory, UserFactory, the_portal
from tests.factories.dates import days_from_today

pytestmark = pytest.mark.django_db

LIST = reverse("work:tasks")


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def ida(client, office):
    ida = StaffFactory(role="intake-worker", office=office)
    client.force_login(ida)
    return ida


def task(office, days: int = 1, **facts) -> Task:
    facts.setdefault("title", "Call the family back")
    return actions.ask_for(
        program="nm-cms",
        kind="test.task",
        due_on=days_from_today(days),
        by=the_portal(),
        office=office,
        **facts,
    )


def child_of(office, **facts):
    child = ChildFactory(**facts)
    assign(
        child=child,
        office=office,
        kind=AssignmentKind.PRIMARY,
        starts_on=days_from_today(-1),
        by=the_portal(),
        reason="test",
    )
    return child


def test_a_family_has_no_list_of_tasks(client):
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 403


def test_tasks_of_another_office_are_neither_listed_nor_closed(client, ida):
    theirs = task(OfficeFactory(), title="Canary of another office")
    assert "Canary" not in client.get(LIST).content.decode()
    address = reverse("work:finish", args=[theirs.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"outcome": "x"}).status_code == 404


def test_a_grant_without_an_office_reaches_no_task_without_one():
    task(None)
    nobody = StaffFactory(role="intake-worker", office=None, program="nm-cms")
    assert not TASKS.rows(nobody, Permission.TASK_VIEW).exists()


def test_a_child_is_not_named_to_somebody_who_may_not_see_the_child(client, ida, office):
    elsewhere = child_of(OfficeFactory(), first_name="Canary", last_name="Elsewhere")
    task(office, child=elsewhere)
    page = client.get(LIST).content.decode()
    assert "Canary" not in page
    assert "A child you do not see" in page
    assert not AccessEvent.objects.exists()


def test_a_child_is_named_to_those_who_may_see_the_child_and_that_is_kept(client, ida, office):
    child = child_of(office, first_name="Mateo", last_name="Baca")
    task(office, child=child)
    assert "Mateo" in client.get(LIST).content.decode()
    event = AccessEvent.objects.get()
    assert (event.actor, event.child, event.action) == (ida, child, AccessEvent.Action.LIST)


def test_the_most_urgent_stands_first_and_each_says_why_and_by_when(client, ida, office):
    task(office, 5, title="Later")
    task(office, -1, title="Overdue", why="Sent last week")
    task(office, 9, title="At once", is_urgent=True)
    page = client.get(LIST).content.decode()
    assert page.index("At once") < page.index("Overdue") < page.index("Later")
    assert "Sent last week" in page
    assert "Late" in page


def test_a_done_task_is_off_the_list_with_its_outcome_kept(client, ida, office):
    row = task(office)
    response = client.post(reverse("work:finish", args=[row.pk]), {"outcome": "Called back"})
    row.refresh_from_db()
    assert response.url == LIST
    assert (row.outcome, row.done_by) == ("Called back", ida)
    assert row.title not in client.get(LIST).content.decode()


def test_a_task_is_not_closed_without_a_word_on_what_came_of_it(client, ida, office):
    row = task(office)
    response = client.post(reverse("work:finish", args=[row.pk]), {"outcome": ""})
    row.refresh_from_db()
    assert response.status_code == 422
    assert row.done_at is None


def test_closing_twice_keeps_the_first_word(client, ida, office):
    row = task(office)
    for outcome in ("Called back", "Called again"):
        client.post(reverse("work:finish", args=[row.pk]), {"outcome": outcome})
    row.refresh_from_db()
    assert row.outcome == "Called back"


def test_asking_twice_about_one_thing_makes_one_task(office):
    about = office
    first, second = task(office, about=about), task(office, about=about)
    assert first == second
    actions.finish(task=first, by=the_portal(), at=timezone.now(), outcome="done")
    assert task(office, about=about) != first


def test_an_empty_list_says_what_will_be_here(client, ida):
    assert "Nothing to do" in client.get(LIST).content.decode()


def queries_of(client) -> int:
    """Count the queries of the list, without the marks of transactions."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def test_the_list_asks_the_database_as_often_for_30_as_for_3(client, ida, office):
    asked = []
    client.get(LIST)
    for count in (3, 27):
        for number in range(count):
            task(office, child=child_of(office, first_name=f"Child{number}"))
        asked.append(queries_of(client))
    assert asked[0] == asked[1] <= 12


def test_a_long_list_has_pages(client, ida, office):
    for number in range(51):
        task(office, title=f"Task {number}")
    assert "page=2" in client.get(LIST).content.decode()
    assert client.get(LIST, {"page": "2"}).status_code == 200
    assert client.get(LIST, {"page": "\x00"}).status_code == 200


def test_the_moment_of_closing_is_kept(office):
    at = datetime(2026, 11, 25, 18, tzinfo=timezone.get_default_timezone())
    row = actions.finish(task=task(office), by=the_portal(), at=at, outcome="done")
    assert row.done_at == at


def test_a_worker_who_reads_spanish_reads_what_to_do_in_spanish(client, ida, office):
    task(office, title="Read a new paper", why="The family added a paper to its application.")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"

    page = client.get(LIST).content.decode()

    assert "Lea un documento nuevo" in page
    assert "La familia agregó un documento a su solicitud." in page
