"""Who would rather be called asks for it on a public page, and the office of the county calls."""

from __future__ import annotations

import uuid

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cms_portal.offices.models import County, Office
from cms_portal.welcome.models import PublicMessage
from cms_portal.work.models import Task
from tests.factories import StaffFactory

pytestmark = pytest.mark.usefixtures("reference_data")

PROGRAMS = {"nm-cms": "Luna", "ms-cmp": "Hinds"}


@pytest.fixture(autouse=True)
def no_counts_left(reference_data):
    cache.clear()
    yield
    cache.clear()


def page_of(program="nm-cms"):
    return reverse("welcome:call_me", args=[program])


def typed(program="nm-cms", **other):
    county = County.objects.get(program=program, name=PROGRAMS[program])
    return {
        "key": str(uuid.uuid4()),
        "name": "Rosa Canary",
        "phone": "575-555-0134",
        "county": str(county.pk),
        "language": "es",
        "best_time": "after three",
        "may_leave_message": "no",
        **other,
    }


@pytest.mark.parametrize("missing", ["name", "phone", "county", "language", "may_leave_message"])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, missing):
    response = client.post(page_of(), typed(**{missing: ""}))

    assert response.status_code == 422
    assert "after three" in response.content.decode()
    assert not PublicMessage.objects.exists()


def test_a_county_of_the_other_state_is_not_taken(client):
    hinds = County.objects.get(program="ms-cmp", name="Hinds")

    assert client.post(page_of(), typed(county=str(hinds.pk))).status_code == 422


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_office_of_the_county_gets_a_task_to_call_that_says_nothing_of_who(client, program):
    response = client.post(page_of(program), typed(program))

    task, wish = Task.objects.get(), PublicMessage.objects.get()
    assert response.status_code == 302
    assert (task.kind, task.office, task.about) == ("welcome.call", wish.office, wish)
    assert "Canary" not in f"{task.title} {task.why}"
    assert "555" not in f"{task.title} {task.why}"


def test_a_worker_of_the_office_reads_whom_to_call_when_and_how(client):
    client.post(page_of(), typed())
    office = Office.objects.get(program="nm-cms", slug="las-cruces")
    client.force_login(StaffFactory(role="intake-worker", office=office))

    page = client.get(PublicMessage.objects.get().get_absolute_url()).content.decode()

    assert 'href="tel:+15755550134"' in page
    assert "after three" in page
    assert "Leave no message" in page


def test_the_same_page_sent_twice_is_one_wish_and_another_number_another(client):
    wish = typed()
    for _twice in range(2):
        client.post(page_of(), wish)
    client.post(page_of(), wish | {"phone": "575-555-0199"})

    assert PublicMessage.objects.count() == 2


def test_too_many_from_one_connection_keep_what_was_typed(client):
    statuses = [client.post(page_of(), typed()).status_code for _n in range(11)]

    assert statuses == [302] * 10 + [429]
    page = client.post(page_of(), typed()).content.decode()
    assert "after three" in page
    assert "1-877-890-4692" in page


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", ["program", "apply", "who", "services", "questions"])
def test_each_public_page_of_a_program_leads_to_it(client, program, name):
    page = client.get(reverse(f"welcome:{name}", args=[program])).content.decode()

    assert page_of(program) in page


@pytest.mark.parametrize(
    "changed", ["wants_call = FALSE", "phone = '', email = 'a@b.c'", "may_leave_message = NULL"]
)
def test_the_database_refuses_a_call_without_what_it_takes(client, changed):
    client.post(page_of(), typed())

    with (
        pytest.raises(IntegrityError, match="message_says_something_or_asks_for_a_call"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE welcome_publicmessage SET {changed}")
